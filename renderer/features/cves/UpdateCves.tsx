import { Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../app/console.ts';
import { addWords } from '../../i18n/i18n.ts';
import { en } from './words/en.ts';
import { fr } from './words/fr.ts';

const SHOWN = 40;

/** The CVEs that an update fixes, itself and by what it replaces; without a file it says that nothing is known. */
export function UpdateCves({ updateId }: { readonly updateId: string }) {
  const { i18n } = useTranslation();
  useState(() => addWords(i18n, 'cves', { en, fr }));
  const { t } = useTranslation('cves');
  const known = useCall('cves.ofUpdate', { updateId }).data;
  if (known === undefined) return null;
  const { direct, bySupersedence, hasData } = known;
  if (!hasData) return t('detail.noData');
  if (direct.length + bySupersedence.length === 0) return t('detail.none');
  const some = (cves: readonly string[]): string =>
    [...cves.slice(0, SHOWN), ...(cves.length > SHOWN ? [t('detail.more', { count: cves.length - SHOWN })] : [])].join(
      ', ',
    );
  return (
    <>
      {direct.length === 0 ? null : (
        <Typography variant="body2" component="div">
          {t('detail.direct')}: {some(direct)}
        </Typography>
      )}
      {bySupersedence.length === 0 ? null : (
        <Typography variant="body2" component="div" color="textSecondary">
          {t('detail.bySupersedence')}: {some(bySupersedence)}
        </Typography>
      )}
    </>
  );
}
