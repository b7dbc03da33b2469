import { Button, Stack, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { Ago } from '../ui/Time.tsx';
import { useEnded } from './ended.ts';

/** What ended while one was not looking, for the panel of what is running. */
export function EndedList({ onGo }: { readonly onGo: (path: string) => void }) {
  const { t } = useTranslation();
  const { list, clear } = useEnded();
  if (list.length === 0) return null;
  return (
    <Stack component="section" aria-label={t('endings.list')} sx={{ gap: 0.25 }}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography variant="h3" component="h3">
          {t('endings.list')}
        </Typography>
        <Button onClick={clear}>{t('clear')}</Button>
      </Stack>
      <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {list.map(({ id, text, at, hasFailed, path }) => (
          <li key={id}>
            <Button
              onClick={() => onGo(path)}
              color={hasFailed ? 'warning' : 'primary'}
              sx={{ justifyContent: 'space-between', width: '100%', gap: 2, whiteSpace: 'normal', textAlign: 'left' }}
            >
              {text}
              <Typography variant="caption" color="textSecondary" sx={{ flexShrink: 0 }}>
                <Ago at={at} />
              </Typography>
            </Button>
          </li>
        ))}
      </Stack>
    </Stack>
  );
}
