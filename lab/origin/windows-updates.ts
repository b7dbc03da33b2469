import { day } from '../clock.ts';
import type { Family } from './catalogue.ts';
import { monthOf, type Publisher } from './publisher.ts';

type Windows = {
  readonly family: Family;
  readonly product: string;
  readonly en: string;
  readonly fr: string;
  readonly file: string;
  readonly size: number;
  readonly client: boolean;
};

const windowsVersions: readonly Windows[] = [
  {
    family: 'windows-10-22h2',
    product: 'Windows 10, version 1903 and later',
    en: 'Windows 10 Version 22H2 for x64-based Systems',
    fr: 'Windows 10 Version 22H2 pour les systèmes x64',
    file: 'windows10.0',
    size: 860,
    client: true,
  },
  {
    family: 'windows-11-23h2',
    product: 'Windows 11',
    en: 'Windows 11 Version 23H2 for x64-based Systems',
    fr: 'Windows 11 Version 23H2 pour les systèmes x64',
    file: 'windows11.0',
    size: 790,
    client: true,
  },
  {
    family: 'windows-11-24h2',
    product: 'Windows 11',
    en: 'Windows 11 Version 24H2 for x64-based Systems',
    fr: 'Windows 11 Version 24H2 pour les systèmes x64',
    file: 'windows11.0',
    size: 3800,
    client: true,
  },
  {
    family: 'server-2016',
    product: 'Windows Server 2016',
    en: 'Windows Server 2016 for x64-based Systems',
    fr: 'Windows Server 2016 pour les systèmes x64',
    file: 'windows10.0',
    size: 1740,
    client: false,
  },
  {
    family: 'server-2019',
    product: 'Windows Server 2019',
    en: 'Windows Server 2019 for x64-based Systems',
    fr: 'Windows Server 2019 pour les systèmes x64',
    file: 'windows10.0',
    size: 695,
    client: false,
  },
  {
    family: 'server-2022',
    product: 'Microsoft Server operating system-21H2',
    en: 'Microsoft server operating system version 21H2 for x64-based Systems',
    fr: 'Microsoft server operating system, version 21H2 pour les systèmes x64',
    file: 'windows10.0',
    size: 410,
    client: false,
  },
];

/** Every Windows of the lab. */
export const everyFamily: readonly Family[] = windowsVersions.map((version) => version.family);
/** Those that people sit at. */
export const clientFamilies = windowsVersions.filter((version) => version.client).map((version) => version.family);
/** Those that serve. */
export const serverFamilies = windowsVersions.filter((version) => !version.client).map((version) => version.family);

/** Cumulative updates, .NET, previews and servicing stacks of one Patch Tuesday. */
export function publishWindows(publisher: Publisher, tuesday: number): void {
  const { random, kb, publish } = publisher;
  const month = monthOf(tuesday);
  for (const version of windowsVersions) {
    const cumulative = kb();
    publish({
      chain: `cumulative ${version.family}`,
      kb: cumulative,
      title: {
        en: `${month} Cumulative Update for ${version.en} (KB${cumulative})`,
        fr: `${month} Mise à jour cumulative pour ${version.fr} (KB${cumulative})`,
      },
      severity: random.chance(0.85) ? 'Critical' : 'Important',
      published: tuesday,
      product: version.product,
      classification: 'Security Updates',
      size: version.size,
      file: `${version.file}-kb${cumulative}-x64`,
      ...(version.family === 'windows-11-24h2' ? { extraFile: `${version.file}-kb${cumulative}-x64.psf` } : {}),
      families: [version.family],
    });
    publishDotNet(publisher, version, tuesday, month);
    if (version.client && random.chance(0.8)) publishPreview(publisher, version, tuesday, month);
    if (version.family === 'server-2016') {
      const stack = kb();
      publish({
        chain: 'stack server-2016',
        kb: stack,
        title: {
          en: `${month} Servicing Stack Update for Windows Server 2016 for x64-based Systems (KB${stack})`,
          fr: `${month} Mise à jour de la pile de maintenance pour Windows Server 2016 pour les systèmes x64 (KB${stack})`,
        },
        severity: 'Critical',
        published: tuesday,
        product: version.product,
        classification: 'Security Updates',
        size: 12.2,
        file: `windows10.0-kb${stack}-x64`,
        families: ['server-2016'],
      });
    }
  }
}

function publishDotNet(publisher: Publisher, version: Windows, tuesday: number, month: string): void {
  const { random, kb, publish } = publisher;
  const dotNet = kb();
  const security = random.chance(0.45);
  publish({
    chain: `dotnet ${version.family}`,
    kb: dotNet,
    title: {
      en: `${month} Cumulative Update for .NET Framework 3.5 and 4.8.1 for ${version.en.replace('-based Systems', '')} (KB${dotNet})`,
      fr: `${month} Mise à jour cumulative pour .NET Framework 3.5 et 4.8.1 pour ${version.fr.replace('les systèmes ', '')} (KB${dotNet})`,
    },
    severity: security ? 'Important' : null,
    published: tuesday,
    product: version.product,
    classification: security ? 'Security Updates' : 'Updates',
    size: random.between(60, 180),
    file: `${version.file}-kb${dotNet}-x64-ndp481`,
    families: [version.family],
  });
}

function publishPreview(publisher: Publisher, version: Windows, tuesday: number, month: string): void {
  const { base, kb, publish } = publisher;
  const published = tuesday + 14 * day;
  if (published > base) return;
  const preview = kb();
  publish({
    chain: `cumulative ${version.family}`,
    kb: preview,
    title: {
      en: `${month} Cumulative Update Preview for ${version.en} (KB${preview})`,
      fr: `${month} Aperçu de la mise à jour cumulative pour ${version.fr} (KB${preview})`,
    },
    published,
    product: version.product,
    classification: 'Updates',
    size: version.size * 1.01,
    file: `${version.file}-kb${preview}-x64`,
    families: [version.family],
  });
}

/** What came out between two Patch Tuesdays, and the upgrades to newer Windows. */
export function publishOutOfBand(publisher: Publisher): void {
  const { base, kb, publish } = publisher;
  for (const version of windowsVersions.filter((one) => ['windows-11-24h2', 'server-2022'].includes(one.family))) {
    const urgent = kb();
    publish({
      chain: `cumulative ${version.family}`,
      kb: urgent,
      title: {
        en: `${monthOf(base)} Cumulative Update for ${version.en} (KB${urgent}) - out-of-band`,
        fr: `${monthOf(base)} Mise à jour cumulative pour ${version.fr} (KB${urgent}) - hors bande`,
      },
      severity: 'Critical',
      published: base - 3 * day,
      product: version.product,
      classification: 'Security Updates',
      size: version.size,
      file: `${version.file}-kb${urgent}-x64`,
      families: [version.family],
    });
  }
  for (const [version, back] of [
    ['23H2', 300],
    ['24H2', 120],
  ] as const) {
    publish({
      chain: `upgrade ${version}`,
      kb: '3012973',
      title: {
        en: `Windows 11 (business editions), version ${version} fr-fr x64`,
        fr: `Windows 11 (éditions professionnelles), version ${version} fr-fr x64`,
      },
      published: base - back * day,
      product: 'Windows 11',
      classification: 'Upgrades',
      size: 4150,
      file: `${version.toLowerCase()}_clientbusiness_vol_x64fre_fr-fr`,
      families: ['windows-11-23h2'],
      trait: 'french',
      supersedes: false,
    });
  }
}
