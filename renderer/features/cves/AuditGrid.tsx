import { ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CveAudit, CveLine } from '../../../contract/schemas/cves.ts';
import { SEVERITIES } from '../../../domain/catalogue.ts';
import { kbLabel } from '../../../domain/update.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { Grid } from '../../grid/Grid.tsx';
import { severityTone } from '../../ui/tone.ts';
import { useOpenPage } from '../hosts/open-page.ts';
import { hostsBehind, updatesBehind } from '../where/where.ts';
import { useEntryWords } from '../where/where-words.ts';
import { SHOWN_EXPOSURES } from './tones.ts';

const idOf = (line: CveLine): string => line.cve;
const rank = (severity: string | null): number => SEVERITIES.length - SEVERITIES.findIndex((one) => one === severity);

type Note = 'unknown' | 'noKb' | 'other' | 'noUpdate';

/** What keeps one from knowing more. */
function noteOf(line: CveLine): Note | null {
  if (!line.isKnown) return 'unknown';
  if (line.hasOther) return line.kbs.length === 0 && line.fixes === 0 ? 'noKb' : 'other';
  return line.fixes === 0 ? 'noUpdate' : null;
}

/** Each CVE of the list: what fixes it, and how many hosts stand how. */
export function AuditGrid({ audit }: { readonly audit: CveAudit }) {
  const { t } = useTranslation('cves');
  const navigate = useNavigate();
  const openPage = useOpenPage();
  const entry = useEntryWords();
  const columns = useMemo<readonly GridColumn<CveLine>[]>(
    () => [
      { key: 'cve', header: t('column.cve'), width: 138, value: (line) => line.cve },
      {
        key: 'severity',
        header: t('column.severity'),
        kind: 'chip',
        width: 100,
        value: (line) => (line.severity === null ? null : entry('severity', line.severity)),
        sortBy: (line) => rank(line.severity),
        chip: ({ severity }) =>
          severity === null ? null : { label: entry('severity', severity), tone: severityTone(severity) },
      },
      ...SHOWN_EXPOSURES.map(
        (exposure): GridColumn<CveLine> => ({
          key: exposure,
          header: t(`short.${exposure}`),
          headerTooltip: t(`exposureMeaning.${exposure}`),
          kind: 'number',
          width: 104,
          value: (line) => (line.hosts[exposure] === 0 ? null : line.hosts[exposure]),
          sortBy: (line) => line.hosts[exposure],
          open: {
            run: (line) => void navigate(hostsBehind({ kind: 'cve', cves: [line.cve], exposure })),
            hint: t('showHosts'),
          },
        }),
      ),
      {
        key: 'note',
        header: t('column.note'),
        width: 190,
        flex: 1,
        value: (line) => {
          const note = noteOf(line);
          return note === null ? null : t(`note.${note}`);
        },
      },
      {
        key: 'fixes',
        header: t('column.fixes'),
        headerTooltip: t('fixesMeaning'),
        kind: 'number',
        width: 96,
        value: (line) => line.fixes,
        open: {
          run: (line) => void navigate(updatesBehind({ kind: 'cve', cves: [line.cve], exposure: null, how: 'fixes' })),
          hint: t('showUpdates'),
        },
      },
      {
        key: 'bySupersedence',
        header: t('column.bySupersedence'),
        headerTooltip: t('bySupersedenceMeaning'),
        kind: 'number',
        width: 130,
        value: (line) => line.bySupersedence,
        open: {
          run: (line) =>
            void navigate(updatesBehind({ kind: 'cve', cves: [line.cve], exposure: null, how: 'by-supersedence' })),
          hint: t('showUpdates'),
        },
      },
      { key: 'kbs', header: t('column.kbs'), kind: 'list', width: 180, value: (line) => line.kbs.map(kbLabel) },
      { key: 'released', header: t('column.released'), kind: 'date', width: 110, value: (line) => line.released },
    ],
    [t, entry, navigate],
  );
  return (
    <Grid
      id="cves"
      label={t('grid')}
      rows={audit.lines}
      rowId={idOf}
      columns={columns}
      selection="none"
      menu={(line) => [
        {
          kind: 'item',
          id: 'msrc',
          label: t('openMsrc'),
          icon: ExternalLink,
          onSelect: () => openPage({ page: 'cve', cve: line.cve }),
        },
      ]}
    />
  );
}
