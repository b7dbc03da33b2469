import { Box, Button, Collapse, Stack, Typography } from '@mui/material';
import { History, Megaphone, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { JournalEntry } from '../../../contract/schemas/sync.ts';
import { useLocale } from '../../i18n/locale.ts';
import { fonts } from '../../theme/theme.ts';
import { Facts } from '../../ui/Facts.tsx';
import { formatSize } from '../../ui/format.ts';
import { Time } from '../../ui/Time.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useEntryTitles } from '../packages/history/entry-titles.ts';
import { SideBySide } from '../packages/history/SideBySide.tsx';
import { listFact, publishedDiff, recordsFact, textFact } from './entry-facts.ts';
import { useEntryWords } from './use-entry-words.ts';
import { en } from './words/en.ts';

type FactName = keyof typeof en.fact;

const isFact = (name: string): name is FactName => Object.hasOwn(en.fact, name);
const isCount = (name: string): name is keyof typeof en.count => Object.hasOwn(en.count, name);
const isStep = (name: string): name is keyof typeof en.step => Object.hasOwn(en.step, name);
const isLimit = (name: string): name is keyof typeof en.limit => Object.hasOwn(en.limit, name);

/** Facts that have a place of their own. */
const ELSEWHERE = new Set(['before', 'after', 'changes', 'entries', 'updateIds', 'deleted', 'failed']);

const Mono = ({ children }: { readonly children: ReactNode }) => (
  <Box component="code" sx={{ fontFamily: fonts.mono, fontSize: '0.75rem', overflowWrap: 'anywhere' }}>
    {children}
  </Box>
);

function FactList({ entry }: { readonly entry: JournalEntry }) {
  const { t } = useTranslation(['journal', 'common']);
  const locale = useLocale();
  const shown = (name: string, value: unknown): ReactNode => {
    if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
    if (name === 'freed' && typeof value === 'number') return formatSize(value, locale);
    if (name === 'signUntil' && typeof value === 'string') return <Time at={value} />;
    if (name === 'limit' && typeof value === 'string' && isLimit(value)) return t(`limit.${value}`);
    const texts = listFact({ [name]: value }, name);
    if (name === 'steps') return texts.map((step) => (isStep(step) ? t(`step.${step}`) : step)).join(' → ');
    if (Array.isArray(value) && texts.length === value.length) return texts.join(', ');
    if (['sha256', 'run', 'campaign', 'hostsSha256'].includes(name)) return <Mono>{String(value)}</Mono>;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  };
  const labelOf = (name: string, value: unknown): string =>
    typeof value === 'number' && isCount(name) ? t(`count.${name}`) : isFact(name) ? t(`fact.${name}`) : name;
  return (
    <Facts
      items={Object.entries(entry.facts)
        .filter(
          ([name, value]) => (!ELSEWHERE.has(name) || typeof value === 'number') && value !== null && value !== '',
        )
        .map(([name, value]) => ({ label: labelOf(name, value), value: shown(name, value) }))}
    />
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  const titleOf = useEntryTitles();
  if (names.length === 0) return null;
  return (
    <Box component="section">
      <Typography variant="body2" component="h3" sx={{ fontWeight: 620 }}>
        {title}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5, typography: 'body2' }}>
        {names.map((name) => (
          <li key={name}>
            {titleOf('allowedUpdates', name) ?? name}
            {titleOf('allowedUpdates', name) === null ? null : (
              <>
                {' '}
                <Mono>{name}</Mono>
              </>
            )}
          </li>
        ))}
      </Box>
    </Box>
  );
}

type Outcome = keyof typeof en.change.outcome;
const isOutcome = (text: string): text is Outcome => Object.hasOwn(en.change.outcome, text);

function Assigned({ entry }: { readonly entry: JournalEntry }) {
  const { t } = useTranslation('journal');
  const changes = recordsFact(entry.facts, 'changes');
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5, typography: 'body2' }}>
      {changes.map((change) => {
        const name = textFact(change, 'label') || textFact(change, 'name');
        const outcome = textFact(change, 'outcome');
        return (
          <li key={`${textFact(change, 'section')} ${textFact(change, 'name')}`}>
            {t(textFact(change, 'action') === 'remove' ? 'change.remove' : 'change.add', { name })}:{' '}
            {isOutcome(outcome) ? t(`change.outcome.${outcome}`, { version: textFact(change, 'version') }) : outcome}
            {textFact(change, 'error') === '' ? '' : ` (${textFact(change, 'error')})`}
          </li>
        );
      })}
    </Box>
  );
}

