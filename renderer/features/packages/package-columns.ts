import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RulePackage, Verification } from '../../../contract/schemas/packages.ts';
import type { CellValue, GridColumn } from '../../grid/columns.ts';
import type { Tone } from '../../theme/palette.ts';

type T = TFunction<'packages'>;

const TONES: Readonly<Record<Verification['kind'], Tone>> = {
  verified: 'ok',
  intact: 'warning',
  refused: 'error',
  pending: 'neutral',
};

/** The verification of a package as a word with a mark. */
export function verificationChip(verification: Verification, t: T): { readonly label: string; readonly tone: Tone } {
  return { label: t(`verification.${verification.kind}`), tone: TONES[verification.kind] };
}

const REASONS = [
  'not-a-package',
  'hostile-zip',
  'bad-control',
  'not-signed',
  'certificate-missing',
  'certificate-not-yet-valid',
  'certificate-expired',
  'certificate-untrusted',
  'control-signature',
  'manifest-missing',
  'manifest-signature',
  'needs-code-signing',
  'program-untrusted',
  'file-changed',
  'file-missing',
  'file-unlisted',
  'md5',
  'legacy',
] as const;

/** Why a package is refused, in words; a reason that is not known here is named as it came. */
export function refusalWords(reason: string, t: T): string {
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? t('refusal.other', { reason }) : t(`refusal.${known}`);
}

/** What a verification means, with the reason of a refusal. */
export function verificationWords(verification: Verification, t: T): string {
  const meaning = t(`verificationMeaning.${verification.kind}`);
  return verification.kind === 'refused' ? `${refusalWords(verification.reason, t)} ${meaning}` : meaning;
}

/** The maturity as hosts compare it: empty is PROD (protocol 5.2). */
export const maturityOf = (row: Pick<RulePackage, 'maturity'>): string => (row.maturity === '' ? 'PROD' : row.maturity);

const maturityTone = (maturity: string): Tone =>
  maturity === 'PROD' ? 'ok' : maturity === 'PREPROD' ? 'info' : maturity === 'DEV' ? 'warning' : 'neutral';

/** The columns of the package list: protocol 8.5, with the verification and the hosts that have it. */
export function usePackageColumns(): readonly GridColumn<RulePackage>[] {
  const { t } = useTranslation('packages');
  return useMemo(() => [...shownColumns(t), ...hiddenColumns(t)], [t]);
}

function shownColumns(t: T): GridColumn<RulePackage>[] {
  return [
    { key: 'package', header: t('column.package'), value: (row) => row.package, width: 200, sort: 'asc' },
    { key: 'version', header: t('column.version'), value: (row) => row.version, width: 90 },
    {
      key: 'maturity',
      header: t('column.maturity'),
      value: maturityOf,
      kind: 'chip',
      chip: (row) => ({ label: maturityOf(row), tone: maturityTone(maturityOf(row)) }),
      width: 100,
    },
    { key: 'description', header: t('column.description'), value: (row) => row.description, width: 180, flex: 1 },
    {
      key: 'verification',
      header: t('column.verification'),
      value: (row) => verificationChip(row.verification, t).label,
      kind: 'chip',
      chip: (row) => verificationChip(row.verification, t),
      tooltip: (row) => verificationWords(row.verification, t),
      width: 172,
    },
    { key: 'signer', header: t('column.signer'), value: (row) => row.signer, width: 120 },
    {
      key: 'signatureDate',
      header: t('column.signedOn'),
      value: (row) => row.signatureDate,
      kind: 'datetime',
      width: 140,
    },
    {
      key: 'hosts',
      header: t('column.hosts'),
      headerTooltip: t('hostsMeaning'),
      value: (row) => `${row.hostsInstalled} / ${row.hostsAny}`,
      sortBy: (row) => row.hostsInstalled,
      width: 84,
    },
  ];
}

function hiddenColumns(t: T): GridColumn<RulePackage>[] {
  const hidden = (
    key: string,
    header: string,
    value: (row: RulePackage) => CellValue,
    kind: GridColumn<RulePackage>['kind'] = 'text',
  ): GridColumn<RulePackage> => ({ key, header, value, kind, hidden: true, width: 130 });
  const control = (key: string, header: string, kind: GridColumn<RulePackage>['kind'] = 'text') =>
    hidden(key, header, (row) => row.control[key], kind);
  return [
    hidden('hostsAny', t('column.hostsAny'), (row) => row.hostsAny, 'number'),
    hidden('isNewest', t('column.newest'), (row) => row.isNewest, 'boolean'),
    control('section', t('column.section')),
    control('depends', t('column.depends')),
    control('conflicts', t('column.conflicts')),
    control('architecture', t('column.architecture')),
    control('locale', t('column.locale')),
    control('min_os_version', t('column.minOs')),
    control('max_os_version', t('column.maxOs')),
    control('min_wapt_version', t('column.minWapt')),
    control('repo_url', t('column.repoUrl')),
    hidden('filename', t('column.filename'), (row) => row.filename),
    control('priority', t('column.priority')),
    control('signature', t('column.signature')),
    control('sources', t('column.sources')),
    control('audit_schedule', t('column.audit')),
    control('signed_attributes', t('column.signedAttributes')),
    control('md5sum', t('column.md5')),
    control('description_fr', t('column.descriptionFr')),
    control('description_de', t('column.descriptionDe')),
    control('description_es', t('column.descriptionEs')),
    control('description_pl', t('column.descriptionPl')),
    control('maintainer', t('column.maintainer')),
    control('package_uuid', t('column.packageUuid')),
    control('impacted_process', t('column.impacted')),
    control('installed_size', t('column.installedSize'), 'size'),
    hidden('signerFingerprint', t('column.fingerprint'), (row) => row.signerFingerprint),
    control('editor', t('column.editor')),
    control('licence', t('column.licence')),
    control('keywords', t('column.keywords')),
    hidden('size', t('column.size'), (row) => row.size, 'size'),
    control('target_os', t('column.targetOs')),
    control('homepage', t('column.homepage')),
  ];
}
