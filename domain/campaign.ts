/** Campaigns: which hosts are ordered what next, and why the others wait. Pure: facts and a moment in, a decision out. */

import { afterWork, type CampaignStart, isOpen, opensAt, startsAt, type TimeWindow } from './campaign-time.ts';

/** What a campaign orders of a host, one after the other. `servicing` installs the servicing stack alone, before the rest. */
export const CAMPAIGN_STEPS = ['scan', 'download', 'servicing', 'install'] as const;

/** One of these orders. */
export type CampaignStep = (typeof CAMPAIGN_STEPS)[number];

/** What a campaign does, when, and how carefully. */
export interface CampaignPlan {
  readonly steps: readonly CampaignStep[];
  /** Hosts that may be at work at the same time, whatever the wave. */
  readonly atOnce: number;
  /** Sizes of the first waves; everybody else is the last one. Empty: all are one wave. */
  readonly waves: readonly number[];
  readonly start: CampaignStart;
  /** Empty: always. */
  readonly windows: readonly TimeWindow[];
  /** Days after the beginning when nobody is asked any more; null: until everybody has ended. */
  readonly days: number | null;
  /** Whether hosts that are off are woken through the server. */
  readonly wake: boolean;
  /** Failing hosts at which the campaign stops: so many, or so many in a hundred of those that ended. Null: no limit. */
  readonly stop: { readonly failures: number | null; readonly percent: number | null };
  /** Further tries of a step that failed, and the minutes before each. */
  readonly retries: number;
  readonly retryMinutes: number;
}

/** `out`: an order is on its way or at work. `missed`: the time was over before it was seen. */
export type CampaignPhase = 'waiting' | 'out' | 'done' | 'failed' | 'missed' | 'cancelled';

/** The sets of hosts that a campaign counts: the five facts, each by itself, and where hosts stand now. */
export const CAMPAIGN_SETS = [
  'hosts',
  'asked',
  'sent',
  'launched',
  'appeared',
  'ended',
  'waiting',
  'out',
  'done',
  'failed',
  'missed',
  'cancelled',
] as const;

/** One of these sets. */
export type CampaignSet = (typeof CAMPAIGN_SETS)[number];

/** What is known of one host of a campaign. Times in milliseconds since 1970. */
export interface CampaignHost {
  readonly uuid: string;
  readonly wave: number;
  readonly phase: CampaignPhase;
  /** Position of the step it is at. */
  readonly step: number;
  /** Tries of this step that failed. */
  readonly failures: number;
  /** Whether somebody saw its failure and let the campaign go on: it stops nothing any more. */
  readonly isForgiven: boolean;
  /** Whether anything was ever ordered of it here. */
  readonly hasBegun: boolean;
  readonly notBefore: number | null;
  readonly isReachable: boolean;
  /** Whether the server still lists it. */
  readonly isKnown: boolean;
  readonly wokenAt: number | null;
}

/** Why a host is not asked now. */
export type HostWait =
  | 'start'
  | 'paused'
  | 'window'
  | 'signer'
  | 'server'
  | 'signed-out'
  | 'gone'
  | 'off'
  | 'retry'
  | 'wave'
  | 'turn';

/** Why a whole campaign waits. */
export type CampaignWait = Extract<HostWait, 'start' | 'window' | 'signer' | 'server' | 'signed-out' | 'off' | 'retry'>;

/** What surrounds a campaign at a moment. */
export interface Circumstances {
  readonly now: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly isPaused: boolean;
  readonly canSign: boolean;
  readonly server: 'ready' | 'away' | 'signed-out';
}

/** What is to be done at that moment. */
export interface CampaignDecision {
  readonly standing: 'scheduled' | 'running' | 'waiting' | 'paused' | 'stopped' | 'done';
  /** Why nothing runs, where the standing is `scheduled` or `waiting`. */
  readonly waitsFor: CampaignWait | null;
  /** Which limit was passed, where the standing is `stopped`. */
  readonly limit: 'failures' | 'percent' | null;
  /** Hosts whose step is to be ordered now, in this order. */
  readonly ask: readonly string[];
  readonly wake: readonly string[];
  /** Of each host that is `waiting` and not asked now. */
  readonly waits: ReadonlyMap<string, HostWait>;
  /** Hosts that nobody will ask any more: the time is over. */
  readonly missed: readonly string[];
  /** When something may change by itself; null: only by news. */
  readonly nextLook: number | null;
}

/** How long a woken host may take to be seen, and when it may be woken again (milliseconds). */
export const WAKE_TIME = 5 * 60_000;
const WAKE_AGAIN = 12 * 3_600_000;

/** Hosts that must have ended before a share of them says anything. */
const PERCENT_FROM = 5;

