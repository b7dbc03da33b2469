import { Box, ButtonBase, CircularProgress, Stack } from '@mui/material';
import { KeyRound, LogIn, Plus, Server, TriangleAlert, Unplug, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MOST_DESKS_SHOWN } from './desk-limit.ts';
import { type OpenDesk, useDesks, useRoom } from './desk-room.ts';
import { type DeskStanding, useDeskSummary } from './desk-state.ts';
import { useDeskKeys } from './use-desk-commands.ts';
import { useOpenDesk } from './use-open-desk.ts';

const icons = {
  none: LogIn,
  open: Server,
  offline: Unplug,
  expired: KeyRound,
  trouble: TriangleAlert,
} as const satisfies Record<Exclude<DeskStanding, 'working'>, unknown>;

const needsAttention: ReadonlySet<DeskStanding> = new Set(['offline', 'expired', 'trouble']);

function DeskTab({ desk, isShown }: { readonly desk: OpenDesk; readonly isShown: boolean }) {
  const { t } = useTranslation();
  const room = useRoom();
  const { name, standing, waiting } = useDeskSummary(desk);
  const label = name ?? t('desks.unnamed');
  const Icon = standing === 'working' ? null : icons[standing];
  const state = t(`desks.state.${standing}`);
  const messages = waiting > 0 && !isShown ? waiting : 0;
  return (
    <Box
      component="li"
      sx={(theme) => ({
        display: 'flex',
        alignItems: 'center',
        minWidth: 0,
        width: 200,
        flexShrink: 1,
        borderTop: 2,
        borderColor: isShown ? theme.look.accent : 'transparent',
        borderRight: `1px solid ${theme.look.line}`,
        bgcolor: isShown ? 'background.paper' : 'transparent',
        '&:hover': { bgcolor: isShown ? 'background.paper' : 'action.hover' },
      })}
    >
      <ButtonBase
        onClick={() => room?.show(desk.id)}
        aria-current={isShown ? 'true' : undefined}
        aria-label={[label, state, messages > 0 ? t('desks.messages', { count: messages }) : '']
          .filter((text) => text !== '')
          .join(', ')}
        title={`${label} · ${state}`}
        sx={{
          flex: 1,
          minWidth: 0,
          height: '100%',
          justifyContent: 'flex-start',
          gap: 1,
          pl: 1.5,
          pr: 0.5,
          fontFamily: 'inherit',
          fontSize: '0.8125rem',
          fontWeight: isShown ? 600 : 500,
          color: needsAttention.has(standing) ? 'warning.main' : isShown ? 'text.primary' : 'text.secondary',
          '&.Mui-focusVisible': { outlineOffset: -3 },
        }}
      >
        {Icon === null ? (
          <CircularProgress size={13} thickness={6} color="inherit" aria-hidden />
        ) : (
          <Icon size={14} aria-hidden style={{ flexShrink: 0 }} />
        )}
        <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {label}
        </Box>
        {messages === 0 ? null : (
          <Box
            component="span"
            aria-hidden
            sx={{ ml: 'auto', flexShrink: 0, width: 8, height: 8, borderRadius: '50%', bgcolor: 'primary.main' }}
          />
        )}
      </ButtonBase>
      <ButtonBase
        onClick={() => void room?.close(desk.id)}
        aria-label={t('desks.close', { name: label })}
        title={t('desks.close', { name: label })}
        sx={{ p: 0.5, mr: 0.5, borderRadius: 1, color: 'text.secondary', '&:hover': { bgcolor: 'action.hover' } }}
      >
        <X size={14} aria-hidden />
      </ButtonBase>
    </Box>
  );
}

/** The line of open servers above them, where there are several. */
export function DeskTabs() {
  const { t } = useTranslation();
  const room = useDesks();
  const open = useOpenDesk();
  useDeskKeys();
  if (room === null) return null;
  const isFull = room.desks.length >= MOST_DESKS_SHOWN;
  return (
    <Stack
      component="nav"
      aria-label={t('desks.label')}
      direction="row"
      sx={{
        height: 36,
        flexShrink: 0,
        bgcolor: 'background.default',
        borderBottom: 1,
        borderColor: 'divider',
        // Above what a desk asks: one may look at another server before one answers.
        position: 'relative',
        zIndex: (theme) => theme.zIndex.modal + 1,
      }}
    >
      <Box component="ul" sx={{ display: 'flex', minWidth: 0, m: 0, p: 0, listStyle: 'none' }}>
        {room.desks.map((desk) => (
          <DeskTab key={desk.id} desk={desk} isShown={desk === room.shown} />
        ))}
      </Box>
      {isFull ? null : (
        <ButtonBase
          onClick={open}
          aria-label={t('desks.open')}
          title={t('desks.open')}
          sx={{ width: 36, color: 'text.secondary', '&:hover': { bgcolor: 'action.hover' } }}
        >
          <Plus size={15} aria-hidden />
        </ButtonBase>
      )}
    </Stack>
  );
}
