import { day, hour } from '../clock.ts';
import { monthOf, type Publisher, patchTuesdays } from './publisher.ts';
import { clientFamilies, everyFamily } from './windows-updates.ts';

/** Updates of Office 2016, by application. */
export function publishOffice(publisher: Publisher, tuesday: number): void {
  const { random, kb, publish } = publisher;
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

/** The removal tool, .NET 8, SQL Server and Visual Studio. */
export function publishTools(publisher: Publisher, tuesday: number): void {
  const { random, kb, publish, updates } = publisher;
  const month = monthOf(tuesday);
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

/** Definitions of Defender, one a day, and its platform. */
export function publishDefinitions(publisher: Publisher): void {
  const { random, base, publish } = publisher;
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

/** Drivers, two of which have titles that a careless window would fall for. */
export function publishDrivers(publisher: Publisher): void {
  const { random, base, publish } = publisher;
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
