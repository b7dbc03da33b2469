import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BIT,
  DIMENSIONS,
  type Dimension,
  isCompliantAllowed,
  isCompliantRaw,
  isMeasured,
  isStale,
  isUpdateDimension,
  MEASURES,
  type ScanAge,
  scanAge,
  standingOf,
} from './compliance.ts';
import { figure, type TalliedHost, tallyFleet } from './compliance-tally.ts';
import { isOffSince, isSilent } from './silence.ts';
import { isNeeded, type RowState } from './update.ts';

const STATES = Object.keys(BIT) as RowState[];
const now = Date.parse('2026-11-21T12:00:00Z');

describe('compliance of a host', () => {
  it.each([
    [[], true, true],
    [['done', 'superseded'], true, true],
    [['done', 'forbidden'], false, true],
    [['held-back'], false, true],
    [['unknown'], false, true],
    [['pending'], false, false],
    [['missing', 'done'], false, false],
    [['forbidden', 'failed'], false, false],
  ] as const)('with %j is raw %s and with what is allowed %s', (states, raw, allowed) => {
    const standing = standingOf(states);
    expect([isCompliantRaw(standing), isCompliantAllowed(standing)]).toEqual([raw, allowed]);
  });

  it('is raw exactly when nothing is needed, and then also with what is allowed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATES)), (states) => {
        const standing = standingOf(states);
        expect(isCompliantRaw(standing)).toBe(!states.some(isNeeded));
        if (isCompliantRaw(standing)) expect(isCompliantAllowed(standing)).toBe(true);
      }),
    );
  });
});

describe('the age of a scan', () => {
  it.each([
    [null, true, 'never-scanned'],
    ['2026-11-20T12:00:00Z', true, 'counted'],
    ['2026-11-20T12:00:00Z', false, 'unread'],
    ['2026-11-07T12:00:00Z', true, 'counted'],
    ['2026-11-07T11:59:59Z', true, 'old'],
    ['yesterday', true, 'old'],
  ] as const)('of %s (read: %s) is %s', (lastScan, isRead, age) => {
    expect(scanAge({ lastScan, isRead }, { staleDays: 14, now })).toBe(age);
    expect(isStale(lastScan, 14, now)).toBe(age === 'old' || age === 'never-scanned');
  });
});

describe('hosts that were not there', () => {
  const limit = { staleDays: 14, now };
  it.each([
    ['OK', '2026-01-01T00:00:00', false],
    [null, '2026-11-20T00:00:00', false],
    [null, '2026-11-07T11:00:00', true],
    ['TIMEOUT', null, true],
  ])('reachable %s and seen %s is silent: %s', (reachable, lastSeenOn, silent) => {
    expect(isSilent({ reachable, lastSeenOn }, limit)).toBe(silent);
  });

  it.each([
    ['OK', '2026-11-01T00:00:00', '2026-11-10T18:00:00Z', false],
    [null, '2026-11-10T17:00:00', '2026-11-10T18:00:00Z', true],
    [null, '2026-11-10T19:00:00', '2026-11-10T18:00:00Z', false],
    [null, null, '2026-11-10T18:00:00Z', false],
    [null, '2026-11-01T00:00:00', null, false],
  ])('reachable %s, seen %s and a release on %s: off since then %s', (reachable, lastSeenOn, released, off) => {
    expect(isOffSince({ reachable, lastSeenOn }, released === null ? null : Date.parse(released))).toBe(off);
  });
});

interface Row {
  readonly severity: number;
  readonly product: number;
  readonly classification: number;
  readonly state: RowState;
}
interface PlainHost {
  readonly age: ScanAge;
  readonly groups: readonly string[];
  readonly unit: string;
  readonly site: string;
  readonly os: string;
  readonly rows: readonly Row[];
}

const NAMES = {
  severity: ['Critical', 'Important', 'none'],
  product: ['Windows 11', 'Office'],
  classification: ['Security Updates', 'Drivers', 'Tools', 'none'],
};

const place = fc.constantFrom('', 'a', 'b');
const plainHost: fc.Arbitrary<PlainHost> = fc.record({
  age: fc.constantFrom('counted', 'counted', 'never-scanned', 'old', 'unread'),
  groups: fc.uniqueArray(fc.constantFrom('g1', 'g2', 'g3')),
  unit: place,
  site: place,
  os: place,
  rows: fc.array(
    fc.record({
      severity: fc.nat({ max: 2 }),
      product: fc.nat({ max: 1 }),
      classification: fc.nat({ max: 3 }),
      state: fc.constantFrom(...STATES),
    }),
    { maxLength: 6 },
  ),
});

