import { Box, Button, ButtonBase, Divider, Stack, Typography } from '@mui/material';
import type { GridApi } from 'ag-grid-community';
import { Bookmark, Check, Download, Pencil, Plus, Save, Star, StarOff, Trash2, Upload } from 'lucide-react';
import { memo, type ReactElement, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../../contract/schemas/views.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { deskStore } from '../../desks/desk-store.ts';
import { useLabelled } from '../../i18n/locale.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { LazyPopover } from '../../ui/LazyPopover.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import type { ViewFilter } from '../grid-props.ts';
import { applyColumns, columnsOf } from '../use-layout.ts';
import { useStable } from '../use-stable.ts';
import { NameDialog } from './NameDialog.tsx';
import { useViewFiles } from './use-view-files.ts';
import { useViews } from './use-views.ts';

/** Which lists of the desk opened with their view already, and which view each shows: it stays while one is in other screens. */
const useShownViews = deskStore<{
  readonly opened: readonly string[];
  readonly current: Readonly<Record<string, string>>;
}>(() => ({ opened: [], current: {} }));

type Ask = { readonly kind: 'save' } | { readonly kind: 'rename' | 'delete'; readonly view: SavedView } | null;

function ViewMenuOf<Row>({
  id,
  label,
  api,
  filterOf,
  isReady,
}: {
  readonly id: string;
  readonly label: string;
  readonly api: RefObject<GridApi<Row> | null>;
  /** The filter of the moment. */
  readonly filterOf: () => ViewFilter | null | undefined;
  readonly isReady: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const labelled = useLabelled();
  const titleId = useId();
  const views = useViews(id);
  const files = useViewFiles(id);
  const store = useShownViews.useApi();
  const currentId = useShownViews(({ current }) => current[id]);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [ask, setAsk] = useState<Ask>(null);
  const wasOpened = useRef(false);
  const chooser = useRef<HTMLInputElement>(null);
  const current = views.list.find((view) => view.id === currentId) ?? null;
  const initial = views.list.find(({ isDefault }) => isDefault) ?? null;

  const setCurrent = (viewId: string): void =>
    store.setState((state) => ({ current: { ...state.current, [id]: viewId } }));
  const show = useStable((view: SavedView): void => {
    if (api.current !== null) applyColumns(api.current, view.columns);
    if (view.filter !== null) filterOf()?.apply(view.filter);
    setCurrent(view.id);
    setAnchor(null);
  });
  const look = () => ({ columns: api.current === null ? [] : columnsOf(api.current), filter: copyOf(filterOf()) });
  const keepAs = (name: string): void => {
    setCurrent(views.keep({ name, ...look() }).id);
    setAsk(null);
  };

  // The view that a list opens with comes once a desk where the list stays as one left it, else each time.
  useEffect(() => {
    if (!isReady || wasOpened.current) return;
    wasOpened.current = true;
    const isFirst = !store.getState().opened.includes(id);
    if (isFirst) store.setState(({ opened }) => ({ opened: [...opened, id] }));
    // What another screen opened is shown whole, whatever the view says.
    const filter = filterOf();
    if (filter === null || (!isFirst && filter?.isKept !== false)) return;
    if (initial !== null) show(initial);
    else if (!isFirst) store.setState(({ current: { [id]: _gone, ...rest } }) => ({ current: rest }));
  }, [isReady, store, id, initial, show, filterOf]);

  const commands = useMemo<readonly Command[]>(
    () => [
      ...views.list.map((view) => ({
        id: `views.${id}.${view.id}`,
        label: t('views.apply', { name: view.name }),
        group: labelled(t('views.group'), label),
        icon: Bookmark,
        run: () => show(view),
      })),
      {
        id: `views.${id}.save`,
        label: t('views.save'),
        group: labelled(t('views.group'), label),
        icon: Plus,
        run: () => setAsk({ kind: 'save' }),
      },
    ],
    [views.list, id, label, show, t, labelled],
  );
  useCommands(commands, 'list');

  const open = (next: Ask) => (): void => {
    setAnchor(null);
    setAsk(next);
  };
  return (
    <>
      <Button
        size="small"
        startIcon={<Bookmark size={14} aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minHeight: 26, px: 1, fontSize: '0.75rem', color: 'text.secondary', maxWidth: 200 }}
      >
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {current === null ? t('views.button') : labelled(t('views.button'), current.name)}
        </Box>
      </Button>
      <LazyPopover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-labelledby': titleId, sx: { width: 380, maxHeight: 480, p: 1 } } }}
      >
        <Typography id={titleId} variant="h3" component="h2" sx={{ px: 1, py: 0.75 }}>
          {t('views.title', { list: label })}
        </Typography>
        {views.list.length === 0 ? (
          <Typography variant="body2" color="textSecondary" sx={{ px: 1, pb: 1 }}>
            {t('views.none')}
          </Typography>
        ) : (
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {views.list.map((view) => (
              <Stack key={view.id} component="li" direction="row" sx={{ alignItems: 'center' }}>
                <ButtonBase
                  onClick={() => show(view)}
                  aria-current={view.id === currentId ? 'true' : undefined}
                  sx={{
                    flex: 1,
                    minWidth: 0,
                    justifyContent: 'flex-start',
                    gap: 1,
                    px: 1,
                    minHeight: 32,
                    borderRadius: 1,
                    fontFamily: 'inherit',
                    typography: 'body2',
                    '&:hover': { bgcolor: 'action.hover' },
                  }}
                >
                  <Check
                    size={14}
                    aria-hidden
                    style={{ flexShrink: 0, visibility: view.id === currentId ? 'visible' : 'hidden' }}
                  />
                  <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
                    {view.name}
                  </Box>
                  {view.isDefault ? (
                    <Typography variant="caption" color="textSecondary" noWrap>
                      {t('views.isDefault')}
                    </Typography>
                  ) : null}
                </ButtonBase>
                <ToolButton
                  iconOnly
                  icon={view.isDefault ? StarOff : Star}
                  label={t(view.isDefault ? 'views.noDefault' : 'views.makeDefault', { name: view.name })}
                  onClick={() => views.setDefault(view.isDefault ? null : view.id)}
                />
                <ToolButton
                  iconOnly
                  icon={Pencil}
                  label={t('views.rename', { name: view.name })}
                  onClick={open({ kind: 'rename', view })}
                />
                <ToolButton
                  iconOnly
                  icon={Trash2}
                  label={t('views.delete', { name: view.name })}
                  onClick={open({ kind: 'delete', view })}
                />
              </Stack>
            ))}
          </Box>
        )}
        <Divider sx={{ my: 1 }} />
        <Stack sx={{ alignItems: 'flex-start' }}>
          {current === null ? null : (
            <Button
              startIcon={<Save size={14} aria-hidden />}
              onClick={() => {
                keepAs(current.name);
                setAnchor(null);
              }}
            >
              {t('views.update', { name: current.name })}
            </Button>
          )}
          <Button startIcon={<Plus size={14} aria-hidden />} onClick={open({ kind: 'save' })}>
            {t('views.save')}
          </Button>
          {views.list.length === 0 ? null : (
            <Button
              startIcon={<Download size={14} aria-hidden />}
              onClick={() => {
                setAnchor(null);
                void files.save(views.list.map((view) => view.id));
              }}
            >
              {t('views.export')}
            </Button>
          )}
          <Button startIcon={<Upload size={14} aria-hidden />} onClick={() => chooser.current?.click()}>
            {t('views.import')}
          </Button>
        </Stack>
        <input
          ref={chooser}
          type="file"
          accept=".json,application/json"
          aria-label={t('views.import')}
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            setAnchor(null);
            if (file !== undefined) void files.take(file);
          }}
        />
      </LazyPopover>
      {ask?.kind === 'save' ? (
        <NameDialog
          title={t('views.saveTitle')}
          text={t('views.saveText', { list: label })}
          initial=""
          taken={views.list.map(({ name }) => name)}
          onSubmit={keepAs}
          onClose={() => setAsk(null)}
        />
      ) : null}
      {ask?.kind === 'rename' ? (
        <NameDialog
          title={t('views.renameTitle')}
          text={null}
          initial={ask.view.name}
          taken={views.list.filter((view) => view.id !== ask.view.id).map(({ name }) => name)}
          onSubmit={(name) => {
            views.rename(ask.view.id, name);
            setAsk(null);
          }}
          onClose={() => setAsk(null)}
        />
      ) : null}
      {ask?.kind === 'delete' ? (
        <ConfirmDialog
          open
          tone="danger"
          title={t('views.deleteTitle', { name: ask.view.name })}
          confirmLabel={t('delete')}
          onConfirm={() => {
            views.remove(ask.view.id);
            setAsk(null);
          }}
          onClose={() => setAsk(null)}
        >
          {t('views.deleteText')}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** Keeps how a list looks under names, and brings it back. Drawn apart from the list, which is drawn anew for each filter. */
export const ViewMenu = memo(ViewMenuOf) as typeof ViewMenuOf;

/** The filter of the moment, in a form that is kept. */
const copyOf = (filter: ViewFilter | null | undefined): SavedView['filter'] =>
  filter === null || filter === undefined ? null : (structuredClone(filter.value) as SavedView['filter']);
