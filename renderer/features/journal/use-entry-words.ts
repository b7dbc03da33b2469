import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '../../../contract/schemas/sync.ts';
import { useLocale } from '../../i18n/locale.ts';
import { formatSize } from '../../ui/format.ts';
import { type KnownKind, listFact, numberFact, publishedDiff, recordsFact, textFact } from './entry-facts.ts';
import { en } from './words/en.ts';

/** The words for lines of the journal: what was done, and to what. */
export interface EntryWords {
  readonly kind: (kind: string) => string;
  readonly about: (entry: JournalEntry) => string;
}

const isKnown = (kind: string): kind is KnownKind => Object.hasOwn(en.what, kind);

const NAMES = 3;

/** `acme-wua 7` for `acme-wua_7_PROD_….wapt`; another name stays as it is. */
const packageOf = (filename: string): string => filename.replace(/^(.+?)_(\d[^_]*)(?:_.*)?\.wapt$/, '$1 $2');

const raw = (entry: JournalEntry): string =>
  Object.entries(entry.facts)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');

/** Gives the words in the language shown; a kind that has none is shown as it was written. */
export function useEntryWords(): EntryWords {
  const { t } = useTranslation('journal');
  const locale = useLocale();
  return useMemo(() => {
    const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');
    const some = (names: readonly string[]): string =>
      [
        ...names.slice(0, NAMES),
        ...(names.length > NAMES ? [t('about.more', { count: names.length - NAMES })] : []),
      ].join(', ');
    const published = (facts: JournalEntry['facts']): string => {
      const diff = publishedDiff(facts);
      if (diff === null) return '';
      const count = (side: 'added' | 'removed'): number => diff.reduce((sum, list) => sum + list[side].length, 0);
      const [added, removed] = [count('added'), count('removed')];
      if (added + removed === 0) return t('about.unchanged');
      return [
        added === 0 ? '' : t('about.added', { count: added }),
        removed === 0 ? '' : t('about.removed', { count: removed }),
      ]
        .filter((part) => part !== '')
        .join(', ');
    };
    const campaign = (facts: JournalEntry['facts']): string =>
      join(textFact(facts, 'name'), t('about.hosts', { count: numberFact(facts, 'hosts') ?? 0 }));
    const of: Readonly<Record<KnownKind, (facts: JournalEntry['facts']) => string>> = {
      'package.publish': (facts) =>
        join([textFact(facts, 'package'), textFact(facts, 'version')].join(' ').trim(), published(facts)),
      'package.delete': (facts) => {
        const failed = listFact(facts, 'failed').length;
        return join(
          some(listFact(facts, 'deleted').map(packageOf)),
          failed === 0 ? '' : t('about.failed', { count: failed }),
        );
      },
      'package.assign': (facts) =>
        join(
          textFact(facts, 'package'),
          some(recordsFact(facts, 'changes').map((change) => textFact(change, 'label') || textFact(change, 'name'))),
        ),
      'rings.promote': (facts) =>
        join(
          textFact(facts, 'ringSet'),
          [textFact(facts, 'from'), textFact(facts, 'to')].filter((ring) => ring !== '').join(' → '),
          [textFact(facts, 'package'), textFact(facts, 'version')].join(' ').trim(),
          t('about.entries', { count: recordsFact(facts, 'entries').length }),
        ),
      'index.download': (facts) =>
        join(
          t(facts['force'] === true ? 'about.forced' : 'about.ifNewer'),
          facts['missing'] === true ? t('about.missing') : '',
        ),
      'updates.download': (facts) => t('about.updates', { count: listFact(facts, 'updateIds').length }),
      'updates.delete-files': (facts) => {
        const freed = numberFact(facts, 'freed');
        return join(
          t('about.updates', { count: listFact(facts, 'deleted').length }),
          freed === null ? '' : t('about.freed', { size: formatSize(freed, locale) }),
        );
      },
      'cves.import': (facts) => textFact(facts, 'file'),
      'cves.remove': (facts) => textFact(facts, 'file'),
      'updates.mark-known-bad': (facts) => t('about.updates', { count: listFact(facts, 'updateIds').length }),
      'updates.unmark-known-bad': (facts) => t('about.updates', { count: listFact(facts, 'updateIds').length }),
      'action.scan': (facts) => ordered(facts),
      'action.download': (facts) => ordered(facts),
      'action.install': (facts) => ordered(facts),
      'action.refresh': (facts) => ordered(facts),
      'campaign.start': (facts) => campaign(facts),
      'campaign.lend': (facts) => campaign(facts),
      'campaign.pause': (facts) => campaign(facts),
      'campaign.resume': (facts) => campaign(facts),
      'campaign.retry': (facts) => campaign(facts),
      'campaign.cancel': (facts) => campaign(facts),
      'campaign.stop': (facts) => campaign(facts),
      'campaign.end': (facts) => campaign(facts),
      'list.export': (facts) =>
        join(
          textFact(facts, 'list'),
          textFact(facts, 'format').toUpperCase(),
          t('about.rows', { count: numberFact(facts, 'rows') ?? 0 }),
        ),
    };
    const ordered = (facts: JournalEntry['facts']): string => {
      const unreachable = numberFact(facts, 'unreachable') ?? 0;
      return join(
        t('about.hosts', { count: numberFact(facts, 'hosts') ?? 0 }),
        unreachable === 0 ? '' : t('about.unreachable', { count: unreachable }),
      );
    };
    return {
      kind: (kind) => (isKnown(kind) ? t(`what.${kind}`) : kind),
      about: (entry) => (isKnown(entry.kind) ? of[entry.kind](entry.facts) : raw(entry)),
    };
  }, [t, locale]);
}
