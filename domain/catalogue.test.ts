import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classificationKey,
  defaultFilter,
  friendlyProduct,
  indexUpdates,
  NO_NAME,
  productKey,
  searchText,
  severityKey,
  type UpdateFilter,
} from './catalogue.ts';
import { filterUpdates } from './catalogue-filter.ts';
import { definitionSeries } from './supersedence.ts';

type Row = Parameters<typeof indexUpdates>[0][number];

const none = {
  reported: 0,
  needed: 0,
  pending: 0,
  missing: 0,
  failed: 0,
  heldBack: 0,
  forbidden: 0,
  done: 0,
  superseded: 0,
};

const row = (n: number, more: Partial<Row> = {}): Row => ({
  updateId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}_200`,
  title: `Cumulative Update ${n}`,
  kbids: [String(5_000_000 + n)],
  severity: 'Critical',
  product: 'Windows 11',
  classification: 'Security Updates',
  changetime: '2026-11-01T00:00:00',
  downloadedOn: null,
  isSuperseded: false,
  hosts: { ...none, reported: 1, needed: 1 },
  ...more,
});

const answer = (rows: readonly Row[], filter: Partial<UpdateFilter> = {}) =>
  filterUpdates(indexUpdates(rows), { ...defaultFilter, ...filter });

const names = (entries: readonly { readonly key: string; readonly count: number }[]): Record<string, number> =>
  Object.fromEntries(entries.map(({ key, count }) => [key, count]));

describe('names of one meaning', () => {
  it.each([
    ['Mises à jour de la sécurité', 'Security Updates'],
    ['SECURITY UPDATES', 'Security Updates'],
    [' SecurityUpdates ', 'Security Updates'],
    ['0FA1201D-4330-4FA8-8AE9-B877473B6441', 'Security Updates'],
    ['Mises à jour', 'Updates'],
    ['Pilotes', 'Drivers'],
    ['Sicherheitsupdates', 'Sicherheitsupdates'],
    ['', NO_NAME],
    ['   ', NO_NAME],
    [null, NO_NAME],
  ])('%j is the classification %j', (name, key) => expect(classificationKey(name)).toBe(key));

  it.each([
    ['Critique', 'Critical'],
    ['important', 'Important'],
    ['Unspecified', 'Unspecified'],
    [null, NO_NAME],
  ])('%j is the severity %j', (name, key) => expect(severityKey(name)).toBe(key));

  it('products keep their own name where no other is known', () => {
    expect(productKey('Windows 10, version 1903 et ultérieures')).toBe('Windows 10, version 1903 and later');
    expect(productKey('Windows 12')).toBe('Windows 12');
    expect(friendlyProduct('Microsoft Server operating system-21H2')).toBe('Windows Server 2022');
    expect(friendlyProduct('Microsoft Server Operating System-24H2')).toBe('Windows Server 2025');
    expect(friendlyProduct('Microsoft Server operating system-23H2')).toBe('Windows Server 23H2');
    expect(friendlyProduct('Windows 11')).toBeNull();
  });

  it('one entry has every raw spelling that was reported', () => {
    const { classifications } = answer([
      row(1),
      row(2, { classification: 'Mises à jour de la sécurité' }),
      row(3, { classification: null }),
    ]);
    expect(classifications).toEqual([
      { key: 'Security Updates', names: ['Mises à jour de la sécurité', 'Security Updates'], count: 2 },
      { key: NO_NAME, names: [], count: 1 },
    ]);
  });
});

describe('spellings reported before', () => {
  it('join the entry that they belong to', () => {
    const spellings = {
      severity: ['Critique'],
      product: ['Office 2016'],
      classification: ['Pilotes', 'SecurityUpdates'],
    };
    const found = filterUpdates(indexUpdates([row(1)], spellings), defaultFilter);
    expect(found.severities).toEqual([{ key: 'Critical', names: ['Critical', 'Critique'], count: 1 }]);
    expect(found.products).toEqual([{ key: 'Windows 11', names: ['Windows 11'], count: 1 }]);
    expect(found.classifications).toEqual([
      { key: 'Security Updates', names: ['Security Updates', 'SecurityUpdates'], count: 1 },
    ]);
  });
});

describe('the filter', () => {
  const fleet = [
    row(1),
    row(2, { severity: 'Important', product: 'Windows 10' }),
    row(3, { severity: null, classification: 'Drivers', downloadedOn: '2026-11-01' }),
    row(4, { isSuperseded: true }),
    row(5, { hosts: { ...none, reported: 3, done: 3 } }),
  ];
  const shown = (filter: Partial<UpdateFilter>): number[] =>
    answer(fleet, filter).ids.map((id) => fleet.findIndex((each) => each.updateId === id) + 1);

  it('opens on what is needed, with all reported beside', () => {
    expect(shown({})).toEqual([1, 2, 3]);
    expect(answer(fleet).inScope).toBe(4);
    expect(shown({ scope: 'reported' })).toEqual([1, 2, 3, 5]);
  });

  it('joins lists by AND, entries of a list by OR', () => {
    expect(shown({ severities: ['Critical', 'Important'] })).toEqual([1, 2]);
    expect(shown({ severities: ['Critical', 'Important'], products: ['Windows 10'] })).toEqual([2]);
    expect(shown({ severities: [NO_NAME] })).toEqual([3]);
    expect(shown({ products: ['no such product'] })).toEqual([]);
  });

  it('finds words in title, KB and id, in any order and case', () => {
    expect(shown({ search: 'KB5000002 CUMULATIVE' })).toEqual([2]);
    expect(shown({ search: '  kb5000003  ' })).toEqual([3]);
    expect(shown({ search: '5000001 cumulative' })).toEqual([1]);
    expect(shown({ search: '000000000003_200' })).toEqual([3]);
    expect(shown({ search: 'cumulative nothing' })).toEqual([]);
    expect(searchText({ title: 'É', kbids: ['KB1', 'kb 2'], updateId: 'X' })).toBe('é\nkb1\nkb2\nx');
  });

  it('does not find a word across two fields', () => {
    expect(answer([row(1, { title: 'ends with k', kbids: ['b1'] })], { search: 'kkb' }).ids).toEqual([]);
  });

  it('hides what is superseded and says how many', () => {
    expect(shown({ hideSuperseded: false })).toEqual([1, 2, 3, 4]);
    expect(answer(fleet).hiddenSuperseded).toBe(1);
    expect(answer(fleet, { severities: ['Important'] }).hiddenSuperseded).toBe(0);
    expect(answer(fleet, { hideSuperseded: false }).hiddenSuperseded).toBe(0);
  });

  it('lets the newest definition stand for the older ones', () => {
    const definition = (n: number, more: Partial<Row> = {}): Row =>
      row(n, {
        title: `Security Intelligence Update (Version 1.${n})`,
        classification: n % 2 === 0 ? 'Definition Updates' : 'Mises à jour de définitions',
        product: 'Microsoft Defender Antivirus',
        kbids: ['2267602'],
        severity: null,
        changetime: `2026-11-${String(n).padStart(2, '0')}T00:00:00`,
        isSuperseded: n < 14,
        ...more,
      });
    const list = [
      row(1),
      definition(12),
      definition(14),
      definition(11),
      definition(13),
      definition(10, { hosts: none }),
    ];
    const id = (n: number): string => definition(n).updateId;
    const found = answer(list);
    expect(found.ids).toEqual([row(1).updateId, id(14)]);
    expect(found.folds).toEqual([{ updateId: id(14), folded: [id(13), id(12), id(11)] }]);
    expect(found.hiddenSuperseded).toBe(0);
    expect(names(found.classifications)).toEqual({ 'Security Updates': 1, 'Definition Updates': 1 });
    expect(names(found.severities)).toEqual({ Critical: 1, none: 1 });
    expect(answer(list, { scope: 'reported' }).folds[0]?.folded.length).toBe(4);
    expect(answer(list, { foldDefinitions: false }).hiddenSuperseded).toBe(3);
    expect(answer(list, { foldDefinitions: false, hideSuperseded: false }).ids.length).toBe(5);
    // One that was looked for by its version is found, though a newer one stands for it elsewhere.
    const older = answer(list, { search: '1.12', hideSuperseded: false });
    expect([older.ids, older.folds]).toEqual([[id(12)], []]);
    expect(answer(list, { search: '1.12' })).toMatchObject({ ids: [], hiddenSuperseded: 1 });
  });

  it('asks for those on the server, or not on it', () => {
    expect(shown({ onServer: true })).toEqual([3]);
    expect(shown({ onServer: false })).toEqual([1, 2]);
  });

  it('counts each entry as if it alone were chosen', () => {
    const counted = answer(fleet, { severities: ['Important'] });
    expect(names(counted.severities)).toEqual({ Critical: 1, Important: 1, none: 1 });
    expect(names(counted.products)).toEqual({ 'Windows 11': 0, 'Windows 10': 1 });
  });

  it('has nothing to say of no updates', () => {
    expect(answer([])).toEqual({
      ids: [],
      inScope: 0,
      hiddenSuperseded: 0,
      folds: [],
      severities: [],
      products: [],
      classifications: [],
    });
  });

  it('says for any list and filter what its definition says', () => {
    const some = <T>(...values: T[]) => fc.constantFrom(...values);
    const rows = fc.array(
      fc.record({
        title: some('Cumulative Update', 'Definition', '', '<b>Kumulativ</b>', 'مرحبا'),
        kbids: some([], ['5043064'], ['KB1', '2']),
        severity: some(null, '', 'Critical', 'Critique', 'Low'),
        product: some(null, 'Windows 11', 'Windows 10', 'Office'),
        classification: some(
          'Security Updates',
          'Mises à jour de la sécurité',
          'Definition Updates',
          'Mises à jour de définitions',
          null,
        ),
        changetime: some(null, '2026-11-01', '2026-11-02', '2026-11-03'),
        downloadedOn: some(null, '2026-11-01'),
        isSuperseded: fc.boolean(),
        hosts: some(none, { ...none, needed: 2 }, { ...none, needed: 2, failed: 1 }),
      }),
      { maxLength: 25 },
    );
    const filters = fc.record({
      scope: some('needed' as const, 'reported' as const),
      severities: fc.subarray(['Critical', 'Low', 'none', 'absent']),
      products: fc.subarray(['Windows 11', 'Office', 'none']),
      classifications: fc.subarray(['Security Updates', 'Drivers']),
      search: some('', 'update', 'KB1', 'cumulative update', '5043064 c', 'zzz', '<B>'),
      hideSuperseded: fc.boolean(),
      foldDefinitions: fc.boolean(),
      onServer: some(null, true, false),
      onHosts: some([], [{ measure: 'failed' as const, count: 1 }], [{ measure: 'needed' as const, count: 3 }]),
    });
    fc.assert(
      fc.property(rows, filters, (given, filter) => {
        const list = given.map((each, n) => ({ ...each, updateId: `id-${n}_1` }));
        const passes = (each: Row, by: UpdateFilter): boolean =>
          (by.scope === 'reported' || each.hosts.needed > 0) &&
          (by.onServer === null || (each.downloadedOn !== null) === by.onServer) &&
          (by.severities.length === 0 || by.severities.includes(severityKey(each.severity))) &&
          (by.products.length === 0 || by.products.includes(productKey(each.product))) &&
          (by.classifications.length === 0 || by.classifications.includes(classificationKey(each.classification))) &&
          by.onHosts.every(({ measure, count }) => each.hosts[measure] >= count) &&
          by.search
            .toLowerCase()
            .split(' ')
            .every((word) => searchText(each).includes(word));
        // Of the definitions of one series that pass, the best stands: none above it in the list of all.
        const rank = (each: Row): readonly unknown[] => [
          each.isSuperseded ? 0 : 1,
          each.changetime ?? '',
          list.findIndex((one) => one.updateId === each.updateId),
        ];
        const isBetter = (one: Row, other: Row): boolean => {
          const [a, b] = [rank(one), rank(other)] as [(string | number)[], (string | number)[]];
          const at = a.findIndex((value, i) => value !== b[i]);
          return (a[at] ?? 0) > (b[at] ?? 0);
        };
        const standsFor = (each: Row, by: UpdateFilter): readonly Row[] => {
          const series = by.foldDefinitions ? definitionSeries(each) : null;
          return list.filter(
            (one) =>
              series !== null && one.updateId !== each.updateId && definitionSeries(one) === series && passes(one, by),
          );
        };
        const isFolded = (each: Row, by: UpdateFilter): boolean =>
          standsFor(each, by).some((one) => isBetter(one, each));
        const isShown = (each: Row, by: UpdateFilter): boolean =>
          passes(each, by) && !isFolded(each, by) && !(by.hideSuperseded && each.isSuperseded);
        const shownBy = (by: Partial<UpdateFilter>): readonly Row[] =>
          list.filter((each) => isShown(each, { ...filter, ...by }));
        const count = (by: Partial<UpdateFilter>): number => shownBy(by).length;

        const found = filterUpdates(indexUpdates(list), filter);
        expect(found.ids).toEqual(list.filter((each) => isShown(each, filter)).map((each) => each.updateId));
        expect(found.inScope).toBe(list.filter((each) => filter.scope === 'reported' || each.hosts.needed > 0).length);
        expect(found.hiddenSuperseded).toBe(count({ hideSuperseded: false }) - found.ids.length);
        expect(new Map(found.folds.map((fold) => [fold.updateId, new Set(fold.folded)]))).toEqual(
          new Map(
            shownBy({}).flatMap((each) => {
              const folded = standsFor(each, filter);
              return folded.length === 0 ? [] : [[each.updateId, new Set(folded.map((one) => one.updateId))] as const];
            }),
          ),
        );
        for (const entry of found.severities) expect(entry.count).toBe(count({ severities: [entry.key] }));
        for (const entry of found.products) expect(entry.count).toBe(count({ products: [entry.key] }));
        for (const entry of found.classifications) expect(entry.count).toBe(count({ classifications: [entry.key] }));
        expect(new Set(found.products.map((entry) => entry.key))).toEqual(
          new Set(list.map((each) => productKey(each.product))),
        );
      }),
      { numRuns: 300 },
    );
  });
});