function Published({ entry }: { readonly entry: JournalEntry }) {
  const { t } = useTranslation('journal');
  const diff = publishedDiff(entry.facts);
  if (diff === null) return null;
  return (
    <Stack component="section" sx={{ gap: 1 }}>
      <Typography variant="h3" component="h3">
        {t('difference')}
      </Typography>
      {entry.facts['base'] === null ? (
        <Typography variant="body2" color="textSecondary">
          {t('firstContent')}
        </Typography>
      ) : null}
      {diff.length === 0 ? (
        <Typography variant="body2">{t('sameContent')}</Typography>
      ) : (
        <SideBySide lists={diff} from={t('before')} to={t('after')} />
      )}
    </Stack>
  );
}

/** One line of the journal with everything it says. */
export function EntryDetail({ entry, onClose }: { readonly entry: JournalEntry; readonly onClose: () => void }) {
  const { t } = useTranslation('journal');
  const navigate = useNavigate();
  const words = useEntryWords();
  const [isRaw, setRaw] = useState(false);
  const { kind, facts } = entry;
  const name = textFact(facts, 'package');
  const campaign = kind.startsWith('campaign.') ? textFact(facts, 'campaign') : '';
  return (
    <Stack
      component="section"
      aria-label={t('details', { id: entry.id })}
      sx={{ height: '100%', overflow: 'auto', px: 2, py: 1.25, gap: 1.5 }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
        <Typography variant="h2" sx={{ flex: 1, minWidth: 0 }}>
          {words.kind(kind)}
        </Typography>
        {name === '' ? null : (
          <Button
            startIcon={<History size={15} aria-hidden />}
            onClick={() => void navigate(`/packages/history/${encodeURIComponent(name)}`)}
          >
            {t('history')}
          </Button>
        )}
        {campaign === '' ? null : (
          <Button
            startIcon={<Megaphone size={15} aria-hidden />}
            onClick={() => void navigate(`/campaigns/${encodeURIComponent(campaign)}`)}
          >
            {t('openCampaign')}
          </Button>
        )}
        <ToolButton iconOnly icon={X} label={t('close')} onClick={onClose} />
      </Stack>
      <Typography variant="body2">
        {entry.user} · <Time at={entry.at} />
      </Typography>
      <Typography
        variant="body2"
        dir="auto"
        sx={{
          pl: 1,
          borderLeft: 2,
          borderColor: 'divider',
          overflowWrap: 'anywhere',
          color: entry.reason === '' ? 'text.secondary' : 'text.primary',
          fontStyle: entry.reason === '' ? 'italic' : 'normal',
        }}
      >
        {entry.reason === '' ? t('noReason') : entry.reason}
      </Typography>
      <FactList entry={entry} />
      {kind === 'package.publish' ? <Published entry={entry} /> : null}
      {kind === 'package.assign' ? <Assigned entry={entry} /> : null}
      {kind === 'rings.promote' ? (
        <Names title={t('fact.entries')} names={recordsFact(facts, 'entries').map((each) => textFact(each, 'entry'))} />
      ) : null}
      <Names title={t('fact.updateIds')} names={listFact(facts, 'updateIds')} />
      <Names title={t('fact.deleted')} names={listFact(facts, 'deleted')} />
      <Names title={t('fact.failed')} names={listFact(facts, 'failed')} />
      <Box>
        <Button
          aria-expanded={isRaw}
          sx={{ minHeight: 26, px: 0.75, ml: -0.75, fontSize: '0.75rem' }}
          onClick={() => setRaw(!isRaw)}
        >
          {t('raw')}
        </Button>
        <Collapse in={isRaw} unmountOnExit>
          <Box
            component="pre"
            tabIndex={0}
            aria-label={t('raw')}
            sx={{
              m: 0,
              p: 1,
              fontFamily: fonts.mono,
              fontSize: '0.75rem',
              whiteSpace: 'pre-wrap',
              overflowWrap: 'anywhere',
            }}
          >
            {JSON.stringify(entry, null, 2)}
          </Box>
        </Collapse>
      </Box>
    </Stack>
  );
}
