import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classificationKey,
  defaultFilter,
  filterUpdates,
  friendlyProduct,
  indexUpdates,
  NO_NAME,
  productKey,
  searchText,
  severityKey,
  type UpdateFilter,
} from './catalogue.ts';

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
    expect(shown({})).toEqual([1, 2, 3, 4]);
    expect(answer(fleet).inScope).toBe(4);
    expect(shown({ scope: 'reported' })).toEqual([1, 2, 3, 4, 5]);
  });

  it('joins lists by AND, entries of a list by OR', () => {
    expect(shown({ severities: ['Critical', 'Important'] })).toEqual([1, 2, 4]);
    expect(shown({ severities: ['Critical', 'Important'], products: ['Windows 10'] })).toEqual([2]);
    expect(shown({ severities: [NO_NAME] })).toEqual([3]);
    expect(shown({ products: ['no such product'] })).toEqual([]);
  });

  it('finds words in title, KB and id, in any order and case', () => {
    expect(shown({ search: 'KB5000002 CUMULATIVE' })).toEqual([2]);
    expect(shown({ search: '  kb5000003  ' })).toEqual([3]);
    expect(shown({ search: '5000001 cumulative' })).toEqual([1]);
    expect(shown({ search: '000000000004_200' })).toEqual([4]);
    expect(shown({ search: 'cumulative nothing' })).toEqual([]);
    expect(searchText({ title: 'É', kbids: ['KB1', 'kb 2'], updateId: 'X' })).toBe('é\nkb1\nkb2\nx');
  });

  it('does not find a word across two fields', () => {
    expect(answer([row(1, { title: 'ends with k', kbids: ['b1'] })], { search: 'kkb' }).ids).toEqual([]);
  });

  it('hides what is superseded and says how many', () => {
    expect(shown({ hideSuperseded: true })).toEqual([1, 2, 3]);
    expect(answer(fleet, { hideSuperseded: true }).hiddenSuperseded).toBe(1);
    expect(answer(fleet, { hideSuperseded: true, severities: ['Important'] }).hiddenSuperseded).toBe(0);
    expect(answer(fleet).hiddenSuperseded).toBe(0);
  });

  it('asks for those on the server, or not on it', () => {
    expect(shown({ onServer: true })).toEqual([3]);
    expect(shown({ onServer: false })).toEqual([1, 2, 4]);
  });

  it('counts each entry as if it alone were chosen', () => {
    const counted = answer(fleet, { severities: ['Important'] });
    expect(names(counted.severities)).toEqual({ Critical: 2, Important: 1, none: 1 });
    expect(names(counted.products)).toEqual({ 'Windows 11': 0, 'Windows 10': 1 });
  });

  it('has nothing to say of no updates', () => {
    expect(answer([])).toEqual({
      ids: [],
      inScope: 0,
      hiddenSuperseded: 0,
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
        classification: some('Security Updates', 'Mises à jour de la sécurité', 'Drivers', null),
        downloadedOn: some(null, '2026-11-01'),
        isSuperseded: fc.boolean(),
        hosts: some(none, { ...none, needed: 2 }),
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
      onServer: some(null, true, false),
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
          by.search
            .toLowerCase()
            .split(' ')
            .every((word) => searchText(each).includes(word));
        const isShown = (each: Row, by: UpdateFilter): boolean =>
          passes(each, by) && !(by.hideSuperseded && each.isSuperseded);
        const count = (by: Partial<UpdateFilter>): number =>
          list.filter((each) => isShown(each, { ...filter, ...by })).length;

        const found = filterUpdates(indexUpdates(list), filter);
        expect(found.ids).toEqual(list.filter((each) => isShown(each, filter)).map((each) => each.updateId));
        expect(found.inScope).toBe(list.filter((each) => filter.scope === 'reported' || each.hosts.needed > 0).length);
        expect(found.hiddenSuperseded).toBe(
          filter.hideSuperseded ? list.filter((each) => passes(each, filter) && each.isSuperseded).length : 0,
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
