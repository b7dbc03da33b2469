import { day } from '../clock.ts';
import { type Random, seededRandom } from '../random.ts';
import type { CatalogueUpdate } from './catalogue.ts';
import { makePublisher, monthOf, patchTuesdays } from './publisher.ts';
import { clientFamilies, everyFamily, serverFamilies } from './windows-updates.ts';

/** What a further product is called, on which computers it is, and as what it is published. */
type Product = {
  readonly product: string;
  /** The parts or models that each have a series of updates of their own. */
  readonly parts: readonly string[];
  readonly on: 'client' | 'server' | 'all';
  readonly classification:
    | 'Security Updates'
    | 'Critical Updates'
    | 'Updates'
    | 'Drivers'
    | 'Definition Updates'
    | 'Feature Packs'
    | 'Tools';
  /** Millions of bytes. */
  readonly size: readonly [number, number];
};

const office = ['Access', 'Excel', 'OneNote', 'Outlook', 'PowerPoint', 'Project', 'Publisher', 'Visio', 'Word'];
const officeLanguages = [
  'Proofing Tools French',
  'Proofing Tools German',
  'Language Pack Spanish',
  'Language Pack Italian',
];
const hardware = [
  'Audio',
  'Bluetooth',
  'Camera',
  'Chipset',
  'Display',
  'Docking',
  'Firmware',
  'Network',
  'Storage',
  'Touchpad',
];

const products: readonly Product[] = [
  {
    product: 'Office 2019',
    parts: [...office, ...officeLanguages],
    on: 'client',
    classification: 'Security Updates',
    size: [20, 320],
  },
  { product: 'Office 2016', parts: officeLanguages, on: 'client', classification: 'Critical Updates', size: [5, 90] },
  { product: 'Office LTSC 2021', parts: office, on: 'client', classification: 'Security Updates', size: [20, 380] },
  { product: 'Dell, Inc. - Drivers', parts: hardware, on: 'client', classification: 'Drivers', size: [1, 400] },
  { product: 'HP Inc. - Drivers', parts: hardware, on: 'client', classification: 'Drivers', size: [1, 400] },
  { product: 'Lenovo - Drivers', parts: hardware, on: 'client', classification: 'Drivers', size: [1, 400] },
  { product: 'Surface', parts: hardware, on: 'client', classification: 'Drivers', size: [1, 700] },
  {
    product: 'Windows 11 Client, version 22H2 and later, Upgrade & Servicing Drivers',
    parts: ['Intel', 'Realtek', 'AMD', 'Synaptics', 'NVIDIA', 'Broadcom'],
    on: 'client',
    classification: 'Drivers',
    size: [1, 900],
  },
  {
    product: 'Microsoft Edge',
    parts: ['Stable Channel', 'Extended Stable Channel', 'WebView2 Runtime'],
    on: 'all',
    classification: 'Security Updates',
    size: [120, 190],
  },
  {
    product: 'Visual Studio 2019',
    parts: ['16.4', '16.7', '16.9', '16.11'],
    on: 'client',
    classification: 'Security Updates',
    size: [300, 900],
  },
  {
    product: 'Visual Studio 2022',
    parts: ['17.0', '17.2', '17.4', '17.6', '17.8', '17.10'],
    on: 'client',
    classification: 'Security Updates',
    size: [300, 900],
  },
  {
    product: '.NET 6.0',
    parts: ['Runtime', 'Desktop Runtime', 'ASP.NET Core', 'SDK'],
    on: 'all',
    classification: 'Security Updates',
    size: [25, 190],
  },
  {
    product: '.NET 8.0',
    parts: ['Desktop Runtime', 'ASP.NET Core', 'SDK'],
    on: 'all',
    classification: 'Security Updates',
    size: [25, 210],
  },
  { product: 'PowerShell - x64', parts: ['7.2', '7.4'], on: 'all', classification: 'Updates', size: [90, 110] },
  {
    product: 'Microsoft SQL Server 2016',
    parts: ['SP3 GDR', 'SP3 Azure Connect', 'Reporting Services'],
    on: 'server',
    classification: 'Security Updates',
    size: [300, 900],
  },
  {
    product: 'Microsoft SQL Server 2017',
    parts: ['RTM GDR', 'RTM CU', 'Reporting Services'],
    on: 'server',
    classification: 'Security Updates',
    size: [300, 900],
  },
  {
    product: 'Microsoft SQL Server 2019',
    parts: ['RTM GDR', 'Reporting Services', 'Analysis Services'],
    on: 'server',
    classification: 'Security Updates',
    size: [300, 900],
  },
  {
    product: 'Microsoft SQL Server 2022',
    parts: ['RTM GDR', 'RTM CU', 'Reporting Services'],
    on: 'server',
    classification: 'Security Updates',
    size: [300, 900],
  },
  {
    product: 'Exchange Server 2019',
    parts: ['CU12', 'CU13', 'CU14'],
    on: 'server',
    classification: 'Security Updates',
    size: [150, 170],
  },
  {
    product: 'SharePoint Server 2019',
    parts: ['Core', 'Language Pack French', 'Language Pack German'],
    on: 'server',
    classification: 'Security Updates',
    size: [60, 600],
  },
  {
    product: 'SharePoint Server Subscription Edition',
    parts: ['Core'],
    on: 'server',
    classification: 'Security Updates',
    size: [400, 900],
  },
  {
    product: 'System Center 2022 - Operations Manager',
    parts: ['Agent', 'Console', 'Server'],
    on: 'server',
    classification: 'Updates',
    size: [5, 300],
  },
  {
    product: 'Azure File Sync agent updates',
    parts: ['v15', 'v16', 'v17'],
    on: 'server',
    classification: 'Updates',
    size: [60, 90],
  },
  {
    product: 'Microsoft Defender for Endpoint',
    parts: ['Sense', 'EDR sensor'],
    on: 'all',
    classification: 'Updates',
    size: [40, 60],
  },
  {
    product: 'Forefront Endpoint Protection 2010',
    parts: ['Definitions', 'Platform'],
    on: 'server',
    classification: 'Definition Updates',
    size: [90, 140],
  },
  { product: 'Windows Admin Center', parts: ['Gateway'], on: 'server', classification: 'Updates', size: [70, 110] },
  {
    product: 'Skype for Business',
    parts: ['Client 2016', 'Client 2019'],
    on: 'client',
    classification: 'Critical Updates',
    size: [30, 60],
  },
  { product: 'OneDrive', parts: ['Sync client'], on: 'client', classification: 'Updates', size: [60, 90] },
  { product: 'Windows Subsystem for Linux', parts: ['WSL'], on: 'client', classification: 'Updates', size: [60, 240] },
  {
    product: 'Windows - Client, version 21H2 and later, Servicing Drivers',
    parts: hardware,
    on: 'client',
    classification: 'Drivers',
    size: [1, 300],
  },
  {
    product: 'Windows 10 Dynamic Update',
    parts: ['Safe OS', 'Setup', 'Critical'],
    on: 'client',
    classification: 'Critical Updates',
    size: [5, 700],
  },
  {
    product: 'Windows 11 Language Packs',
    parts: ['French', 'German', 'Spanish', 'Dutch', 'Portuguese'],
    on: 'client',
    classification: 'Feature Packs',
    size: [40, 90],
  },
];

