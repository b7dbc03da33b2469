import { Alert, Box, Button, Chip, Stack, Typography } from '@mui/material';
import { ArrowLeft, Copy, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { PackageContent, RulePackage } from '../../../contract/schemas/packages.ts';
import type { LegacyRules } from '../../../domain/legacy-rules.ts';
import { RULE_LISTS, ruleCount } from '../../../domain/rules.ts';
import { useCall } from '../../app/console.ts';
import { CertificateFacts } from '../../ui/Certificate.tsx';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { Time } from '../../ui/Time.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { LegacyVerdicts } from './forecast/LegacyVerdicts.tsx';
import { maturityOf, refusalWords, verificationChip, verificationWords } from './package-columns.ts';
import { isEditable, useDrafts } from './use-drafts.ts';

/** One published package, to read: why it cannot be edited, what it decides, who signed it. */
export function PackageView() {
  const { t } = useTranslation(['packages', 'common']);
  const navigate = useNavigate();
  const filename = useParams()['filename'] ?? '';
  const content = useCall('packages.read', { filename });
  const row = useCall('packages.list', {}).data?.packages.find((one) => one.filename === filename) ?? null;
  const ways = useDrafts();
  const [failure, setFailure] = useState<ConsoleError | null>(null);
  const mayEdit = content.data !== undefined && isEditable(content.data);
  const refusal = refusalOf(content.error?.error ?? null);
  return (
    <ScreenFrame
      toolbar={
        <>
          <ToolButton icon={ArrowLeft} iconOnly label={t('view.back')} onClick={() => void navigate('/packages')} />
          <Typography variant="h1" sx={{ flex: 1, minWidth: 0 }} noWrap>
            {content.data?.package ?? row?.package ?? filename}
          </Typography>
          {mayEdit ? null : <StatusChip tone="neutral" label={t('view.readOnly')} />}
          {content.data === undefined ? null : (
            <ToolButton
              icon={Copy}
              label={t('duplicate')}
              onClick={() =>
                void ways.duplicate(filename).then((answer) => setFailure(answer.ok ? null : answer.error))
              }
            />
          )}
          {mayEdit ? (
            <ToolButton
              icon={Pencil}
              primary
              label={t('view.edit')}
              onClick={() => void ways.edit(filename).then((answer) => setFailure(answer.ok ? null : answer.error))}
            />
          ) : null}
        </>
      }
    >
      <Box sx={{ height: '100%', overflow: 'auto', p: 3 }}>
        <Stack sx={{ gap: 2.5, maxWidth: 980 }}>
          {failure === null ? null : <ErrorNotice error={failure} />}
          {content.error === null ? null : refusal !== null ? (
            <Refused reason={refusal} />
          ) : (
            <ErrorNotice error={content.error.error} onRetry={() => void content.refetch()} />
          )}
          {content.isPending ? <LoadingState /> : null}
          {content.data === undefined ? null : <WhyReadOnly content={content.data} />}
          {row === null ? null : (
            // What was just read says more than what was found when the index was.
            <RowFacts row={refusal === null ? row : { ...row, verification: { kind: 'refused', reason: refusal } }} />
          )}
          {content.data === undefined ? null : <Content content={content.data} />}
          {content.data?.legacy == null ? null : <LegacyVerdicts legacy={content.data.legacy} />}
        </Stack>
      </Box>
    </ScreenFrame>
  );
}

/** Why reading refused a package, or null where it failed for another reason or not at all. */
function refusalOf(error: ConsoleError | null): string | null {
  return error?.code === 'package-refused' ? String(error.facts?.['reason'] ?? '') : null;
}

function Refused({ reason }: { readonly reason: string }) {
  const { t } = useTranslation('packages');
  return (
    <Alert severity="error">
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('view.refused')}
      </Typography>
      {refusalWords(reason, t)}
    </Alert>
  );
}

function WhyReadOnly({ content }: { readonly content: PackageContent }) {
  const { t } = useTranslation('packages');
  return (
    <>
      {content.isLegacy ? <Alert severity="info">{t('view.legacy')}</Alert> : null}
      {content.verification.kind === 'refused' ? <Refused reason={content.verification.reason} /> : null}
      {content.problems.length === 0 ? null : (
        <Alert severity="warning">
          {t('view.problems')}
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {content.problems.map(({ key, problem }) => (
              <li key={`${key} ${problem}`}>{t('view.problem', { key, problem })}</li>
            ))}
          </Box>
        </Alert>
      )}
    </>
  );
}

