import { Box, Button, Radio, Stack, Typography } from '@mui/material';
import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PackageVersion } from '../../../../contract/schemas/history.ts';
import { StatusChip } from '../../../ui/StatusChip.tsx';
import { Time } from '../../../ui/Time.tsx';

/** The versions that one compares. */
export interface Sides {
  readonly from: string | null;
  readonly to: string | null;
}

function VersionLine({
  version,
  isNewest,
  sides,
  isBusy,
  onSides,
  onAgain,
}: {
  readonly version: PackageVersion;
  readonly isNewest: boolean;
  readonly sides: Sides;
  readonly isBusy: boolean;
  readonly onSides: (sides: Sides) => void;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation('history');
  const { published, verification } = version;
  const name = version.version;
  return (
    <Box
      component="li"
      aria-label={t('version', { version: name })}
      sx={(theme) => ({
        display: 'grid',
        gridTemplateColumns: '34px 34px minmax(0, 1fr)',
        columnGap: 0.5,
        px: 1,
        py: 1.25,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: sides.from === name || sides.to === name ? theme.look.accentGround : 'transparent',
      })}
    >
      {(['from', 'to'] as const).map((side) => (
        <Radio
          key={side}
          name={`history-${side}`}
          value={name}
          checked={sides[side] === name}
          onChange={() => onSides({ ...sides, [side]: name })}
          slotProps={{ input: { 'aria-label': t(side === 'from' ? 'fromOf' : 'toOf', { version: name }) } }}
          sx={{ p: 0.5, alignSelf: 'start' }}
        />
      ))}
      <Stack sx={{ gap: 0.375, minWidth: 0 }}>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 0.75, flexWrap: 'wrap', minHeight: 28 }}>
          <Typography variant="body1" component="h2" sx={{ fontWeight: 620, overflowWrap: 'anywhere' }}>
            {name}
          </Typography>
          {isNewest ? <StatusChip tone="ok" label={t('newest')} /> : null}
          {version.filename === null ? <StatusChip tone="neutral" label={t('deleted')} /> : null}
          {verification?.kind === 'refused' ? <StatusChip tone="error" label={t('refused')} /> : null}
          {verification?.kind === 'pending' ? <StatusChip tone="neutral" label={t('unread')} /> : null}
          <Box sx={{ flex: 1 }} />
          {isNewest ? null : (
            <Button
              startIcon={<History size={14} aria-hidden />}
              loading={isBusy}
              loadingPosition="start"
              aria-label={`${t('againShort')} ${t('version', { version: name })}`}
              sx={{ minHeight: 28, px: 1, fontSize: '0.75rem' }}
              onClick={onAgain}
            >
              {t('againShort')}
            </Button>
          )}
        </Stack>
        <Typography variant="body2">
          {published === null ? (
            t('elsewhere')
          ) : (
            <>
              {t('published', { user: published.user })} · <Time at={published.at} />
            </>
          )}
        </Typography>
        {version.signer === null ? null : (
          <Typography variant="caption" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {t('signed', { signer: version.signer })} · <Time at={version.signedOn} />
          </Typography>
        )}
        {published === null ? null : (
          <Typography
            variant="body2"
            dir="auto"
            sx={{
              overflowWrap: 'anywhere',
              color: published.reason === '' ? 'text.secondary' : 'text.primary',
              fontStyle: published.reason === '' ? 'italic' : 'normal',
              borderLeft: 2,
              borderColor: 'divider',
              pl: 1,
            }}
          >
            {published.reason === '' ? t('noReason') : published.reason}
          </Typography>
        )}
        {version.ruleCount === null ? null : (
          <Typography variant="caption" color="textSecondary">
            {t('entries', { count: version.ruleCount })}
          </Typography>
        )}
      </Stack>
    </Box>
  );
}

/** Every version with who published and signed it, when and why; one chooses two to compare. */
export function VersionList({
  versions,
  sides,
  busy,
  onSides,
  onAgain,
}: {
  readonly versions: readonly PackageVersion[];
  readonly sides: Sides;
  /** The version whose content is being made into a draft. */
  readonly busy: string | null;
  readonly onSides: (sides: Sides) => void;
  readonly onAgain: (version: string) => void;
}) {
  const { t } = useTranslation('history');
  const newest = versions.find((version) => version.filename !== null)?.version;
  return (
    <Box component="section" aria-label={t('versions')} sx={{ height: '100%', overflow: 'auto' }}>
      <Box
        aria-hidden
        sx={{
          position: 'sticky',
          top: 0,
          zIndex: 1,
          display: 'grid',
          gridTemplateColumns: '34px 34px minmax(0, 1fr)',
          columnGap: 0.5,
          px: 1,
          py: 0.75,
          bgcolor: 'background.paper',
          borderBottom: 1,
          borderColor: 'divider',
          typography: 'caption',
          fontWeight: 600,
          color: 'text.secondary',
        }}
      >
        <Box component="span" sx={{ textAlign: 'center' }} title={t('from')}>
          ←
        </Box>
        <Box component="span" sx={{ textAlign: 'center' }} title={t('to')}>
          →
        </Box>
        <span>{t('versions')}</span>
      </Box>
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {versions.map((version) => (
          <VersionLine
            key={version.version}
            version={version}
            isNewest={version.version === newest}
            sides={sides}
            isBusy={busy === version.version}
            onSides={onSides}
            onAgain={() => onAgain(version.version)}
          />
        ))}
      </Box>
    </Box>
  );
}
