import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision, Ruled } from './decision.ts';
import { Forecast, type ForecastCounts, fleetRows, PARTS, type Standing } from './forecast.ts';
import { asStored } from './names.ts';
import {
  CODE,
  compileRules,
  DECISIONS,
  decisionsOf,
  differences,
  indexRuled,
  layOut,
  settle,
  unite,
} from './policy.ts';
import { emptyRules, type Rules } from './rules.ts';

const UPDATES = 12;
const now = Date.parse('2026-11-21T00:00:00Z');
const updates: readonly Ruled[] = Array.from({ length: UPDATES }, (_, i) => ({
  updateId: `u${i}_1`,
  kbids: [String(i >> 1)],
  product: `P${i % 3}`,
  severity: i % 4 === 0 ? 'Critical' : null,
  classification: null,
  changetime: i % 5 === 0 ? '2026-11-19T00:00:00' : '2025-01-01T00:00:00',
}));
const index = indexRuled(updates);
const sizes = {
  bytes: Float64Array.from(updates, (_, i) => 1 << i),
  onServer: Uint8Array.from(updates, (_, i) => i % 2),
};

const anyRules: fc.Arbitrary<Rules> = fc.record({
  allowedUpdates: fc.subarray(updates.map((update) => update.updateId)),
  forbiddenUpdates: fc.subarray(updates.map((update) => update.updateId)),
  allowedKbs: fc.subarray(['KB0', 'KB1', 'KB2']),
  forbiddenKbs: fc.subarray(['KB2', 'KB3']),
  allowedProducts: fc.subarray(['P0', 'P1']),
  allowedSeverities: fc.subarray(['Critical']),
  allowedClassifications: fc.constant([]),
});

interface FleetHost {
  readonly rows: readonly number[];
  readonly before: 0 | 1;
  readonly hasDraft: boolean;
  readonly policy: 0 | 1 | 2;
  readonly part: 0 | 1 | 2;
}

const anyFleet: fc.Arbitrary<readonly FleetHost[]> = fc.array(
  fc.record({
    rows: fc.subarray(updates.map((_, i) => i)),
    before: fc.constantFrom(0, 1),
    hasDraft: fc.boolean(),
    policy: fc.constantFrom(0, 1, 2),
    part: fc.constantFrom(PARTS.fresh, PARTS.stale, PARTS.outside),
  }),
  { maxLength: 8 },
);

const options = { language: 'en', allowedSeverities: [], deniedSeverities: null };
const policies = [
  { spelling: asStored, options: { ...options, defaultAllow: false, installDelay: 0 } },
  { spelling: asStored, options: { ...options, defaultAllow: true, installDelay: 7 * 86_400_000 } },
  { spelling: asStored, options: { ...options, defaultAllow: null, installDelay: null } },
];

const rowsOf = (fleet: readonly FleetHost[]) => {
  const start = new Int32Array(fleet.length + 1);
  fleet.forEach((host, h) => {
    start[h + 1] = (start[h] ?? 0) + host.rows.length;
  });
  return fleetRows(start, Int32Array.from(fleet.flatMap((host) => host.rows)), UPDATES);
};

/** Sets 0 and 1 are what hosts have, 2 and 3 the same with the draft. */
const setsOf = (others: readonly Rules[], draft: Rules): readonly Uint8Array[] => {
  const base = others.map((rules) => compileRules(index, rules));
  const own = compileRules(index, draft);
  return [...base, ...base.map((bits) => unite(index, [bits, own]))].map((bits) => settle(bits));
};

const standingOf = (fleet: readonly FleetHost[], rulesets: readonly Uint8Array[]): Standing => ({
  before: Int32Array.from(fleet, (host) => host.before),
  after: Int32Array.from(fleet, (host) => host.before + (host.hasDraft ? 2 : 0)),
  policy: Int32Array.from(fleet, (host) => host.policy),
  part: Uint8Array.from(fleet, (host) => host.part),
  rulesets,
  table: layOut(index, policies, now),
});

