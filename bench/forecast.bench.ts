import type { Ruled } from '../domain/decision.ts';
import { Forecast, fleetRows, PARTS, type Standing } from '../domain/forecast.ts';
import { asStored } from '../domain/names.ts';
import {
  type AgentPolicy,
  compileRules,
  differences,
  indexRuled,
  layOut,
  resettle,
  settle,
  unite,
} from '../domain/policy.ts';
import { emptyRules, type Rules } from '../domain/rules.ts';
import { seededRandom } from '../lab/random.ts';
import { ratioLine } from './measure.ts';
import { finish } from './report.ts';

const HOSTS = 5_000;
const ROWS = 500_000;
const UPDATES = 20_000;
const DAY = 86_400_000;
/** Each measured round does the work this often, so that a round is longer than the clock's and the machine's moods. */
const TIMES = 20;
const repeat = (work: () => unknown) => (): void => {
  for (let i = 0; i < TIMES; i++) work();
};
const now = Date.parse('2026-11-21T00:00:00Z');
const random = seededRandom('forecast bench');

const products = Array.from({ length: 60 }, (_, i) => `Product ${i}`);
const severities = ['Critical', 'Important', 'Moderate', 'Low', null];
const classifications = ['Security Updates', 'Definition Updates', 'Updates', 'Drivers', 'Update Rollups'];
const updates: readonly Ruled[] = Array.from({ length: UPDATES }, (_, i) => ({
  updateId: `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000_200`,
  kbids: [String(5_000_000 + (i >> 1))],
  product: random.pick(products),
  severity: random.pick(severities),
  classification: random.pick(classifications),
  changetime: new Date(now - random.next() * 700 * DAY).toISOString().slice(0, 19),
}));
const index = indexRuled(updates);

const some = (count: number, of: (update: Ruled) => string): string[] =>
  Array.from({ length: count }, () => of(random.pick(updates)));
const kbOf = (update: Ruled): string => `KB${update.kbids[0] ?? ''}`;
const packageOf = (): Rules => ({
  ...emptyRules,
  allowedUpdates: some(400, (update) => update.updateId),
  allowedKbs: some(100, kbOf),
  forbiddenUpdates: some(60, (update) => update.updateId),
  forbiddenKbs: some(40, kbOf),
  allowedProducts: some(2, (update) => update.product ?? ''),
  allowedClassifications: random.chance(0.5) ? ['Security Updates'] : [],
});
// Twelve packages; hosts of one kind hold three or four of them. The edited one is on every kind but a few.
const EDITED = 0;
const packages = Array.from({ length: 12 }, packageOf);
const kinds = Array.from({ length: 24 }, (_, i) => [
  ...(i % 6 === 5 ? [] : [EDITED]),
  ...Array.from({ length: 3 }, () => random.between(1, 11)),
]);
const delays = [0, 3 * DAY, 7 * DAY, 14 * DAY, null];
const agents: readonly AgentPolicy[] = Array.from({ length: 40 }, (_, i) => ({
  spelling: asStored,
  options: {
    defaultAllow: [false, false, true, null][i % 4] ?? null,
    installDelay: delays[i % delays.length] ?? null,
    language: 'en',
    allowedSeverities: i % 3 === 0 ? ['Critical'] : [],
    deniedSeverities: i % 5 === 0 ? [] : null,
  },
}));
const kindOf = Int32Array.from({ length: HOSTS }, () => random.between(0, kinds.length - 1));
const policyOf = Int32Array.from({ length: HOSTS }, () => random.between(0, agents.length - 1));
const part = Uint8Array.from({ length: HOSTS }, (_, h) =>
  kinds[kindOf[h] ?? 0]?.includes(EDITED) === true ? (random.chance(0.1) ? PARTS.stale : PARTS.fresh) : PARTS.outside,
);

// Few updates are on many hosts, many on few.
const update = Int32Array.from({ length: ROWS }, () => Math.floor(random.next() ** 2 * UPDATES));
const start = Int32Array.from({ length: HOSTS + 1 }, (_, h) => h * (ROWS / HOSTS));
for (let h = 0; h < HOSTS; h++) update.subarray(start[h], start[h + 1]).sort();
const rows = fleetRows(start, update, UPDATES);
const sizes = {
  bytes: Float64Array.from({ length: UPDATES }, () => random.between(1, 900) * 1_000_000),
  onServer: Uint8Array.from({ length: UPDATES }, () => (random.chance(0.5) ? 1 : 0)),
};

