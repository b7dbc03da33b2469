import { Box, Button, Stack, Tooltip, Typography } from '@mui/material';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Where } from '../../../../contract/schemas/fleet.ts';
import { isForbidding } from '../../../../domain/decision.ts';
import { kbLabel } from '../../../../domain/update.ts';
import type { Warning } from '../../../../domain/warnings.ts';
import { useCall } from '../../../app/console.ts';
import { useKnownBad } from '../../failures/known-bad/use-known-bad.ts';
import { hostsBehind } from '../../where/where.ts';
import { askWhy } from '../../why/open.ts';
import { useChangePackage } from '../use-change-package.ts';
import {
  catchRevision,
  categoriesAsUpdates,
  fitsAll,
  forbidBad,
  keepOn,
  newestInstead,
  type RuleStep,
  replaceBy,
  type WarningOf,
  withoutEntry,
} from './fixes.ts';
import type { WarnedDraft } from './WarningList.tsx';
import { useForecastWords } from './words.ts';

interface LineProps<W extends Warning> {
  readonly warning: W;
  readonly draft: WarnedDraft;
  readonly titleOf: (entry: string) => string | undefined;
}

/** One warning: the entry it is about, and what one can do about it. */
export function WarningLine({ warning, draft, titleOf }: LineProps<Warning>) {
  const t = useForecastWords();
  const navigate = useNavigate();
  const changePackage = useChangePackage();
  const { onChange } = draft;
  const fix = (label: string, step: RuleStep): ReactNode =>
    onChange === null ? null : <FixButton label={label} onClick={() => onChange(step)} />;
  switch (warning.kind) {
    case 'categories-are-or':
      return <Categories warning={warning} draft={draft} titleOf={titleOf} />;
    case 'newer-revision':
      return (
        <Entry entry={warning.entry} title={titleOf(warning.entry)}>
          {fix(
            warning.kb === null
              ? t('warning.newer-revision.fixId')
              : t('warning.newer-revision.fix', { entry: warning.kb }),
            catchRevision(warning, draft.updates),
          )}
          <Why updateId={warning.newer} draft={draft} />
        </Entry>
      );
    case 'matches-nothing':
      return (
        <Entry entry={warning.entry} title={undefined}>
          {fix(t('warning.matches-nothing.fix'), (rules) => withoutEntry(rules, warning.list, warning.entry))}
        </Entry>
      );
    case 'forbidden-elsewhere':
      return (
        <Entry entry={warning.entry} title={titleOf(warning.entry)}>
          {onChange === null
            ? null
            : warning.packages.map((name) => (
                <FixButton
                  key={name}
                  label={t('warning.forbidden-elsewhere.fix', { package: name })}
                  onClick={() => void changePackage(name, (rules) => rules)}
                />
              ))}
          <Why updateId={idOf(warning.entry, draft)} draft={draft} />
        </Entry>
      );
    case 'only-superseded':
      return <Superseded warning={warning} draft={draft} titleOf={titleOf} />;
    case 'forbidden-but-needed':
      return (
        <Entry
          entry={warning.entry}
          title={titleOf(warning.entry)}
          note={t('warning.forbidden-but-needed.needed', { count: warning.needed })}
        >
          {onChange === null ? null : (
            <FixButton
              label={t('warning.forbidden-but-needed.fix')}
              onClick={() => void navigate(hostsBehind(neededBy(warning)))}
            />
          )}
          <Why updateId={warning.examples[0] ?? null} draft={draft} />
        </Entry>
      );
    case 'known-bad':
      return <Bad warning={warning} draft={draft} titleOf={titleOf} />;
    case 'contradiction':
      return (
        <Entry entry={warning.entry} title={titleOf(warning.entry)}>
          {fix(t('warning.contradiction.keepAllowed'), keepOn(warning.entry, 'allowed'))}
          {fix(t('warning.contradiction.keepForbidden'), keepOn(warning.entry, 'forbidden'))}
        </Entry>
      );
    case 'signer-untrusted':
      return onChange === null ? null : <Distrusting draft={draft} />;
    case 'maturity-not-taken': {
      const { onMaturity } = draft;
      const { maturity } = warning;
      return (
        <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
          {onMaturity === null || maturity === 'PROD' || maturity === '' ? null : (
            <FixButton label={t('warning.maturity-not-taken.fix')} onClick={() => onMaturity('PROD')} />
          )}
          {onChange === null ? null : (
            <FixButton
              label={t('warning.signer-untrusted.fix')}
              onClick={() => void navigate(hostsBehind({ kind: 'immature', package: draft.package, maturity }))}
            />
          )}
        </Stack>
      );
    }
  }
}

/** The hosts that an entry keeps from what they need. */
const neededBy = ({ list, entry }: WarningOf<'forbidden-but-needed'>): Where => ({
  kind: 'rule',
  list: list === 'forbiddenUpdates' ? 'forbiddenUpdates' : 'forbiddenKbs',
  entry,
});

function Distrusting({ draft }: { readonly draft: WarnedDraft }) {
  const t = useForecastWords();
  const navigate = useNavigate();
  const signer = useCall('signer.state', {}).data;
  if (signer?.kind !== 'open') return null;
  const set: Where = { kind: 'distrust', package: draft.package, chain: [...signer.chain] };
  return <FixButton label={t('warning.signer-untrusted.fix')} onClick={() => void navigate(hostsBehind(set))} />;
}

