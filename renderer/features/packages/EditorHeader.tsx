import {
  Autocomplete,
  Box,
  Button,
  CircularProgress,
  IconButton,
  Stack,
  TextField,
  Tooltip,
  Typography,
} from '@mui/material';
import { ArrowLeft, Check, PenLine, Redo2, Undo2, WandSparkles } from 'lucide-react';
import { type Dispatch, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishCheck } from '../../../contract/schemas/packages.ts';
import { useAgo } from '../../ui/Time.tsx';
import type { DraftContent, DraftStep } from './draft-edit.ts';
import type { SaveState } from './draft-saver.ts';
import { type NameProblem, withPrefix } from './name.ts';

const MATURITIES = ['PROD', 'PREPROD', 'DEV'];

/** The fields of a draft, whether it is on disk, and the way to publishing. */
export function EditorHeader({
  content,
  problem,
  prefix,
  baseName,
  version,
  save,
  isChecking,
  canUndo,
  canRedo,
  dispatch,
  onBack,
  onBuild,
  onPublish,
}: {
  readonly content: DraftContent;
  readonly problem: NameProblem | null;
  readonly prefix: string;
  /** The name of the package the draft was opened from, once it is read. */
  readonly baseName: string | null;
  readonly version: PublishCheck | null;
  readonly save: SaveState;
  readonly isChecking: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly dispatch: Dispatch<DraftStep>;
  readonly onBack: () => void;
  readonly onBuild: () => void;
  readonly onPublish: () => void;
}) {
  const { t } = useTranslation(['packages', 'builder']);
  const nameId = useId();
  const prefixed = withPrefix(content.package, prefix);
  const isUnprefixed = content.base === null && prefixed !== content.package && problem === null;
  const isRenamed = baseName !== null && baseName !== content.package;
  return (
    <Stack sx={{ flex: 1, gap: 1 }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1 }}>
        <Tooltip title={t('editor.back')}>
          <IconButton aria-label={t('editor.back')} onClick={onBack}>
            <ArrowLeft size={18} aria-hidden />
          </IconButton>
        </Tooltip>
        <Typography variant="h1" sx={{ minWidth: 0 }} noWrap>
          {content.package === '' ? t('editor.newLabel') : content.package}
        </Typography>
        <Typography variant="body2" color="textSecondary" noWrap sx={{ minWidth: 0 }}>
          {version === null
            ? content.base === null
              ? t('editor.versionNew')
              : t('editor.versionBase', { version: content.base.version })
            : t('editor.versionNext', { version: version.version })}
        </Typography>
        <span style={{ flex: 1 }} />
        <Saved state={save} />
        <Tooltip title={`${t('editor.undo')} (Ctrl+Z)`}>
          <span>
            <IconButton aria-label={t('editor.undo')} disabled={!canUndo} onClick={() => dispatch({ kind: 'undo' })}>
              <Undo2 size={17} aria-hidden />
            </IconButton>
          </span>
        </Tooltip>
        <Tooltip title={`${t('editor.redo')} (Ctrl+Y)`}>
          <span>
            <IconButton aria-label={t('editor.redo')} disabled={!canRedo} onClick={() => dispatch({ kind: 'redo' })}>
              <Redo2 size={17} aria-hidden />
            </IconButton>
          </span>
        </Tooltip>
        <Tooltip title={t('builder:openHelp')} describeChild>
          <Button variant="outlined" startIcon={<WandSparkles size={16} aria-hidden />} onClick={onBuild}>
            {t('builder:open')}
          </Button>
        </Tooltip>
        <Button
          variant="contained"
          startIcon={<PenLine size={16} aria-hidden />}
          loading={isChecking}
          loadingPosition="start"
          onClick={onPublish}
        >
          {t('editor.publish')}
        </Button>
      </Stack>
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 1.5, pb: 0.5 }}>
        <Box sx={{ width: 280, flexShrink: 0 }}>
          <TextField
            id={nameId}
            label={t('editor.name')}
            value={content.package}
            onChange={(event) => dispatch({ kind: 'field', field: 'package', value: event.target.value.slice(0, 200) })}
            error={problem !== null}
            helperText={
              problem !== null ? t(`name.${problem}`) : isRenamed ? t('editor.renamed', { name: baseName }) : undefined
            }
            slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'off' } }}
          />
          {isUnprefixed ? (
            <Button
              sx={{ minHeight: 24, px: 0.75, fontSize: '0.75rem' }}
              onClick={() => dispatch({ kind: 'field', field: 'package', value: prefixed })}
            >
              {t('editor.usePrefix', { prefix })}
            </Button>
          ) : null}
        </Box>
        <TextField
          label={t('editor.description')}
          value={content.description}
          onChange={(event) =>
            dispatch({ kind: 'field', field: 'description', value: event.target.value.slice(0, 20_000) })
          }
        />
        <Autocomplete
          freeSolo
          disableClearable
          options={MATURITIES}
          inputValue={content.maturity}
          value={content.maturity}
          onInputChange={(_event, value) => dispatch({ kind: 'field', field: 'maturity', value: value.slice(0, 40) })}
          sx={{ width: 160, flexShrink: 0 }}
          renderInput={(params) => <TextField {...params} label={t('editor.maturity')} />}
        />
      </Stack>
    </Stack>
  );
}

function Saved({ state }: { readonly state: SaveState }) {
  const { t } = useTranslation('packages');
  const ago = useAgo(state.kind === 'saved' ? state.savedAt : null);
  const text = {
    saved: t('editor.savedAt', { ago }),
    unsaved: t('editor.unsaved'),
    saving: t('editor.saving'),
    failed: t('editor.saveFailed'),
  }[state.kind];
  return (
    <Stack
      direction="row"
      role="status"
      sx={{
        alignItems: 'center',
        gap: 0.5,
        color: state.kind === 'failed' ? 'error.main' : 'text.secondary',
        whiteSpace: 'nowrap',
      }}
    >
      {state.kind === 'saved' ? <Check size={14} aria-hidden /> : null}
      {state.kind === 'saving' ? <CircularProgress size={12} aria-hidden /> : null}
      <Typography variant="caption">{text}</Typography>
    </Stack>
  );
}
