import { day, hour } from '../clock.ts';
import { type Random, seededRandom } from '../random.ts';
import {
  type CatalogueUpdate,
  catalogueFile,
  type Family,
  type FileFault,
  type Language,
  type Trait,
} from './catalogue.ts';

const megabyte = 1_000_000;
const months = 12;

/** Second Tuesdays, 17:00 UTC, of the last `count` months before `base`, oldest first. */
export function patchTuesdays(base: number, count: number): number[] {
  const found: number[] = [];
  const start = new Date(base);
  for (let back = 0; found.length < count; back += 1) {
    const first = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() - back, 1, 17);
    const weekday = new Date(first).getUTCDay();
    const tuesday = first + (((2 - weekday + 7) % 7) + 7) * day;
    if (tuesday < base) found.unshift(tuesday);
  }
  return found;
}

const monthOf = (published: number): string => new Date(published).toISOString().slice(0, 7);
const folderOf = (published: number): string => monthOf(published).replace('-', '/');

type Draft = {
  readonly chain: string;
  readonly kb: string | null;
  readonly title: Readonly<Record<Language, string>>;
  readonly severity?: string | null;
  readonly published: number;
  readonly product: string;
  readonly classification: string;
  readonly size: number;
  readonly file: string;
  readonly families: readonly Family[];
  readonly trait?: Trait;
  readonly type?: 'Software' | 'Driver';
  readonly extraFile?: string;
  readonly revision?: number;
  readonly supersedes?: boolean;
};

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

const everyFamily: readonly Family[] = windowsVersions.map((version) => version.family);
const clientFamilies = windowsVersions.filter((version) => version.client).map((version) => version.family);

const faultOf = (random: Random): FileFault | null => {
  const draw = random.next();
  return draw < 0.02 ? 'not-found' : draw < 0.03 ? 'stalled' : draw < 0.04 ? 'wrong-hash' : null;
};

/**
 * A year of Windows, .NET, Office, Defender and other updates before `base`, in chains where each replaces the one
 * before. Some of their files fail to download.
 */