/** The same in columns: each row has an update of its own. */
function inColumns(hosts: readonly PlainHost[]) {
  const rows = hosts.flatMap((host) => host.rows);
  let at = 0;
  const tallied = hosts.map((host): TalliedHost => {
    const start = at;
    at += host.rows.length;
    return {
      age: host.age,
      entries: {
        fleet: [''],
        group: host.groups.length === 0 ? [''] : host.groups,
        unit: [host.unit],
        site: [host.site],
        os: [host.os],
      },
      update: Int32Array.from(host.rows, (_row, i) => start + i),
      state: Uint8Array.from(host.rows, (row) => STATES.indexOf(row.state)),
    };
  });
  const entry = {
    severity: Int32Array.from(rows, (row) => row.severity),
    product: Int32Array.from(rows, (row) => row.product),
    classification: Int32Array.from(rows, (row) => row.classification),
  };
  return tallyFleet(tallied, { names: NAMES, entry, bit: (state) => BIT[STATES[state] ?? 'unknown'] });
}

/** The rows of a host that belong to an entry; null: the host is none of its hosts. */
function rowsIn(host: PlainHost, dimension: Dimension, key: string): readonly Row[] | null {
  if (dimension === 'severity' || dimension === 'product' || dimension === 'classification') {
    const rows = host.rows.filter((row) => NAMES[dimension][row[dimension]] === key);
    return rows.length === 0 ? null : rows;
  }
  if (dimension === 'fleet') return host.rows;
  if (dimension === 'group')
    return host.groups.includes(key) || (key === '' && host.groups.length === 0) ? host.rows : null;
  return host[dimension] === key ? host.rows : null;
}

describe('the tally of the fleet', () => {
  it('counts in every entry what going from host to host counts', () => {
    fc.assert(
      fc.property(fc.array(plainHost, { maxLength: 12 }), (hosts) => {
        const cells = inColumns(hosts);
        for (const cell of cells) {
          const of = hosts.flatMap((host) => {
            const rows = rowsIn(host, cell.dimension, cell.key);
            return rows === null ? [] : [{ age: host.age, rows, standing: standingOf(rows.map(({ state }) => state)) }];
          });
          for (const measure of MEASURES)
            expect(figure(cell, measure), `${cell.dimension} ${cell.key} ${measure}`).toBe(
              of.filter(({ age, standing }) => isMeasured(measure, age, standing)).length,
            );
          const counted = of.filter(({ age }) => age === 'counted');
          expect(cell.neededRows).toBe(counted.flatMap(({ rows }) => rows).filter((row) => isNeeded(row.state)).length);
        }
      }),
    );
  });

  it('has a cell for every entry with a host, once, and for the whole fleet always', () => {
    fc.assert(
      fc.property(fc.array(plainHost, { maxLength: 8 }), (hosts) => {
        const names = inColumns(hosts).map(({ dimension, key }) => `${dimension} ${key}`);
        const expected = DIMENSIONS.flatMap((dimension) => {
          const keys = isUpdateDimension(dimension)
            ? NAMES[dimension as keyof typeof NAMES]
            : ['', 'a', 'b', 'g1', 'g2', 'g3'];
          return keys
            .filter((key) => hosts.some((host) => rowsIn(host, dimension, key) !== null) || dimension === 'fleet')
            .filter((key) => dimension !== 'fleet' || key === '')
            .map((key) => `${dimension} ${key}`);
        });
        expect(names.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it('never lets the compliant and the others add up to more or less than the counted', () => {
    fc.assert(
      fc.property(fc.array(plainHost, { maxLength: 12 }), (hosts) => {
        for (const cell of inColumns(hosts)) {
          expect(figure(cell, 'compliant-raw') + figure(cell, 'needed')).toBe(cell.counted);
          expect(figure(cell, 'compliant-allowed') + figure(cell, 'open')).toBe(cell.counted);
          expect(cell.raw).toBeLessThanOrEqual(cell.allowed);
          expect(figure(cell, 'stale')).toBeGreaterThanOrEqual(cell.neverScanned);
        }
      }),
    );
  });
});
