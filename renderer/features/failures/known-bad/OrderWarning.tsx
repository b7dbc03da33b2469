import { Alert, Box, Typography } from '@mui/material';
import { useCall } from '../../../app/console.ts';
import { useKnownBadWords } from './words.ts';

/** Warns before an order of what its hosts would get although it is known to be bad. */
export function KnownBadOrderWarning({ uuids }: { readonly uuids: readonly string[] }) {
  const t = useKnownBadWords();
  const found = useCall('failures.knownBadOn', { uuids }, { enabled: uuids.length > 0 }).data ?? [];
  if (found.length === 0) return null;
  return (
    <Alert severity="error">
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {t('order', { count: found.length })}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.25 }}>
        {found.map(({ updateId, title, note, hosts }) => (
          <li key={updateId}>
            {t('orderLine', { title: title ?? updateId, count: hosts })}
            {note === '' ? null : ` – ${note}`}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