/** The same counts, pair by pair, without any of the arrays. */
function naive(fleet: readonly FleetHost[], rulesets: readonly Uint8Array[]): ForecastCounts {
  const moved = new Int32Array(16);
  const movedStale = new Int32Array(16);
  const changed = { 0: new Set<number>(), 1: new Set<number>() };
  const allowed = new Map<number, number>();
  fleet.forEach((host, h) => {
    if (host.part === PARTS.outside) return;
    const policy = policies[host.policy];
    const [was, is] = [host.before, host.before + (host.hasDraft ? 2 : 0)].map((set) =>
      policy === undefined ? null : decisionsOf(index, rulesets[set] ?? new Uint8Array(0), policy, now),
    );
    for (const u of host.rows) {
      const [before, after] = [was?.[u] ?? -1, is?.[u] ?? -1];
      const counts = host.part === PARTS.fresh ? moved : movedStale;
      counts[before * 4 + after] = (counts[before * 4 + after] ?? 0) + 1;
      if (before === after) continue;
      changed[host.part].add(h);
      if (host.part === PARTS.fresh && after === CODE.allowed) allowed.set(u, (allowed.get(u) ?? 0) + 1);
    }
  });
  const bytes = (u: number): number => sizes.bytes[u] ?? 0;
  return {
    moved,
    movedStale,
    hosts: changed[0].size,
    staleHosts: changed[1].size,
    serverBytes: [...allowed.keys()].reduce((sum, u) => sum + (sizes.onServer[u] === 1 ? 0 : bytes(u)), 0),
    hostBytes: [...allowed].reduce((sum, [u, pairs]) => sum + pairs * bytes(u), 0),
  };
}

describe('a forecast', () => {
  it('counts as one counts by hand', () => {
    fc.assert(
      fc.property(anyFleet, anyRules, anyRules, anyRules, (fleet, one, two, draft) => {
        const rulesets = setsOf([one, two], draft);
        expect(new Forecast(rowsOf(fleet), standingOf(fleet, rulesets), sizes).counts()).toEqual(
          naive(fleet, rulesets),
        );
      }),
    );
  });

  it('that was changed is the one made anew, whatever was changed before', () => {
    fc.assert(
      fc.property(
        anyFleet,
        anyRules,
        anyRules,
        fc.array(anyRules, { minLength: 2, maxLength: 5 }),
        (fleet, one, two, drafts) => {
          const rows = rowsOf(fleet);
          const steps = drafts.map((draft) => ({ own: compileRules(index, draft), sets: setsOf([one, two], draft) }));
          const [first, ...rest] = steps;
          if (first === undefined) throw new Error('two drafts were given');
          const forecast = new Forecast(rows, standingOf(fleet, first.sets), sizes);
          let last = first;
          for (const step of rest) {
            forecast.change(differences(last.own, step.own), step.sets);
            expect(forecast.counts()).toEqual(new Forecast(rows, standingOf(fleet, step.sets), sizes).counts());
            last = step;
          }
        },
      ),
    );
  });

  it('lists as many pairs as it counts, cut where one asks', () => {
    fc.assert(
      fc.property(anyFleet, anyRules, anyRules, fc.nat(5), (fleet, one, draft, limit) => {
        const rulesets = setsOf([one, emptyRules], draft);
        const rows = rowsOf(fleet);
        const forecast = new Forecast(rows, standingOf(fleet, rulesets), sizes);
        const { moved, movedStale } = forecast.counts();
        for (const [part, counts] of [
          ['fresh', moved],
          ['stale', movedStale],
        ] as const) {
          DECISIONS.forEach((before: Decision, b) => {
            DECISIONS.forEach((after: Decision, a) => {
              const { pairs, total } = forecast.pairs(part, (x, y) => x === before && y === after, limit);
              expect(total).toBe(counts[b * 4 + a]);
              expect(pairs).toHaveLength(Math.min(total, limit));
              for (const pair of pairs) expect(fleet[pair.host]?.rows).toContain(pair.update);
              for (const pair of pairs) expect(rows.update[pair.row]).toBe(pair.update);
            });
          });
        }
      }),
    );
  });
});
