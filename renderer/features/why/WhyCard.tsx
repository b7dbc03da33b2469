import { Box, Button, Link, Stack, Typography } from '@mui/material';
import { ChevronDown, ChevronUp, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Why, WhyGroup } from '../../../contract/schemas/rules.ts';
import { formatDuration } from '../../../domain/duration.ts';
import type { FactSource } from '../../../domain/facts.ts';
import { useLabelled } from '../../i18n/locale.ts';
import { fonts } from '../../theme/theme.ts';
import { RowStateChip } from '../../ui/StatusChip.tsx';
import { ForecastChip } from './ForecastChip.tsx';
import { useHeldWords, useReasonWords } from './reasons.ts';
import { WhyChanges } from './WhyChanges.tsx';
import { useWhyWords } from './words.ts';

/** Hosts that are named before one asks for more. */
const NAMED = 6;

/** One verdict: what decided, on which hosts, by which facts, what they report, and what would change it. */
export function WhyCard({
  why,
  group,
  uuid,
  isOpen,
  onLeave,
}: {
  readonly why: Why;
  readonly group: WhyGroup;
  readonly uuid: string | null;
  /** Whether it begins with everything shown. */
  readonly isOpen: boolean;
  readonly onLeave?: (() => void) | undefined;
}) {
  const t = useWhyWords();
  const [isWhole, setWhole] = useState(isOpen);
  const reasonOf = useReasonWords();
  const heldOf = useHeldWords();
  const held = heldOf(why, group);
  const isOne = uuid !== null;
  return (
    <Stack
      component="article"
      sx={(theme) => ({ gap: 1, border: `1px dashed ${theme.look.strongLine}`, borderRadius: 1, p: 1.5 })}
    >
      <Stack direction="row" sx={{ alignItems: 'center', columnGap: 1, rowGap: 0.5, flexWrap: 'wrap' }}>
        <ForecastChip decision={group.decision} />
        {isOne ? null : (
          <Typography variant="body2" component="h3" sx={{ fontWeight: 620 }}>
            {t('onHosts', { count: group.hosts })}
          </Typography>
        )}
        {isOne || group.staleHosts === 0 ? null : (
          <Typography variant="caption" color="textSecondary">
            {t('staleHosts', { count: group.staleHosts })}
          </Typography>
        )}
        {why.draft === null || group.before === group.decision ? null : (
          <Typography variant="caption" color="textSecondary">
            {t('before', { decision: t(`decision.${group.before}`) })}
          </Typography>
        )}
      </Stack>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {reasonOf(group.reason)}
        {group.reason.kind === 'default' ? <> ({t(`source.${group.reason.source}`)})</> : null}
      </Typography>
      {group.reason.kind === 'rule' ? (
        <Typography
          variant="caption"
          component="p"
          color="textSecondary"
          sx={{ overflowWrap: 'anywhere', fontFamily: fonts.mono }}
        >
          {LIST_KEYS[group.reason.list]}: {group.reason.entry}
        </Typography>
      ) : null}
      {held === null ? null : <Typography variant="body2">{held}</Typography>}
      {group.contradictions.map(({ reason, hosts }) => (
        <Contradiction key={reason} hosts={isOne ? null : hosts} text={t(`contradiction.${reason}`)} />
      ))}
      {isWhole ? (
        <>
          <GroupFacts group={group} isOne={isOne} onLeave={onLeave} />
          <WhyChanges why={why} group={group} uuid={uuid} onLeave={onLeave} />
        </>
      ) : null}
      {isWhole ? null : (
        <Typography variant="caption" component="p" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          <BriefFacts group={group} />
        </Typography>
      )}
      {isOpen ? null : (
        <Button
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
          startIcon={isWhole ? <ChevronUp size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
          sx={{ alignSelf: 'flex-start', minHeight: 26, px: 0.75 }}
        >
          {t(isWhole ? 'less' : 'more')}
        </Button>
      )}
    </Stack>
  );
}

/** The keys of the rule file (protocol 5.8), as one finds them in a package. */
const LIST_KEYS = {
  forbiddenUpdates: 'forbidden_updates',
  forbiddenKbs: 'forbidden_kbs',
  allowedUpdates: 'allowed_updates',
  allowedKbs: 'allowed_kbs',
  allowedProducts: 'allowed_products',
  allowedSeverities: 'allowed_severities',
  allowedClassifications: 'allowed_classifications',
} as const;

function Contradiction({ hosts, text }: { readonly hosts: number | null; readonly text: string }) {
  const t = useWhyWords();
  return (
    <Stack
      direction="row"
      sx={(theme) => ({
        gap: 1,
        px: 1,
        py: 0.75,
        borderRadius: 1,
        color: theme.look.tones.warning.text,
        bgcolor: theme.look.tones.warning.ground,
      })}
    >
      <TriangleAlert size={15} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Typography variant="body2">
        <strong>
          {t('contradicts')}
          {hosts === null ? '' : ` ${t('onHosts', { count: hosts })}`}.
        </strong>{' '}
        {text}
      </Typography>
    </Stack>
  );
}

/** What tells a group from another of the same verdict, in one line. */
function BriefFacts({ group }: { readonly group: WhyGroup }) {
  const t = useWhyWords();
  const labelled = useLabelled();
  const { defaultAllow, installDelay, language, packages } = group;
  const unsaid = t('source.unknown');
  const delay = installDelay.value === 0 ? t('fact.noDelay') : formatDuration(installDelay.value ?? 0);
  return [
    packages.map(({ package: name, version }) => (version === null ? name : `${name} ${version}`)).join(', '),
    labelled(
      t('fact.default_allow'),
      defaultAllow.value === null ? unsaid : t(defaultAllow.value ? 'fact.on' : 'fact.off'),
    ),
    labelled(t('fact.install_delay'), installDelay.value === null ? unsaid : delay),
    labelled(t('fact.language'), language.value ?? unsaid),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function GroupFacts({
  group,
  isOne,
  onLeave,
}: {
  readonly group: WhyGroup;
  readonly isOne: boolean;
  readonly onLeave?: (() => void) | undefined;
}) {
  const t = useWhyWords();
  const navigate = useNavigate();
  const sourced = (value: string, source: FactSource): string =>
    source === 'unknown' ? t('source.unknown') : `${value} (${t(`source.${source}`)})`;
  const { defaultAllow, installDelay, language } = group;
  const delay = installDelay.value === 0 ? t('fact.noDelay') : formatDuration(installDelay.value ?? 0);
  const lines: readonly { readonly label: string; readonly value: ReactNode }[] = [
    {
      label: t('fact.default_allow'),
      value: sourced(t(defaultAllow.value === true ? 'fact.on' : 'fact.off'), defaultAllow.source),
    },
    { label: t('fact.install_delay'), value: sourced(delay, installDelay.source) },
    { label: t('fact.language'), value: sourced(language.value ?? '', language.source) },
    {
      label: t('fact.packages'),
      value:
        group.packages.length === 0
          ? t('fact.noPackage')
          : group.packages
              .map(({ package: name, version, isRead, isDraft }) =>
                [
                  name,
                  version ?? '',
                  isDraft ? `(${t('fact.isDraft')})` : '',
                  isRead || isDraft ? '' : `(${t('fact.notRead')})`,
                ]
                  .filter((part) => part !== '')
                  .join(' '),
              )
              .join(' · '),
    },
    {
      label: t('fact.reported'),
      value:
        group.reported.length === 0 ? (
          t('fact.notReported')
        ) : (
          <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
            {group.reported.map(({ state, hosts }) => (
              <Stack key={state} direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
                <RowStateChip state={state} />
                {isOne ? null : hosts}
              </Stack>
            ))}
          </Stack>
        ),
    },
  ];
  const named = group.examples.slice(0, NAMED);
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'minmax(96px, auto) minmax(0, 1fr)',
        columnGap: 1.5,
        rowGap: 0.375,
        m: 0,
        typography: 'caption',
        '& dt': { color: 'text.secondary' },
        '& dd': { m: 0, overflowWrap: 'anywhere' },
      }}
    >
      {lines.map(({ label, value }) => (
        <Box key={label} sx={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Box>
      ))}
      {isOne ? null : (
        <>
          <dt>{t('fact.hosts')}</dt>
          <dd>
            {named.map(({ uuid, fqdn }) => (
              <Link
                key={uuid}
                component="button"
                type="button"
                variant="caption"
                sx={{ mr: 1.25 }}
                onClick={() => {
                  onLeave?.();
                  void navigate(`/hosts/${encodeURIComponent(uuid)}`);
                }}
              >
                {fqdn}
              </Link>
            ))}
            {group.hosts > named.length ? t('fact.moreHosts', { count: group.hosts - named.length }) : null}
          </dd>
        </>
      )}
    </Box>
  );
}