/** One series of updates, each replacing the one before, on the computers that have its product. */
export type Line = { readonly name: string; readonly on: Product['on']; readonly updates: number };

type LineOf = Line & { readonly product: Product; readonly part: string; readonly edition: number };

const longest = 9;

const layOut = (seed: number, count: number): LineOf[] => {
  const random = seededRandom(`lines ${seed}`);
  const parts = products.flatMap((product) => product.parts.map((part) => ({ product, part })));
  const lines: LineOf[] = [];
  for (let left = count; left > 0; ) {
    const place = lines.length % parts.length;
    const { product, part } = parts[place] ?? random.pick(parts);
    const updates = Math.min(left, random.between(3, longest));
    left -= updates;
    const edition = Math.floor(lines.length / parts.length);
    lines.push({ name: `${product.product} ${part} ${edition}`, on: product.on, updates, product, part, edition });
  }
  return lines;
};

/** The series that a catalogue of `count` further updates has. */
export const linesOf = (seed: number, count: number): readonly Line[] => layOut(seed, count);

const severityOf = (random: Random, classification: string): string | null =>
  classification === 'Security Updates'
    ? random.pick(['Critical', 'Important', 'Important', 'Moderate', 'Low', null])
    : null;

const titlesOf = (
  line: LineOf,
  month: string,
  kb: string | null,
  version: string,
): { readonly en: string; readonly fr: string } => {
  const { product, part, edition } = line;
  if (kb === null) {
    const title = `${product.product.replace(/ - Drivers$/, '')} - ${part}${edition === 0 ? '' : ` ${1000 + edition}`} - ${version}`;
    return { en: title, fr: title };
  }
  const of = `${product.product} (${part}${edition === 0 ? '' : `, build ${1000 + edition}`})`;
  const isSecurity = product.classification === 'Security Updates';
  return {
    en: `${month} ${isSecurity ? 'Security Update' : 'Update'} for ${of} (KB${kb})`,
    fr: `${month} Mise à jour ${isSecurity ? 'de sécurité ' : ''}pour ${of} (KB${kb})`,
  };
};

/** `count` updates of further products, in series that end in the last months before `base`: what a large fleet has beside Windows. */
export function lineUpdates(seed: number, base: number, count: number): readonly CatalogueUpdate[] {
  const publisher = makePublisher(seed, base, { stream: 'line updates', firstKb: 6_000_000 });
  const { random, kb, publish } = publisher;
  const tuesdays = patchTuesdays(base, 30);
  for (const line of layOut(seed, count)) {
    const { product } = line;
    const last = random.between(longest, tuesdays.length - 1);
    for (let n = 0; n < line.updates; n += 1) {
      const published = (tuesdays[last - line.updates + 1 + n] ?? base) - random.between(0, 3) * day;
      const month = monthOf(published);
      const isDriver = product.classification === 'Drivers';
      const number = isDriver ? null : product.classification === 'Definition Updates' ? '2461484' : kb();
      const version = `${random.between(1, 31)}.${n}.${random.between(100, 9999)}.${line.edition}`;
      publish({
        chain: `line ${line.name}`,
        kb: number,
        title: titlesOf(line, month, number, version),
        severity: severityOf(random, product.classification),
        published,
        product: product.product,
        classification: product.classification,
        size: random.between(...product.size),
        file: number === null ? random.guid() : `kb${number}-${line.edition}-${n}`,
        families: product.on === 'all' ? everyFamily : product.on === 'client' ? clientFamilies : serverFamilies,
        line: line.name,
        ...(isDriver ? { type: 'Driver' as const } : {}),
      });
    }
  }
  return publisher.updates;
}