/** The first known update that an entry means. */
function idOf(entry: string, { updates }: WarnedDraft): string | null {
  const wanted = entry.toLowerCase();
  return (
    updates.find(
      (row) => row.updateId.toLowerCase() === wanted || row.kbids.some((kb) => kbLabel(kb).toLowerCase() === wanted),
    )?.updateId ?? null
  );
}

function FixButton({
  label,
  hint,
  onClick,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly onClick: () => void;
}) {
  return (
    <Tooltip title={hint ?? ''} describeChild>
      <Button variant="outlined" onClick={onClick} sx={{ minHeight: 26, py: 0, px: 1, fontSize: '0.75rem' }}>
        {label}
      </Button>
    </Tooltip>
  );
}

function Why({ updateId, draft }: { readonly updateId: string | null; readonly draft: WarnedDraft }) {
  const t = useForecastWords();
  if (updateId === null) return null;
  return (
    <Button
      sx={{ minHeight: 26, minWidth: 0, py: 0, px: 0.75, fontSize: '0.75rem' }}
      onClick={() => askWhy({ updateId, draftId: draft.draftId })}
    >
      {t('warning.why')}
    </Button>
  );
}

function Entry({
  entry,
  title,
  note,
  children,
}: {
  readonly entry: string;
  readonly title: string | undefined;
  readonly note?: string;
  readonly children: ReactNode;
}) {
  return (
    <Box>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {title ?? entry}
        {title === undefined ? null : (
          <Typography component="span" variant="caption" color="textSecondary" sx={{ ml: 0.75 }}>
            {entry}
          </Typography>
        )}
        {note === undefined ? null : (
          <Typography component="span" variant="caption" sx={{ ml: 0.75, fontWeight: 600 }}>
            {note}
          </Typography>
        )}
      </Typography>
      <Stack direction="row" sx={{ gap: 0.5, flexWrap: 'wrap', mt: 0.25 }}>
        {children}
      </Stack>
    </Box>
  );
}

/** What one marked as known to be bad among what the entry allows, with what was noted of it. */
function Bad({ warning, draft, titleOf }: LineProps<WarningOf<'known-bad'>>) {
  const t = useForecastWords();
  const bad = useKnownBad();
  const { onChange, updates } = draft;
  const notes = [...new Set(warning.examples.flatMap((id) => bad.get(id)?.note || []))];
  return (
    <Entry
      entry={warning.entry}
      title={titleOf(warning.entry)}
      note={t('warning.known-bad.count', { count: warning.examples.length })}
    >
      {notes.length === 0 ? null : (
        <Typography variant="caption" color="textSecondary" dir="auto" sx={{ width: '100%', overflowWrap: 'anywhere' }}>
          {notes.join(' · ')}
        </Typography>
      )}
      {onChange === null ? null : (
        <FixButton
          label={t('warning.known-bad.fix', { count: warning.examples.length })}
          onClick={() => onChange(forbidBad(warning, updates))}
        />
      )}
      <Why updateId={warning.examples[0] ?? null} draft={draft} />
    </Entry>
  );
}

function Categories({ warning, draft }: LineProps<WarningOf<'categories-are-or'>>) {
  const t = useForecastWords();
  const { t: words } = useTranslation('packages');
  const { rules, updates, onChange } = draft;
  const fitting = useMemo(() => fitsAll(rules, updates).filter((row) => !row.isSuperseded).length, [rules, updates]);
  return (
    <Box>
      <Box component="ul" sx={{ m: 0, mb: 0.5, pl: 2.25, typography: 'body2' }}>
        {warning.lists.map(({ list, allows, only }) => (
          <li key={list}>
            {t('warning.categories-are-or.line', { count: allows, only, list: words(`list.${list}`) })}
          </li>
        ))}
      </Box>
      {onChange === null ? null : fitting === 0 ? (
        <Typography variant="caption" color="textSecondary">
          {t('warning.categories-are-or.noneFits')}
        </Typography>
      ) : (
        <FixButton
          label={t('warning.categories-are-or.fix', { count: fitting })}
          hint={t('warning.categories-are-or.fixHint')}
          onClick={() => onChange(categoriesAsUpdates(updates))}
        />
      )}
    </Box>
  );
}

function Superseded({ warning, draft, titleOf }: LineProps<WarningOf<'only-superseded'>>) {
  const t = useForecastWords();
  const { onChange, updates } = draft;
  const isSingle = !isForbidding(warning.list) && (warning.list === 'allowedUpdates' || warning.list === 'allowedKbs');
  const newest = useMemo(
    () => (isSingle ? newestInstead(warning.examples, updates) : null),
    [isSingle, warning.examples, updates],
  );
  const [kb] = newest?.kbids ?? [];
  return (
    <Entry entry={warning.entry} title={titleOf(warning.entry)}>
      {onChange === null || newest === null ? null : (
        <FixButton
          label={t('warning.only-superseded.fix', { entry: kb === undefined ? newest.title : kbLabel(kb) })}
          hint={newest.title}
          onClick={() => onChange(replaceBy(warning, newest, updates))}
        />
      )}
      <Why updateId={warning.examples[0] ?? null} draft={draft} />
    </Entry>
  );
}
