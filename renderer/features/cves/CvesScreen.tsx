import { Alert, Box, Stack, TextField, Typography } from '@mui/material';
import { FileUp, ShieldQuestion } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cvesIn } from '../../../domain/cve/cve-table.ts';
import { type Command, useCommands } from '../../app/commands.ts';
import { useCall } from '../../app/console.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { ToolButton } from '../../ui/ToolButton.tsx';
import { AuditGrid } from './AuditGrid.tsx';
import { CveUpdates } from './CveUpdates.tsx';
import { Exposures } from './Exposures.tsx';
import { FilesPane } from './FilesPane.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { useListText } from './list-text.ts';

/** As many CVEs as main looks at in one question. */
const MOST = 500;

/** Which hosts are still open to which CVEs, and what to allow. */
export function CvesScreen() {
  const { t } = useTranslation('cves');
  const { text } = useListText();
  const { setState: keep } = useListText.useApi();
  const [isImporting, setImporting] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const deferred = useDeferredValue(text);
  const found = useMemo(() => cvesIn(deferred), [deferred]);
  const cves = useMemo(() => found.slice(0, MOST), [found]);
  const sources = useCall('cves.list', {});
  const audit = useCall('cves.audit', { cves }, { enabled: cves.length > 0, keepPrevious: true });
  const startImport = useCallback(() => setImporting(true), []);
  const focus = useCallback(() => box.current?.focus(), []);
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: 'cves.import', label: t('files.import'), group: t('column.cve'), icon: FileUp, run: startImport },
      { id: 'cves.paste', label: t('paste'), group: t('column.cve'), keys: '/', icon: ShieldQuestion, run: focus },
    ],
    [t, startImport, focus],
  );
  useCommands(commands);
  const shown = cves.length === 0 ? undefined : audit.data;

  return (
    <ScreenFrame
      toolbar={
        <>
          <ToolButton icon={FileUp} label={t('files.import')} onClick={startImport} />
          <span style={{ flex: 1 }} />
          {cves.length === 0 ? null : (
            <Typography variant="body2" color="textSecondary" role="status">
              {t('found', { count: found.length })}
            </Typography>
          )}
        </>
      }
      notices={
        <>
          {sources.error === null ? null : (
            <ErrorNotice compact error={sources.error.error} onRetry={() => void sources.refetch()} />
          )}
          {audit.error === null || cves.length === 0 ? null : (
            <ErrorNotice compact error={audit.error.error} onRetry={() => void audit.refetch()} />
          )}
          {found.length > MOST ? (
            <Alert severity="warning" sx={{ borderRadius: 0, py: 0 }}>
              {t('tooMany', { limit: MOST })}
            </Alert>
          ) : null}
        </>
      }
    >
      <SplitPane
        id="cves-files"
        side="left"
        initial={290}
        min={220}
        max={460}
        pane={<FilesPane sources={sources.data} onImport={startImport} />}
      >
        <Stack sx={{ height: '100%', minHeight: 0 }}>
          <Box sx={{ p: 1.5, borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
            <TextField
              inputRef={box}
              fullWidth
              multiline
              minRows={1}
              maxRows={4}
              label={t('paste')}
              helperText={t('pasteHelp')}
              placeholder="CVE-2024-38014 …"
              value={text}
              onChange={(event) => keep({ text: event.target.value })}
              slotProps={{ htmlInput: { spellCheck: false, maxLength: 200_000 } }}
            />
          </Box>
          {shown === undefined ? (
            <EmptyState icon={ShieldQuestion} title={t('empty.title')} text={t('empty.text')} />
          ) : (
            <>
              <Exposures audit={shown} cves={cves} />
              <Box sx={{ flex: 1, minHeight: 0 }}>
                <SplitPane
                  id="cves-updates"
                  side="bottom"
                  initial={240}
                  min={130}
                  pane={<CveUpdates audit={shown} cves={cves} />}
                >
                  <AuditGrid audit={shown} />
                </SplitPane>
              </Box>
            </>
          )}
        </Stack>
      </SplitPane>
      {isImporting ? <ImportDialog onClose={() => setImporting(false)} /> : null}
    </ScreenFrame>
  );
}
