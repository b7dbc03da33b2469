import { Box, Typography } from '@mui/material';
import { ArrowLeft, ArrowLeftRight, History } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { PackageVersion } from '../../../../contract/schemas/history.ts';
import { type Command, useCommands } from '../../../app/commands.ts';
import { useAction, useCall } from '../../../app/console.ts';
import { EmptyState, LoadingState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { ToolButton } from '../../../ui/ToolButton.tsx';
import { useToasts } from '../../../ui/toasts.ts';
import { ControlChanges } from './ControlChanges.tsx';
import { SideBySide } from './SideBySide.tsx';
import { type Sides, VersionList } from './VersionList.tsx';

const NO_VERSIONS: readonly PackageVersion[] = [];

function Difference({ name, from, to }: { readonly name: string; readonly from: string; readonly to: string }) {
  const { t } = useTranslation('history');
  const diff = useCall('history.diff', { package: name, from, to }, { enabled: from !== to });
  if (from === to) return <EmptyState icon={ArrowLeftRight} title={t('choseSame')} text={t('select')} />;
  if (diff.error !== null) return <ErrorNotice error={diff.error.error} onRetry={() => void diff.refetch()} />;
  if (diff.data === undefined) return <LoadingState />;
  return (
    <>
      <Typography variant="h2" sx={{ mb: 1.5 }}>
        {t('difference', { from, to })}
      </Typography>
      {diff.data.lists.length === 0 ? (
        <Typography variant="body2" sx={{ mb: 2 }}>
          {t(diff.data.control?.length === 0 ? 'same' : 'sameRules')}
        </Typography>
      ) : (
        <SideBySide lists={diff.data.lists} from={t('removed', { version: from })} to={t('added', { version: to })} />
      )}
      {diff.data.besideKbs === 0 ? null : (
        <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 1.5 }}>
          {t('besideKbs', { count: diff.data.besideKbs })}
        </Typography>
      )}
      {diff.data.control === null || diff.data.control.length > 0 ? (
        <Box sx={{ mt: 2 }}>
          {diff.data.control === null ? (
            <Typography variant="caption" color="textSecondary">
              {t('fieldsUnknown')}
            </Typography>
          ) : (
            <ControlChanges changes={diff.data.control} />
          )}
        </Box>
      ) : null}
    </>
  );
}

/** Every version of a package, what changed between any two, and the way back to an earlier content. */
export function HistoryScreen() {
  const { t } = useTranslation(['history', 'common']);
  const navigate = useNavigate();
  const name = useParams()['package'] ?? '';
  const list = useCall('history.versions', { package: name });
  const versions = list.data ?? NO_VERSIONS;
  const [chosen, setChosen] = useState<Sides>({ from: null, to: null });
  const restore = useAction('history.restore');
  const say = useToasts((toasts) => toasts.say);
  const has = (version: string | null): boolean => versions.some((each) => each.version === version);
  // The newest against the one before it, until one chooses.
  const sides: Sides = {
    from: has(chosen.from) ? chosen.from : (versions[1]?.version ?? versions[0]?.version ?? null),
    to: has(chosen.to) ? chosen.to : (versions[0]?.version ?? null),
  };

  const again = (version: string): void =>
    restore.mutate(
      { package: name, version },
      {
        onSuccess: (draft) => {
          say({
            tone: 'info',
            text: t('restored', {
              version,
              newest: versions.find((each) => each.filename !== null)?.version ?? version,
            }),
          });
          void navigate(`/packages/edit/${encodeURIComponent(draft.id)}?review=1`);
        },
      },
    );
  const { from, to } = sides;
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'history.swap',
        label: t('swap'),
        group: t('openLong'),
        icon: ArrowLeftRight,
        run: () => setChosen({ from: to, to: from }),
      },
      {
        id: 'history.back',
        label: t('back'),
        group: t('openLong'),
        icon: ArrowLeft,
        run: () => void navigate('/packages'),
      },
    ],
    [t, from, to, navigate],
  );
  useCommands(commands);

  return (
    <ScreenFrame
      toolbar={
        <>
          <ToolButton icon={ArrowLeft} iconOnly label={t('back')} onClick={() => void navigate('/packages')} />
          <Typography variant="h1" sx={{ flex: 1, minWidth: 0 }} noWrap>
            {t('title', { name })}
          </Typography>
          <ToolButton
            icon={ArrowLeftRight}
            label={t('swap')}
            disabled={versions.length < 2}
            reason={t('one')}
            onClick={() => setChosen({ from: to, to: from })}
          />
        </>
      }
      notices={
        restore.error === null ? undefined : (
          <Box sx={{ px: 2, pt: 1.5 }}>
            <ErrorNotice error={restore.error.error} compact />
          </Box>
        )
      }
    >
      {list.error !== null ? (
        <Box sx={{ p: 3, maxWidth: 760 }}>
          <ErrorNotice error={list.error.error} onRetry={() => void list.refetch()} />
        </Box>
      ) : list.isPending ? (
        <LoadingState />
      ) : from === null || to === null ? (
        <EmptyState icon={History} title={t('none')} text={t('noneText')} />
      ) : (
        <SplitPane
          id="package-history"
          side="left"
          initial={430}
          min={320}
          max={760}
          pane={
            <VersionList
              versions={versions}
              sides={sides}
              busy={restore.isPending ? (restore.variables?.version ?? null) : null}
              onSides={setChosen}
              onAgain={again}
            />
          }
        >
          <Box
            role="region"
            aria-label={t('openLong')}
            tabIndex={0}
            sx={{ height: '100%', overflow: 'auto', p: 2.5, bgcolor: 'background.paper' }}
          >
            {versions.length === 1 ? (
              <EmptyState icon={History} title={t('one')} />
            ) : (
              <Difference key={`${from} ${to}`} name={name} from={from} to={to} />
            )}
          </Box>
        </SplitPane>
      )}
    </ScreenFrame>
  );
}
