import { Box, Button, Stack, Typography } from '@mui/material';
import { CheckCheck, CircleCheck, CircleHelp, FastForward, Pencil, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Published } from '../../../contract/schemas/packages.ts';
import type { RingItemState, RingSet } from '../../../contract/schemas/rings.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { Grid } from '../../grid/Grid.tsx';
import { useLocale } from '../../i18n/locale.ts';
import { EmptyState, LoadingState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDateTime } from '../../ui/format.ts';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { useEnsureSigner } from '../signer/ensure.ts';
import { askWhy, useWhyFocus } from '../why/open.ts';
import { useRingColumns } from './columns.ts';
import { PromoteDialog } from './PromoteDialog.tsx';
import { RingLine } from './RingLine.tsx';

const noItems: readonly RingItemState[] = [];
const noIds: readonly string[] = [];
const entryOf = (item: RingItemState): string => item.entry;

/** One ring set: its rings side by side, and below them what waits between two of them. */
export function RingSetView({
  set,
  chooser,
  onNew,
  onEdit,
  onDelete,
}: {
  readonly set: RingSet;
  readonly chooser: ReactNode;
  readonly onNew: () => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}) {
  const { t } = useTranslation('rings');
  const locale = useLocale();
  const navigate = useNavigate();
  const ensureSigner = useEnsureSigner();
  const say = useToasts((toasts) => toasts.say);
  const focusWhy = useWhyFocus();
  const status = useCall('rings.status', { ringSetId: set.id }, { keepPrevious: true });
  const [at, setAt] = useState(0);
  const [isSupersededShown, setSupersededShown] = useState(false);
  const [wanted, setWanted] = useState<readonly string[]>(noIds);
  const [selection, setSelection] = useState<readonly string[]>(noIds);
  // As one confirms it: the news of the publication may come before its answer, and takes them out of the list.
  const [promoting, setPromoting] = useState(noItems);

  const step = status.data?.steps[at] ?? status.data?.steps[0];
  const items = step?.items ?? noItems;
  const columns = useRingColumns(items);
  const visibleIds = useMemo(
    () => new Set(items.filter((item) => isSupersededShown || !item.isSuperseded).map(entryOf)),
    [items, isSupersededShown],
  );
  const ready = useMemo(() => items.filter((item) => item.isReady && visibleIds.has(item.entry)), [items, visibleIds]);
  const chosen = useMemo(() => {
    const ids = new Set(selection);
    return ready.filter((item) => ids.has(item.entry));
  }, [ready, selection]);
  const superseded = items.filter((item) => item.isSuperseded).length;

  const selectReady = useCallback(() => setWanted(ready.map(entryOf)), [ready]);
  const startPromotion = useCallback(async (): Promise<void> => {
    if (await ensureSigner(t('signWhy'))) setPromoting(chosen);
  }, [chosen, ensureSigner, t]);
  const published = (done: Published): void => {
    setPromoting(noItems);
    setWanted([]);
    say({
      tone: 'ok',
      text: t('promoted', { name: done.package, version: done.version }),
      action: { label: t('openPackages'), run: () => void navigate('/packages') },
    });
  };

  const [isNoneReady, isNoneChosen] = [ready.length === 0, chosen.length === 0];
  const commands = useMemo<readonly Command[]>(() => {
    const group = t('group');
    return [
      {
        id: 'rings.select',
        label: t('selectReady'),
        group,
        keys: 'R',
        icon: CheckCheck,
        isDisabled: isNoneReady,
        reason: t('nothingReady'),
        run: selectReady,
      },
      {
        id: 'rings.promote',
        label: t('promote'),
        group,
        keys: 'P',
        icon: FastForward,
        isDisabled: isNoneChosen,
        reason: t('selectFirst'),
        run: () => void startPromotion(),
      },
      { id: 'rings.new', label: t('newSet'), group, icon: Plus, run: onNew },
      { id: 'rings.edit', label: t('edit'), group, keys: 'E', icon: Pencil, run: onEdit },
      { id: 'rings.delete', label: t('delete'), group, icon: Trash2, run: onDelete },
    ];
  }, [t, isNoneReady, isNoneChosen, selectReady, startPromotion, onNew, onEdit, onDelete]);
  useCommands(commands);

  return (
    <ScreenFrame
      toolbar={
        <>
          {chooser}
          <ToolButton icon={Pencil} label={t('edit')} iconOnly shortcut="E" onClick={onEdit} />
          <ToolButton icon={Plus} label={t('newSet')} iconOnly onClick={onNew} />
          <ToolButton icon={Trash2} label={t('delete')} iconOnly onClick={onDelete} />
          <span style={{ flex: 1 }} />
          <ToolButton
            icon={CheckCheck}
            label={t('selectReady')}
            shortcut="R"
            disabled={isNoneReady}
            reason={t('nothingReady')}
            onClick={selectReady}
          />
          <ToolButton
            icon={FastForward}
            label={isNoneChosen ? t('promote') : t('promoteCount', { count: chosen.length })}
            shortcut="P"
            primary={!isNoneChosen}
            disabled={isNoneChosen}
            reason={isNoneReady ? t('nothingReady') : t('selectFirst')}
            onClick={() => void startPromotion()}
          />
        </>
      }
    >
      {status.error !== null && status.data === undefined ? (
        <Box sx={{ p: 3, maxWidth: 760 }}>
          <ErrorNotice error={status.error.error} onRetry={() => void status.refetch()} />
        </Box>
      ) : status.data === undefined || step === undefined ? (
        <LoadingState />
      ) : (
        <Stack sx={{ height: '100%', minHeight: 0 }}>
          <RingLine
            set={set}
            status={status.data}
            chosen={at}
            onChoose={(next) => {
              setAt(next);
              setWanted([]);
            }}
          />
          <Box sx={{ flex: 1, minHeight: 0 }}>
            <Grid
              key={step.from}
              id="rings"
              label={t('grid')}
              rows={items}
              rowId={entryOf}
              columns={columns}
              visibleIds={visibleIds}
              selectedIds={wanted}
              onOpen={(item) => askWhy({ updateId: item.updateIds[0] ?? null })}
              onSelectionChange={setSelection}
              onFocusRow={(item) => focusWhy(item?.updateIds[0] === undefined ? null : { updateId: item.updateIds[0] })}
              empty={
                step.isKnown ? (
                  <EmptyState
                    icon={CircleCheck}
                    title={t('empty.inStepTitle')}
                    text={t('empty.inStep', { from: step.from, to: step.to })}
                  />
                ) : (
                  <EmptyState icon={CircleHelp} title={t('empty.unknownTitle')} text={t('empty.unknown')} />
                )
              }
              noneShown={<EmptyState title={t('empty.noneShown')} />}
              footer={
                <Stack direction="row" sx={{ alignItems: 'center', gap: 1.5 }}>
                  <Typography variant="caption" component="span" noWrap>
                    {t('computed', { time: formatDateTime(status.data.computedAt, locale) })}
                  </Typography>
                  {superseded === 0 ? null : (
                    <Button
                      aria-pressed={isSupersededShown}
                      sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }}
                      onClick={() => setSupersededShown(!isSupersededShown)}
                    >
                      {t('superseded', { count: superseded })}
                    </Button>
                  )}
                </Stack>
              }
            />
          </Box>
          {promoting.length > 0 ? (
            <PromoteDialog
              ringSetId={set.id}
              step={step}
              next={status.data.rings.find((ring) => ring.package === step.to)}
              items={promoting}
              onPublished={published}
              onClose={() => setPromoting(noItems)}
            />
          ) : null}
        </Stack>
      )}
    </ScreenFrame>
  );
}