/** The wave of the host at a position. */
export function waveAt(waves: readonly number[], position: number): number {
  let [wave, left] = [0, position];
  for (const size of waves) {
    if (left < size) return wave;
    left -= size;
    wave++;
  }
  return wave;
}

const isFailing = (host: CampaignHost): boolean =>
  !host.isForgiven && (host.phase === 'failed' || (host.phase === 'waiting' && host.failures > 0));

/** Which limit on failures these hosts pass, or null. */
export function limitPassed(stop: CampaignPlan['stop'], hosts: readonly CampaignHost[]): 'failures' | 'percent' | null {
  const failing = hosts.filter(isFailing).length;
  if (failing === 0) return null;
  if (stop.failures !== null && failing >= stop.failures) return 'failures';
  const ended = failing + hosts.filter((host) => host.phase === 'done').length;
  const isTooMany = stop.percent !== null && ended >= PERCENT_FROM && failing * 100 >= stop.percent * ended;
  return isTooMany ? 'percent' : null;
}

const isHere = (host: CampaignHost): boolean => host.isKnown && host.isReachable;

/** The last wave whose hosts may begin: it stays open, and the next one opens when nobody of it is at work or could be. */
function openWave(hosts: readonly CampaignHost[]): number {
  let begun = -1;
  for (const host of hosts) if (host.hasBegun && host.wave > begun) begun = host.wave;
  const isHeld = hosts.some(
    (host) => host.wave <= begun && (host.phase === 'out' || (host.phase === 'waiting' && isHere(host))),
  );
  if (isHeld) return begun;
  // A wave of which nobody is there holds nobody up.
  let next = Number.POSITIVE_INFINITY;
  for (const host of hosts) if (host.phase === 'waiting' && isHere(host) && host.wave < next) next = host.wave;
  return next === Number.POSITIVE_INFINITY ? Math.max(begun, 0) : next;
}

/** Why the whole campaign may ask nobody, or null. */
function blocked(plan: CampaignPlan, at: Circumstances): Exclude<CampaignWait, 'off' | 'retry'> | null {
  if (at.now < at.startsAt) return 'start';
  if (!isOpen(plan.windows, at.now)) return 'window';
  if (at.server === 'signed-out') return 'signed-out';
  if (at.server === 'away') return 'server';
  return at.canSign ? null : 'signer';
}

const earliest = (...times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
};

const nothing = { limit: null, waitsFor: null, ask: [], wake: [], missed: [], nextLook: null } as const;

const waitAll = (hosts: readonly CampaignHost[], why: HostWait): ReadonlyMap<string, HostWait> =>
  new Map(hosts.flatMap((host) => (host.phase === 'waiting' ? [[host.uuid, why] as const] : [])));

/** Decides what a campaign does at a moment. `hosts` in the order in which they are taken. */
export function decideCampaign(
  plan: CampaignPlan,
  hosts: readonly CampaignHost[],
  at: Circumstances,
): CampaignDecision {
  const out = hosts.filter((host) => host.phase === 'out').length;
  const waiting = hosts.filter((host) => host.phase === 'waiting');
  const limit = limitPassed(plan.stop, hosts);
  if (out === 0 && waiting.length === 0) return { ...nothing, standing: 'done', waits: new Map() };
  if (limit !== null) return { ...nothing, standing: 'stopped', limit, waits: waitAll(hosts, 'paused') };
  if (at.endsAt !== null && at.now >= at.endsAt) {
    const missed = waiting.map((host) => host.uuid);
    return { ...nothing, standing: out === 0 ? 'done' : 'running', missed, waits: new Map() };
  }
  if (at.isPaused) return { ...nothing, standing: 'paused', waits: waitAll(hosts, 'paused') };
  const why = blocked(plan, at);
  if (why !== null) {
    const next = why === 'start' ? at.startsAt : why === 'window' ? opensAt(plan.windows, at.now) : null;
    return {
      ...nothing,
      standing: why === 'start' ? 'scheduled' : out > 0 ? 'running' : 'waiting',
      waitsFor: out > 0 && why !== 'start' ? null : why,
      waits: waitAll(hosts, why),
      nextLook: earliest(next, at.endsAt),
    };
  }
  return { ...whomToAsk(plan, hosts, at, out), missed: [], limit: null };
}

