import { Box, Stack } from '@mui/material';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { ConsoleError } from '../../../contract/errors.ts';
import type { Draft, PublishCheck, Published } from '../../../contract/schemas/packages.ts';
import type { KeptBuilder } from '../../../domain/builder.ts';
import type { Rules } from '../../../domain/rules.ts';
import type { UpdateRow } from '../../../domain/update.ts';
import { useBridge, useCall } from '../../app/console.ts';
import { useSettings } from '../../app/settings.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { useStartOrder } from '../hosts/order.ts';
import { useEnsureSigner } from '../signer/ensure.ts';
import { BuilderDialog } from './builder/BuilderDialog.tsx';
import { KeptBuilders } from './builder/KeptBuilders.tsx';
import { type BuilderRun, withBuilder } from './builder/runs.ts';
import { useBuilderWords } from './builder/words.ts';
import { EditorHeader } from './EditorHeader.tsx';
import { EntryPane, type EntrySide } from './EntryPane.tsx';
import { ForecastStrip, warningCount } from './forecast/ForecastStrip.tsx';
import { MovedNotice } from './forecast/MovedNotice.tsx';
import { OpenDraft } from './forecast/open-draft.ts';
import { useForecast, useSavedAt } from './forecast/use-forecast.ts';
import { WarningList } from './forecast/WarningList.tsx';
import { useForecastWords } from './forecast/words.ts';
import { nameProblem } from './name.ts';
import { PickPane } from './PickPane.tsx';
import { PublishDialog } from './PublishDialog.tsx';
import { forgetSteps, useDraftEdit, useUndoKeys } from './use-draft-edit.ts';
import { useDraftSaver } from './use-draft-saver.ts';
import { useVersion } from './use-version.ts';

const NO_UPDATES: readonly UpdateRow[] = [];
const NO_BUILDERS: readonly KeptBuilder[] = [];