export function generatedUpdates(seed: number, base: number): CatalogueUpdate[] {
  const random = seededRandom(`updates ${seed}`);
  const updates: CatalogueUpdate[] = [];
  const newest = new Map<string, string>();
  let lastKb = 5_070_000 + random.between(0, 999);
  const kb = (): string => String((lastKb += random.between(3, 97)));

  const publish = (draft: Draft): void => {
    const guid = random.guid();
    const address = (name: string): string =>
      `http://download.windowsupdate.com/${random.pick(['c', 'd'])}/msdownload/update/software/${draft.classification === 'Security Updates' ? 'secu' : 'updt'}/${folderOf(draft.published)}/${name}`;
    const size = Math.round(draft.size * megabyte * (0.97 + random.next() * 0.06));
    const names = [`${draft.file}.cab`, ...(draft.extraFile === undefined ? [] : [draft.extraFile])];
    const replaced = newest.get(draft.chain);
    if (draft.supersedes !== false) newest.set(draft.chain, guid);
    updates.push({
      id: `${guid}_${draft.revision ?? random.pick([200, 200, 200, 201, 1])}`,
      guid,
      title: draft.title,
      type: draft.type ?? 'Software',
      kbs: draft.kb === null ? [] : [draft.kb],
      severity: draft.severity ?? null,
      published: draft.published,
      product: draft.product,
      classification: draft.classification,
      files: names.map((name) => catalogueFile(address(name), size / names.length, faultOf(random))),
      minSize: size,
      maxSize: size,
      supersedes: replaced === undefined || draft.supersedes === false ? [] : [replaced],
      bulletins: [],
      families: draft.families,
      trait: draft.trait ?? null,
      chain: draft.supersedes === false ? `${draft.chain} ${guid}` : draft.chain,
    });
  };

  for (const tuesday of patchTuesdays(base, months)) {
    const month = monthOf(tuesday);
    windowsVersions.forEach((version) => {
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
      publishDotNet(version, tuesday, month);
      if (version.client && random.chance(0.8)) publishPreview(version, tuesday, month);
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
    });
    publishOffice(tuesday);
    publishTools(tuesday, month);
  }
  publishDefinitions();
  publishOutOfBand();
  publishDrivers();
  return updates;

  function publishDotNet(version: Windows, tuesday: number, month: string): void {
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

  function publishPreview(version: Windows, tuesday: number, month: string): void {
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

  function publishOffice(tuesday: number): void {
    for (const application of ['Excel', 'Outlook', 'Word', 'PowerPoint', 'Access', 'Office', 'Visio', 'Project']) {
      if (!random.chance(0.62)) continue;
      const office = kb();
      const security = random.chance(0.7);
      publish({
        chain: `office ${application}`,
        kb: office,
        title: {
          en: `${security ? 'Security Update' : 'Update'} for Microsoft ${application} 2016 (KB${office}) 64-Bit Edition`,
          fr: `Mise à jour${security ? ' de sécurité' : ''} pour Microsoft ${application} 2016 (KB${office}) Édition 64 bits`,
        },
        severity: security ? random.pick(['Important', 'Important', 'Important', 'Moderate', 'Critical']) : null,
        published: security ? tuesday : tuesday - 7 * day,
        product: 'Office 2016',
        classification: security ? 'Security Updates' : 'Critical Updates',
        size: random.between(18, 260),
        file: `${application.toLowerCase()}-x-none-kb${office}`,
        families: everyFamily,
        trait: 'office-2016',
      });
    }
  }

  function publishTools(tuesday: number, month: string): void {
    const release = 120 + updates.length;
    publish({
      chain: 'malicious software removal',
      kb: '890830',
      title: {
        en: `Windows Malicious Software Removal Tool x64 - v5.${release} (KB890830)`,
        fr: `Outil de suppression de logiciels malveillants Windows x64 - v5.${release} (KB890830)`,
      },
      published: tuesday,
      product: 'Windows Server 2016',
      classification: 'Update Rollups',
      size: 75,
      file: `windows-kb890830-x64-v5.${release}`,
      families: everyFamily,
    });
    const sdk = kb();
    publish({
      chain: 'dotnet 8',
      kb: sdk,
      title: {
        en: `${month} .NET 8.0 Security Update for x64 Client (KB${sdk})`,
        fr: `${month} Mise à jour de sécurité .NET 8.0 pour client x64 (KB${sdk})`,
      },
      severity: random.pick(['Important', 'Moderate', 'Low']),
      published: tuesday,
      product: '.NET 8.0',
      classification: 'Security Updates',
      size: 58,
      file: `dotnet-8.0-kb${sdk}-x64`,
      families: everyFamily,
      trait: 'dotnet-8',
    });
    if (random.chance(0.5)) {
      const sql = kb();
      publish({
        chain: 'sql 2019',
        kb: sql,
        title: {
          en: `Security Update for SQL Server 2019 RTM CU (KB${sql})`,
          fr: `Mise à jour de sécurité pour SQL Server 2019 RTM CU (KB${sql})`,
        },
        severity: 'Important',
        published: tuesday,
        product: 'Microsoft SQL Server 2019',
        classification: 'Security Updates',
        size: 690,
        file: `sqlserver2019-kb${sql}-x64`,
        families: ['server-2016', 'server-2019', 'server-2022'],
        trait: 'sql-2019',
      });
    }
    if (random.chance(0.5)) {
      const studio = kb();
      publish({
        chain: 'visual studio',
        kb: studio,
        title: {
          en: `Visual Studio 2022 version 17.${updates.length % 20} update`,
          fr: `Mise à jour de Visual Studio 2022 version 17.${updates.length % 20}`,
        },
        severity: random.pick(['Important', 'Moderate', null]),
        published: tuesday + 2 * hour,
        product: 'Visual Studio 2022',
        classification: 'Security Updates',
        size: 410,
        file: `vs2022-kb${studio}`,
        families: clientFamilies,
        trait: 'visual-studio',
      });
    }
  }

  function publishDefinitions(): void {
    for (let age = 35; age >= 0; age -= 1) {
      const version = `1.4${31 - Math.floor(age / 12)}.${random.between(1, 900)}.0`;
      publish({
        chain: 'definitions',
        kb: '2267602',
        title: {
          en: `Security Intelligence Update for Microsoft Defender Antivirus - KB2267602 (Version ${version}) - Current Channel (Broad)`,
          fr: `Mise à jour des informations de sécurité pour Microsoft Defender Antivirus - KB2267602 (Version ${version}) - Canal actuel (étendu)`,
        },
        published: base - age * day - random.between(1, 9) * hour,
        product: 'Microsoft Defender Antivirus',
        classification: 'Definition Updates',
        size: 130,
        file: `am_delta_patch_${version}`,
        families: everyFamily,
      });
    }
    for (const tuesday of patchTuesdays(base, 6)) {
      publish({
        chain: 'defender platform',
        kb: '4052623',
        title: {
          en: `Update for Microsoft Defender Antivirus antimalware platform - KB4052623 (Version 4.18.${monthOf(tuesday).replace('-', '').slice(2)}0.5)`,
          fr: `Mise à jour de la plateforme anti-programme malveillant de Microsoft Defender Antivirus - KB4052623 (Version 4.18.${monthOf(tuesday).replace('-', '').slice(2)}0.5)`,
        },
        published: tuesday + 3 * day,
        product: 'Microsoft Defender Antivirus',
        classification: 'Definition Updates',
        size: 12,
        file: `updateplatform.amd64fre-${monthOf(tuesday)}`,
        families: everyFamily,
      });
    }
  }

  function publishOutOfBand(): void {
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

  function publishDrivers(): void {
    const makers = [
      'Intel',
      'Realtek',
      'Dell, Inc.',
      'HP Inc.',
      'Lenovo',
      'Advanced Micro Devices, Inc.',
      'Synaptics',
      'Broadcom Inc.',
    ];
    for (const kind of ['Net', 'Display', 'Firmware', 'SoftwareComponent']) {
      for (const maker of makers) {
        if (!random.chance(0.7)) continue;
        const version = `${random.between(1, 31)}.${random.between(0, 20)}.${random.between(100, 9999)}.${random.between(0, 9)}`;
        const title = `${maker} - ${kind} - ${version}`;
        publish({
          chain: `driver ${title}`,
          kb: null,
          title: { en: title, fr: title },
          published: base - random.between(20, 700) * day,
          product: kind === 'Firmware' ? '' : 'Windows 11 Client, version 22H2 and later, Servicing Drivers',
          classification: 'Drivers',
          size: random.between(1, 600),
          file: `${random.guid()}`,
          families: clientFamilies,
          trait: 'laptop',
          type: 'Driver',
          supersedes: false,
        });
      }
    }
    const odd = [
      '<b>Contoso</b> & Söhne <img src=x onerror=alert(1)> - Net - 1.0',
      'تحديث برنامج التشغيل - \u202EtenretnI - 2.1.0',
    ];
    for (const title of odd) {
      publish({
        chain: `driver ${title}`,
        kb: null,
        title: { en: title, fr: title },
        published: base - 90 * day,
        product: 'Drivers',
        classification: 'Drivers',
        size: 3,
        file: random.guid(),
        families: clientFamilies,
        trait: 'laptop',
        type: 'Driver',
        supersedes: false,
      });
    }
  }
}
