import { readFileSync } from 'node:fs';
import { parseStamp } from '../clock.ts';
import { seededRandom } from '../random.ts';
import { type CatalogueUpdate, catalogueFile, type Family, families, type Trait } from './catalogue.ts';

type SampleRecord = {
  readonly update_guid: string | null;
  readonly title: string;
  readonly kbids: readonly string[];
  readonly severity: string | null;
  readonly changetime: string | null;
  readonly product: string | null;
  readonly classification: string;
  readonly max_download_size: number | null;
  readonly min_download_size: number | null;
  readonly download_urls: readonly string[];
  readonly update_type: 'Software' | 'Driver';
  readonly superseded_update_ids: readonly string[] | null;
};

const familiesOf = (title: string, product: string | null): readonly Family[] => {
  if (/x86-based/.test(title)) return [];
  if (/Windows 10 Version (1607|1809)|1809 for x64/.test(title)) return ['server-2016'];
  if (/Windows 10|Windows Safe OS/.test(`${title} ${product ?? ''}`)) return ['windows-10-22h2'];
  if (/version 24H2/i.test(title) || /Windows 11 for x64/.test(title)) return ['windows-11-24h2'];
  if (/Windows 11/.test(`${title} ${product ?? ''}`)) return ['windows-11-23h2'];
  if (/Server 2016/.test(product ?? '')) return ['server-2016'];
  if (/Server 2019/.test(product ?? '')) return ['server-2019'];
  if (/21H2/.test(product ?? '')) return ['server-2022'];
  return families;
};

const traitOf = (record: SampleRecord): Trait | null => {
  if (/Office/.test(record.product ?? '')) return 'office-2016';
  if (/Exchange/.test(record.product ?? '')) return 'exchange-2016';
  if (/fr-fr/.test(record.title)) return 'french';
  return record.update_type === 'Driver' ? 'laptop' : null;
};

const stem = (title: string): string =>
  title
    .replace(/^\d{4}-\d\d /, '')
    .replace(/\(KB\d+\).*$/, '')
    .replace(/\(Version .*$/, '')
    .trim();

/** Joins the real records to the chains of the generated ones, so that the newest of both replaces all the others. */
const chainOf = (record: SampleRecord): string => {
  const { title } = record;
  const family = familiesOf(title, record.product)[0] ?? 'none';
  if (record.kbids.includes('2267602')) return 'definitions';
  if (record.kbids.includes('4052623')) return 'defender platform';
  if (record.kbids.includes('890830')) return 'malicious software removal';
  const office = /for Microsoft (\w+) 2016/.exec(title)?.[1];
  if (office !== undefined) return `office ${office}`;
  if (/\.NET Framework 3\.5/.test(title)) return `dotnet ${family}`;
  if (/Servicing Stack/.test(title)) return `stack ${family}`;
  if (/Cumulative Update for (Windows|Microsoft server)/.test(title)) return `cumulative ${family}`;
  return `sample ${stem(title)}`;
};

/** The real records of `data/sample-updates.json`, with their holes: dates, severities, products, files that are missing. */
export function sampleUpdates(): CatalogueUpdate[] {
  const file = readFileSync(new URL('../data/sample-updates.json', import.meta.url), 'utf8');
  const { records } = JSON.parse(file) as { readonly records: readonly SampleRecord[] };
  return records.map((record) => {
    const guid = record.update_guid ?? seededRandom(record.title).guid();
    return {
      id: `${guid}_200`,
      guid,
      title: { en: record.title, fr: record.title },
      type: record.update_type,
      kbs: record.kbids,
      severity: record.severity,
      published: record.changetime === null ? null : parseStamp(record.changetime),
      product: record.product,
      classification: record.classification,
      files: record.download_urls.map((url) =>
        catalogueFile(url, (record.max_download_size ?? 0) / record.download_urls.length, null),
      ),
      minSize: record.min_download_size,
      maxSize: record.max_download_size,
      supersedes: record.superseded_update_ids ?? [],
      bulletins: record.kbids.includes('2929961') ? ['MS14-013'] : [],
      families: familiesOf(record.title, record.product),
      trait: traitOf(record),
      chain: chainOf(record),
    };
  });
}
