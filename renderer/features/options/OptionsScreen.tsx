import { Box, Tab, Tabs } from '@mui/material';
import { CircleX, ClipboardPaste, Eraser, Redo2, ShieldCheck, TriangleAlert, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { optionDangers, wrongOptions } from '../../../domain/agent-options.ts';
import { type Command, isTyping, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { useProfile } from '../../app/session.ts';
import { addWords } from '../../i18n/i18n.ts';
import { LoadingState } from '../../ui/EmptyState.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { useToasts } from '../../ui/toasts.ts';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { carefulValues, emptySet, type OptionSet } from './kept-options.ts';
import { OptionsForm } from './OptionsForm.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { ReportedOptions } from './ReportedOptions.tsx';
import { IniText, InstallerText } from './SectionText.tsx';
import { useOptionSet } from './use-option-set.ts';

const TABS = ['ini', 'installer', 'hosts'] as const;

/** The editor of the agents' options: what each means, what is dangerous, the text to take away, and what hosts report. Each server has its own. */
export function OptionsScreen() {
  const profile = useProfile();
  const settings = useCall('settings.get', {});
  if (profile === null || settings.isPending) return <LoadingState />;
  return <OptionsEditor key={profile.id} profileId={profile.id} />;
}

function OptionsEditor({ profileId }: { readonly profileId: string }) {
  const { t, i18n } = useTranslation('options');
  // Severities are named as in the list of updates.
  useState(() => addWords(i18n, 'updates', { en: updatesEn, fr: updatesFr }));
  const edited = useOptionSet(profileId);
  const { set, replace, undo, redo } = edited;
  const [tab, setTab] = useState<(typeof TABS)[number]>('ini');
  const [isPasting, setPasting] = useState(false);
  const say = useToasts((toasts) => toasts.say);
  const packages = useCall('packages.list', {}).data?.packages;
  const hasRules = packages === undefined || packages.length > 0;
  const dangers = useMemo(() => optionDangers(set.values, hasRules), [set.values, hasRules]);
  const wrong = wrongOptions(set.values).length;
  const dangerCount = dangers.filter(({ weight }) => weight === 'danger').length;
  const isEmpty = Object.keys(set.values).length + set.others.length === 0;

  const take = (next: OptionSet, text: string): void => {
    replace(next);
    say({ tone: 'ok', text, action: { label: t('undo'), run: undo } });
  };
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'options.paste',
        label: t('paste.open'),
        group: t('title'),
        icon: ClipboardPaste,
        run: () => setPasting(true),
      },
      { id: 'options.undo', label: t('undo'), group: t('title'), icon: Undo2, run: undo },
      { id: 'options.redo', label: t('redo'), group: t('title'), icon: Redo2, run: redo },
    ],
    [t, undo, redo],
  );
  useCommands(commands);
  const byKey = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || isTyping(event.target) || (key !== 'z' && key !== 'y')) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) redo();
    else undo();
  };

  return (
    <ScreenFrame
      toolbar={
        <>
          <ToolButton icon={ClipboardPaste} label={t('paste.open')} onClick={() => setPasting(true)} />
          <ToolButton
            icon={ShieldCheck}
            label={t('careful')}
            shortcut={t('carefulHelp')}
            onClick={() => take({ ...set, values: carefulValues }, t('carefulDone'))}
          />
          <ToolButton
            icon={Eraser}
            label={t('clear')}
            disabled={isEmpty}
            reason={t('ini.empty')}
            onClick={() => take(emptySet, t('clearDone'))}
          />
          <ToolButton
            iconOnly
            icon={Undo2}
            label={t('undo')}
            shortcut="Ctrl+Z"
            disabled={!edited.canUndo}
            onClick={undo}
          />
          <ToolButton
            iconOnly
            icon={Redo2}
            label={t('redo')}
            shortcut="Ctrl+Y"
            disabled={!edited.canRedo}
            onClick={redo}
          />
          <Box sx={{ flex: 1 }} />
          <Box role="status" sx={{ display: 'flex', gap: 0.75 }}>
            {wrong === 0 ? null : <StatusChip tone="error" icon={CircleX} label={t('wrongCount', { count: wrong })} />}
            {dangerCount === 0 ? null : (
              <StatusChip tone="warning" icon={TriangleAlert} label={t('dangers', { count: dangerCount })} />
            )}
            {wrong + dangerCount === 0 && !isEmpty ? (
              <StatusChip tone="ok" icon={ShieldCheck} label={t('fine')} />
            ) : null}
          </Box>
        </>
      }
    >
      <Box sx={{ height: '100%' }} onKeyDown={byKey}>
        <SplitPane
          id="options-result"
          side="right"
          initial={440}
          min={320}
          max={900}
          pane={
            <Box sx={{ height: '100%', display: 'flex', flexDirection: 'column' }}>
              <Tabs
                value={tab}
                aria-label={t('tabs')}
                onChange={(_event, value: typeof tab) => setTab(value)}
                sx={{ borderBottom: 1, borderColor: 'divider', px: 1, flexShrink: 0 }}
              >
                {TABS.map((name) => (
                  <Tab
                    key={name}
                    value={name}
                    id={`options-tab-${name}`}
                    aria-controls="options-panel"
                    label={t(`tab.${name}`)}
                  />
                ))}
              </Tabs>
              <Box
                role="tabpanel"
                id="options-panel"
                aria-labelledby={`options-tab-${tab}`}
                sx={{ flex: 1, minHeight: 0, overflow: 'auto', p: 2 }}
              >
                {tab === 'ini' ? (
                  <IniText set={set} />
                ) : tab === 'installer' ? (
                  <InstallerText set={set} />
                ) : (
                  <ReportedOptions set={set} />
                )}
              </Box>
            </Box>
          }
        >
          <OptionsForm set={set} dangers={dangers} onPut={edited.put} onChange={replace} />
        </SplitPane>
      </Box>
      {isPasting ? (
        <PasteDialog
          onClose={() => setPasting(false)}
          onTake={(read) => {
            setPasting(false);
            take(read, t('paste.done'));
          }}
        />
      ) : null}
    </ScreenFrame>
  );
}
