import { day } from '../clock.ts';
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

/** `2026-11`. */
export const monthOf = (published: number): string => new Date(published).toISOString().slice(0, 7);

const folderOf = (published: number): string => monthOf(published).replace('-', '/');

/** One update about to be published: what differs from case to case. `size` in millions of bytes. */
export type Draft = {
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
  /** One of the many further products: the bytes that the origin sends for it are few. */
  readonly line?: string;
};

/** Publishes updates in chains, each replacing the one before; some of their files fail to download. */
export type Publisher = {
  readonly random: Random;
  readonly base: number;
  readonly kb: () => string;
  readonly publish: (draft: Draft) => void;
  readonly updates: readonly CatalogueUpdate[];
};

const faultOf = (random: Random): FileFault | null => {
  const draw = random.next();
  return draw < 0.02 ? 'not-found' : draw < 0.03 ? 'stalled' : draw < 0.04 ? 'wrong-hash' : null;
};

/** Makes the publisher of one seed; `base` is the day the lab began, in milliseconds. Publishers of different streams need KBs far apart. */
export function makePublisher(
  seed: number,
  base: number,
  { stream = 'updates', firstKb = 5_070_000 }: { readonly stream?: string; readonly firstKb?: number } = {},
): Publisher {
  const random = seededRandom(`${stream} ${seed}`);
  const updates: CatalogueUpdate[] = [];
  const newest = new Map<string, string>();
  let lastKb = firstKb + random.between(0, 999);
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
      files: names.map((name) =>
        catalogueFile(address(name), draft.line === undefined ? size / names.length : 0, faultOf(random)),
      ),
      minSize: size,
      maxSize: size,
      supersedes: replaced === undefined || draft.supersedes === false ? [] : [replaced],
      bulletins: [],
      families: draft.families,
      trait: draft.trait ?? null,
      ...(draft.line === undefined ? {} : { line: draft.line }),
      chain: draft.supersedes === false ? `${draft.chain} ${guid}` : draft.chain,
    });
  };

  return { random, base, kb, publish, updates };
}