function whomToAsk(
  plan: CampaignPlan,
  hosts: readonly CampaignHost[],
  { now, endsAt }: Circumstances,
  out: number,
): Omit<CampaignDecision, 'missed' | 'limit'> {
  const wave = openWave(hosts);
  const waits = new Map<string, HostWait>();
  const ready: CampaignHost[] = [];
  const asleep: CampaignHost[] = [];
  let nextTry: number | null = null;
  for (const host of hosts) {
    if (host.phase !== 'waiting') continue;
    if (!host.isKnown) waits.set(host.uuid, 'gone');
    else if (!host.isReachable) {
      waits.set(host.uuid, 'off');
      if (host.wave <= wave) asleep.push(host);
    } else if (host.notBefore !== null && host.notBefore > now) {
      waits.set(host.uuid, 'retry');
      nextTry = earliest(nextTry, host.notBefore);
    } else if (!host.hasBegun && host.wave > wave) waits.set(host.uuid, 'wave');
    else ready.push(host);
  }
  // Who has begun goes on before somebody else begins.
  const ordered = [...ready.filter((host) => host.hasBegun), ...ready.filter((host) => !host.hasBegun)];
  const free = Math.max(0, plan.atOnce - out);
  const ask = ordered.slice(0, free).map((host) => host.uuid);
  for (const host of ordered.slice(free)) waits.set(host.uuid, 'turn');
  const wake = plan.wake ? whomToWake(asleep, now, Math.max(0, free - ask.length)) : [];
  const isWorking = out > 0 || ask.length > 0;
  return {
    standing: isWorking ? 'running' : 'waiting',
    waitsFor: isWorking ? null : nextTry === null ? 'off' : 'retry',
    ask,
    wake,
    waits,
    nextLook: earliest(nextTry, endsAt, plan.wake && asleep.length > 0 ? now + WAKE_TIME : null),
  };
}

/** Those who were woken and may still come count: nobody wakes a thousand computers to use ten. */
function whomToWake(asleep: readonly CampaignHost[], now: number, free: number): readonly string[] {
  const age = (host: CampaignHost): number => (host.wokenAt === null ? Number.POSITIVE_INFINITY : now - host.wokenAt);
  const waking = asleep.filter((host) => age(host) < WAKE_TIME).length;
  return asleep
    .filter((host) => age(host) >= WAKE_AGAIN)
    .slice(0, Math.max(0, free - waking))
    .map((host) => host.uuid);
}

/** How a try of a step ended. `off`: the order never reached the host, which is gone again; that is no failure of it. */
export type TryOutcome = 'done' | 'nothing' | 'failed' | 'no-task' | 'not-launched' | 'off' | 'not-sent' | 'stopped';

/** Outcomes after which the host goes on to its next step. */
const GOOD: ReadonlySet<TryOutcome> = new Set(['done', 'nothing']);
/** Outcomes of which the host is innocent: the step is tried again and nothing is counted. */
const INNOCENT: ReadonlySet<TryOutcome> = new Set(['off', 'not-sent', 'stopped']);

/** Where a host stands after a try ended at `now`. */
export function afterTry(plan: CampaignPlan, host: CampaignHost, outcome: TryOutcome, now: number): CampaignHost {
  if (GOOD.has(outcome)) {
    const isLast = host.step + 1 >= plan.steps.length;
    return isLast
      ? { ...host, phase: 'done', failures: 0, notBefore: null }
      : { ...host, phase: 'waiting', step: host.step + 1, failures: 0, notBefore: null };
  }
  if (INNOCENT.has(outcome)) return { ...host, phase: 'waiting' };
  const failures = host.failures + 1;
  return failures > plan.retries
    ? { ...host, phase: 'failed', failures, isForgiven: false, notBefore: null }
    : { ...host, phase: 'waiting', failures, isForgiven: false, notBefore: now + plan.retryMinutes * 60_000 };
}

/** Minutes that a step takes on a host at the least, for the outlook. */
const STEP_MINUTES: Readonly<Record<CampaignStep, number>> = {
  scan: 5,
  download: 10,
  servicing: 10,
  install: 20,
};

/** What a plan comes to for so many hosts, before it is started. */
export interface CampaignOutlook {
  /** Null: the date is none. */
  readonly startsAt: number | null;
  /** Hosts of each wave. */
  readonly waves: readonly number[];
  /** How often a full set of `atOnce` hosts has its turn. */
  readonly rounds: number;
  /** Null: never, or not before its time is over. */
  readonly earliestEnd: number | null;
}

/** What a plan comes to if every host is there and everything succeeds. */
export function campaignOutlook(plan: CampaignPlan, count: number, now: number): CampaignOutlook {
  const begin = startsAt(plan.start, now);
  const waves: number[] = [];
  for (let position = 0; position < count; position++) {
    const wave = waveAt(plan.waves, position);
    waves[wave] = (waves[wave] ?? 0) + 1;
  }
  const rounds = waves.reduce((sum, size) => sum + Math.ceil(size / plan.atOnce), 0);
  const minutes = plan.steps.reduce((sum, step) => sum + STEP_MINUTES[step], 0);
  const end = begin === null ? null : afterWork(plan.windows, begin, rounds * minutes);
  const isTooLate = end !== null && begin !== null && plan.days !== null && end > begin + plan.days * 86_400_000;
  return { startsAt: begin, waves, rounds, earliestEnd: isTooLate ? null : end };
}