/** The editor of one draft: its fields on top, what it decides on the left, what one can pick from on the right. */
export function DraftEditor({ draft }: { readonly draft: Draft }) {
  useBuilderWords();
  const { t } = useTranslation('packages');
  const navigate = useNavigate();
  const bridge = useBridge();
  const [{ packagePrefix }] = useSettings();
  const ensureSigner = useEnsureSigner();
  const words = useForecastWords();
  const [state, dispatch] = useDraftEdit(draft);
  useUndoKeys(dispatch);
  const { content } = state;
  const saver = useDraftSaver(draft, content);
  const savedAt = useSavedAt(saver.state, draft.savedAt);
  const live = useForecast(draft.id, savedAt);
  const [side, setSide] = useState<EntrySide>('allowed');
  const updates = useCall('updates.list', {}).data?.rows ?? NO_UPDATES;
  const base = useCall(
    'packages.read',
    { filename: content.base?.filename ?? '-' },
    { enabled: content.base !== null },
  );
  const problem = nameProblem(content.package, packagePrefix);
  const packages = useCall('packages.list', {}).data?.packages;
  const newest = packages?.find((row) => row.package === content.package && row.isNewest)?.filename ?? null;
  const version = useVersion(draft.id, content.package, newest, problem === null && saver.state.kind === 'saved');
  const announce = usePublished();
  const [isNameAsked, setNameAsked] = useState(false);
  const [isChecking, setChecking] = useState(false);
  const [failure, setFailure] = useState<ConsoleError | null>(null);
  const [check, setCheck] = useState<PublishCheck | null>(null);
  const [building, setBuilding] = useState<{ readonly at: number | null } | null>(null);
  const builders = content.builders ?? NO_BUILDERS;
  const runBuilder = (at: number | null, { builder, change: add }: BuilderRun): void =>
    dispatch({
      kind: 'builders',
      builders: withBuilder(builders, at, builder),
      change: add,
    });
  const change = useMemo(
    () => (step: (rules: Rules) => Rules) => dispatch({ kind: 'rules', change: step }),
    [dispatch],
  );
  const warned = {
    draftId: draft.id,
    package: draft.package,
    rules: content.rules,
    updates,
    onChange: change,
    onMaturity: (value: string) => dispatch({ kind: 'field', field: 'maturity', value }),
  };
  const warnings = live.forecast === null ? 0 : warningCount(live.forecast);

  const review = async (): Promise<void> => {
    setFailure(null);
    if (problem !== null) {
      setNameAsked(true);
      return;
    }
    if (!(await saver.flush())) return;
    if (!(await ensureSigner(t('signWhy')))) return;
    setChecking(true);
    const answer = await bridge.call('packages.check', { draftId: draft.id });
    setChecking(false);
    if (answer.ok) setCheck(answer.value);
    else if (answer.error.code === 'name-invalid') setNameAsked(true);
    else setFailure(answer.error);
  };
  const isReviewAsked = useReviewAsked();
  const reviewAtOnce = useEffectEvent(() => void review());
  useEffect(() => {
    if (!isReviewAsked) return;
    const timer = setTimeout(() => reviewAtOnce());
    return () => clearTimeout(timer);
  }, [isReviewAsked]);
  const published = (done: Published): void => {
    saver.forget();
    forgetSteps(draft.id);
    setCheck(null);
    void navigate('/packages');
    void announce(done);
  };
  return (
    <OpenDraft value={draft.id}>
      <ScreenFrame
        toolbar={
          <EditorHeader
            content={content}
            problem={isNameAsked || content.package !== '' ? problem : null}
            prefix={packagePrefix}
            baseName={base.data?.package ?? null}
            version={version}
            save={saver.state}
            isChecking={isChecking}
            canUndo={state.past.length > 0}
            canRedo={state.future.length > 0}
            dispatch={dispatch}
            onBack={() => void navigate('/packages')}
            onBuild={() => setBuilding({ at: null })}
            onPublish={() => void review()}
          />
        }
        notices={
          <>
            {saver.state.kind === 'failed' ? (
              <Box sx={{ px: 2, pt: 1.5 }}>
                <ErrorNotice error={saver.state.error} onRetry={() => void saver.flush()} compact />
              </Box>
            ) : null}
            {failure === null ? null : (
              <Box sx={{ px: 2, pt: 1.5 }}>
                <ErrorNotice error={failure} onRetry={() => void review()} />
              </Box>
            )}
            <MovedNotice draft={content} updates={updates} dispatch={dispatch} onReview={() => void review()} />
            <KeptBuilders
              builders={builders}
              updates={updates}
              onRun={runBuilder}
              onEdit={(at) => setBuilding({ at })}
              onRemove={(at) =>
                dispatch({ kind: 'builders', builders: builders.toSpliced(at, 1), change: (rules) => rules })
              }
            />
          </>
        }
      >
        <Stack sx={{ height: '100%' }}>
          <Box sx={{ flex: 1, minHeight: 0 }}>
            <SplitPane
              id="draft-entries"
              side="left"
              initial={430}
              min={320}
              max={900}
              pane={
                <EntryPane
                  rules={content.rules}
                  updates={updates}
                  unknownKeys={base.data?.unknownKeys ?? []}
                  side={side}
                  onSide={setSide}
                  warnings={{
                    label: warnings === 0 ? words('noWarnings') : words('warnings', { count: warnings }),
                    hasAny: warnings > 0,
                    list: <WarningList live={live} draft={warned} />,
                  }}
                  onChange={change}
                />
              }
            >
              <PickPane rules={content.rules} updates={updates} onChange={change} />
            </SplitPane>
          </Box>
          <ForecastStrip
            draftId={draft.id}
            live={live}
            isUnsaved={saver.state.kind !== 'saved'}
            onWarnings={() => setSide('warnings')}
          />
        </Stack>
        {building === null ? null : (
          <BuilderDialog
            builder={building.at === null ? null : (builders[building.at] ?? null)}
            updates={updates}
            onRun={(run) => {
              runBuilder(building.at, run);
              setBuilding(null);
            }}
            onClose={() => setBuilding(null)}
          />
        )}
        {check === null ? null : (
          <PublishDialog
            draft={{ ...content, id: draft.id }}
            check={check}
            live={live}
            onCheck={setCheck}
            onPublished={published}
            onClose={() => setCheck(null)}
          />
        )}
      </ScreenFrame>
    </OpenDraft>
  );
}

/** Whether the editor was opened to review at once; the address forgets it, so that coming back does not ask again. */
function useReviewAsked(): boolean {
  const [search, setSearch] = useSearchParams();
  const [isAsked] = useState(search.get('review') === '1');
  useEffect(() => {
    if (search.has('review')) setSearch({}, { replace: true });
  }, [search, setSearch]);
  return isAsked;
}

/** Says that a package is published, and offers to have the hosts that have it read the repository now. */
function usePublished(): (done: Published) => Promise<void> {
  const { t } = useTranslation('packages');
  const bridge = useBridge();
  const say = useToasts((toasts) => toasts.say);
  const startOrder = useStartOrder();
  return async (done) => {
    const facts = { name: done.package, version: done.version };
    const hosts = await bridge.call('packages.hosts', { filename: done.filename });
    const uuids = hosts.ok ? hosts.value.map((host) => host.uuid) : [];
    if (uuids.length === 0) {
      say({ tone: 'ok', text: t(hosts.ok ? 'publishedNoHost' : 'published', facts) });
      return;
    }
    say({
      tone: 'ok',
      text: t('published', facts),
      action: {
        label: t('refreshNow', { count: uuids.length }),
        run: () => void startOrder({ action: 'refresh', uuids }),
      },
    });
  };
}
