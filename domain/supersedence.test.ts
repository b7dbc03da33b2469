import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain, definitionGroups, definitionSeries, foldDefinitions, linkSupersedence } from './supersedence.ts';

const update = (id: string, ...replaces: string[]) => ({ updateId: id, supersededUpdateIds: replaces });

describe('links', () => {
  it('go both ways, whatever case and revision', () => {
    const links = linkSupersedence([
      update('A_200', 'b'),
      update('B_200', 'C', 'c_1', 'gone'),
      update('c_100'),
      update('C_101'),
    ]);
    expect(links.older).toEqual([[1], [2, 3], [], []]);
    expect(links.newer).toEqual([[], [0], [1], [1]]);
    expect(links.unknown).toEqual([[], ['gone'], [], []]);
  });

  it('do not lead to the update itself, nor to another revision of it', () => {
    expect(linkSupersedence([update('a_1', 'A'), update('a_2', 'a_1')])).toEqual({
      older: [[], []],
      newer: [[], []],
      unknown: [[], []],
    });
  });
});

describe('a chain', () => {
  const links = linkSupersedence([
    update('e', 'd', 'a'),
    update('d', 'c'),
    update('c', 'b'),
    update('b', 'a'),
    update('a'),
  ]);
  const named = (found: ReturnType<typeof chain>): string[] =>
    found.map(({ at, distance }) => `${'edcba'[at] ?? ''}${distance}`);

  it('has what is direct and what is indirect, nearest first', () => {
    expect(named(chain(links.older, 0))).toEqual(['d1', 'a1', 'c2', 'b3']);
    expect(named(chain(links.newer, 4))).toEqual(['e1', 'b1', 'c2', 'd3']);
    expect(named(chain(links.newer, 0))).toEqual([]);
  });

  it('ends where the data goes in a circle', () => {
    const circle = linkSupersedence([update('a', 'b'), update('b', 'c'), update('c', 'a')]);
    expect(chain(circle.older, 0)).toEqual([
      { at: 1, distance: 1 },
      { at: 2, distance: 2 },
    ]);
  });

  it('is the same from both ends', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const updates = fc
      .uniqueArray(fc.constantFrom(...ids), { minLength: 1 })
      .chain((own) => fc.tuple(...own.map((id) => fc.subarray(ids).map((replaces) => update(`${id}_1`, ...replaces)))));
    fc.assert(
      fc.property(updates, (list) => {
        const both = linkSupersedence(list);
        list.forEach((_update, from) => {
          for (const { at, distance } of chain(both.older, from)) {
            expect(chain(both.newer, at)).toContainEqual({ at: from, distance });
          }
        });
      }),
    );
  });
});

const definition = (day: number, more: { kbids?: string[]; product?: string; isSuperseded?: boolean } = {}) => ({
  classification: 'Definition Updates',
  product: 'Microsoft Defender Antivirus',
  kbids: ['2267602'],
  changetime: `2026-11-${String(day).padStart(2, '0')}`,
  isSuperseded: false,
  ...more,
});

describe('daily definitions', () => {
  it('follow each other under one product and one set of KBs, in any language', () => {
    const name = definitionSeries(definition(1));
    expect(name).not.toBeNull();
    expect(
      definitionSeries({ ...definition(2), classification: 'Mises à jour de définitions', kbids: ['KB2267602'] }),
    ).toBe(name);
    expect(definitionSeries(definition(1, { product: 'Antivirus Microsoft Defender' }))).toBe(name);
    expect(definitionSeries(definition(1, { kbids: ['4052623'] }))).not.toBe(name);
    expect(definitionSeries(definition(1, { kbids: [] }))).toBeNull();
    expect(definitionSeries({ ...definition(1), classification: 'Security Updates' })).toBeNull();
    expect(definitionSeries(definition(1, { kbids: ['1', '2'] }))).toBe(
      definitionSeries(definition(1, { kbids: ['2', '1'] })),
    );
  });

  it('fold to the newest', () => {
    const list = [definition(1), definition(3), definition(2), definition(9, { kbids: ['4052623'] })];
    expect([...foldDefinitions(list)]).toEqual([1, -1, 1, -1]);
    expect(definitionGroups(list)).toEqual([[1, 2, 0]]);
  });

  it('let one stand that nothing replaces, though it be older', () => {
    const list = [definition(3, { isSuperseded: true }), definition(2), definition(1), definition(1)];
    expect(definitionGroups(list)).toEqual([[1, 3, 2, 0]]);
  });
});