function RowFacts({ row }: { readonly row: RulePackage }) {
  const { t } = useTranslation('packages');
  const chip = verificationChip(row.verification, t);
  return (
    <Facts
      items={[
        { label: t('column.version'), value: row.version },
        { label: t('column.maturity'), value: maturityOf(row) },
        row.description === '' ? null : { label: t('column.description'), value: row.description },
        {
          label: t('column.verification'),
          value: (
            <Stack sx={{ gap: 0.5, alignItems: 'flex-start' }}>
              <StatusChip tone={chip.tone} label={chip.label} />
              <span>{verificationWords(row.verification, t)}</span>
            </Stack>
          ),
        },
        { label: t('column.signedOn'), value: <Time at={row.signatureDate} /> },
        { label: t('column.filename'), value: row.filename },
        { label: t('column.hosts'), value: row.hostsInstalled },
      ]}
    />
  );
}

function Content({ content }: { readonly content: PackageContent }) {
  const { t } = useTranslation('packages');
  return (
    <>
      <Box component="section">
        <Typography variant="h2" sx={{ mb: 1 }}>
          {t('view.lists')}
        </Typography>
        {content.legacy === null ? null : <LegacyLists legacy={content.legacy} />}
        {content.legacy === null && ruleCount(content.rules) === 0 ? (
          <Typography variant="body2">{t('view.nothing')}</Typography>
        ) : null}
        <Stack sx={{ gap: 1.5 }}>
          {RULE_LISTS.filter((list) => content.rules[list].length > 0).map((list) => (
            <Entries key={list} title={t(`list.${list}`)} entries={content.rules[list]} />
          ))}
        </Stack>
        {content.unknownKeys.length === 0 ? null : (
          <Typography variant="body2" sx={{ mt: 1.5 }}>
            {t('view.unknownKeys')} <code>{content.unknownKeys.join(', ')}</code>
          </Typography>
        )}
      </Box>
      <Box component="section">
        <Typography variant="h2" sx={{ mb: 1 }}>
          {t('view.certificate')}
        </Typography>
        {content.certificate === null ? (
          <Typography variant="body2">{t('view.noCertificate')}</Typography>
        ) : (
          <CertificateFacts certificate={content.certificate} />
        )}
      </Box>
    </>
  );
}

const LEGACY_LISTS = [
  'forbiddenUpdates',
  'allowedUpdates',
  'allowedSeverities',
  'allowedClassifications',
] as const satisfies readonly (keyof LegacyRules)[];

/** The lists of 2015 that hold no entry: one that is absent restricts nothing, one that is empty allows nothing (protocol 5.8). */
function LegacyLists({ legacy }: { readonly legacy: LegacyRules }) {
  const { t } = useTranslation('packages');
  const lines = LEGACY_LISTS.filter((list) => (legacy[list]?.length ?? 0) === 0);
  return (
    <Stack sx={{ gap: 0.5, mb: 1.5 }}>
      <Typography variant="body2">{t('view.legacyMeaning')}</Typography>
      <Facts
        labelWidth={200}
        items={lines.map((list) => ({
          label: t(`list.${list}`),
          value: t(legacy[list] === null ? 'view.absent' : 'view.emptyList'),
        }))}
      />
    </Stack>
  );
}

const FIRST = 60;

function Entries({ title, entries }: { readonly title: string; readonly entries: readonly string[] }) {
  const { t } = useTranslation('packages');
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? entries : entries.slice(0, FIRST);
  return (
    <Box>
      <Typography variant="h3">
        {title} ({entries.length})
      </Typography>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.5, mt: 0.5 }}>
        {shown.map((entry) => (
          <Chip key={entry} size="small" variant="outlined" label={entry} />
        ))}
        {shown.length < entries.length ? (
          <Button onClick={() => setWhole(true)}>{t('review.more', { count: entries.length - shown.length })}</Button>
        ) : null}
      </Stack>
    </Box>
  );
}