// What is kept between two questions: what each package says of each update, and the sets of rules that hosts have now, with and
// without the edited package.
const none = new Uint16Array(UPDATES);
const says = packages.map((rules) => compileRules(index, rules));
const unionOf = (names: readonly number[]): Uint16Array =>
  unite(
    index,
    names.map((name) => says[name] ?? none),
  );
const installed = kinds.map((names) => settle(unionOf(names)));
const beside = kinds.map((names) => unionOf(names.filter((name) => name !== EDITED)));

const [current = emptyRules] = packages;
const changed: Rules = {
  ...current,
  allowedKbs: current.allowedKbs.slice(50),
  allowedProducts: [...current.allowedProducts, random.pick(products)],
  forbiddenKbs: some(30, kbOf),
};

/** The whole forecast of a changed package: its lists, the sets of rules it is part of, the options of all agents, every row. */
const full = (
  rules: Rules,
): { readonly own: Uint16Array; readonly rulesets: readonly Uint8Array[]; readonly forecast: Forecast } => {
  const own = compileRules(index, rules);
  const after = kinds.map((names, kind) =>
    names.includes(EDITED) ? settle(beside[kind] ?? none, own) : (installed[kind] ?? settle(none)),
  );
  const rulesets = [...installed, ...after];
  const standing: Standing = {
    before: kindOf,
    after: kindOf.map((kind) => kind + kinds.length),
    policy: policyOf,
    part,
    rulesets,
    table: layOut(index, agents, now),
  };
  const forecast = new Forecast(rows, standing, sizes);
  forecast.counts();
  return { own, rulesets, forecast };
};

/** One entry more or less in the package, on a forecast that stands. */
let standing = full(changed);
let isOn = false;
const entry = some(1, kbOf);
const toggle = (): void => {
  isOn = !isOn;
  const own = compileRules(index, isOn ? { ...changed, forbiddenKbs: [...changed.forbiddenKbs, ...entry] } : changed);
  const positions = differences(standing.own, own);
  if (positions.length === 0) throw new Error('the toggle changes nothing');
  const rulesets = standing.rulesets.map((before, set) => {
    const kind = set - kinds.length;
    return kinds[kind]?.includes(EDITED) === true ? resettle(before, beside[kind] ?? none, own, positions) : before;
  });
  standing.forecast.change(positions, rulesets);
  standing.forecast.counts();
  standing = { ...standing, own, rulesets };
};

// The bare pass looks at each row once, in the columns as they lie: host, update, and one byte of a decision that is ready for
// each kind of host and each update; it counts the byte. No forecast can do with less; the bar leaves room for a second
// decision, the policies, and making the decisions at all.
const host = new Int32Array(ROWS);
for (let i = 0; i < ROWS; i++) host[i] = Math.floor(i / (ROWS / HOSTS));
const ready = new Uint8Array(kinds.length * UPDATES);
for (let i = 0; i < ready.length; i++) ready[i] = random.between(0, 3);
const bare = (): number => {
  const counts = new Int32Array(4);
  for (let i = 0; i < host.length; i++) {
    const kind = kindOf[host[i] as number] as number;
    const decision = ready[kind * UPDATES + (update[i] as number)] as number;
    counts[decision] = (counts[decision] as number) + 1;
  }
  return counts[0] as number;
};

const holders = part.filter((each) => each !== PARTS.outside).length;
// The engine's first rounds run uncompiled code; a person's first forecast waits for SQLite, not for these.
for (let i = 0; i < 20; i++) {
  bare();
  full(changed);
  toggle();
}

finish(
  `A forecast over ${HOSTS.toLocaleString('en')} hosts, ${holders.toLocaleString('en')} of them with the package, ${ROWS.toLocaleString('en')} rows`,
  [
    await ratioLine({
      what: 'a rule change against one bare pass',
      bar: 4,
      baseline: repeat(bare),
      subject: repeat(() => full(changed)),
    }),
    await ratioLine({
      what: 'one toggle against a full forecast',
      bar: 0.2,
      baseline: repeat(() => full(changed)),
      subject: repeat(toggle),
    }),
  ],
);
