import type { ConsoleError } from '../../contract/errors.ts';
import {
  afterTry,
  type CampaignDecision,
  type CampaignHost,
  decideCampaign,
  type TryOutcome,
  waveAt,
} from '../../domain/campaign.ts';
import { fail, type Result } from '../../domain/result.ts';
import type { ActionFields, SignedAction } from '../../wapt/index.ts';
import { operate } from '../server/dialect.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerGrant } from '../signer/grants.ts';
import type { SignerService } from '../signer/signer.ts';
import type { CampaignHostAtWork, Store, StoredCampaign, StoredCampaignHost } from '../store/store.ts';
import { isAway } from '../sync/failures.ts';
import type { Sync } from '../sync/sync.ts';
import { type FlightParts, fly, flyOn } from './campaign-flight.ts';
import type { Gate } from './waiting.ts';

/** What campaigns at work share. */
export interface RunnerParts {
  readonly client: ServerClient;
  readonly store: Store;
  readonly sync: Sync;
  readonly signer: SignerService;
  readonly gate: Gate;
  /** Milliseconds since 1970: for windows and dates. Signatures go by the signer's own clock. */
  readonly now: () => number;
  readonly taskWaitMs?: number | undefined;
  readonly onChange: (campaignId: string) => void;
  /** It came to rest: everybody has ended, its time is over, or a limit was passed. */
  readonly onRest: (runner: CampaignRunner, decision: CampaignDecision) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** The longest time between two looks (milliseconds), whatever was decided: clocks are set, computers sleep. */
const LOOK = 5_000;
/** Time before a server that was away is asked again. */
const AWAY_PAUSE = 15_000;
/** Time before a host is asked again whom nothing was sent to. */
const UNSENT_PAUSE = 30_000;

interface Member {
  host: CampaignHost;
  attempts: number;
  percent: number | null;
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());
const parsed = (time: string | null): number | null => (time === null ? null : Date.parse(time));

/** One campaign at work: asks whom the plan lets it ask, follows them, and keeps what became of each. */
export class CampaignRunner {
  readonly #parts: RunnerParts;
  readonly #members = new Map<string, Member>();
  readonly #abort = new AbortController();
  readonly #openTries = new Map<string, NonNullable<CampaignHostAtWork['open']>>();
  #campaign: StoredCampaign;
  #grant: SignerGrant | null = null;
  #decision: CampaignDecision | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #looksAgain = false;
  #isStale = true;
  #awayUntil: number | null = null;
  /** The server said that it wakes nobody, or not for this user. */
  #isWakeRefused = false;

  constructor(parts: RunnerParts, campaign: StoredCampaign, hosts: readonly CampaignHostAtWork[]) {
    this.#parts = parts;
    this.#campaign = campaign;
    for (const [position, stored] of hosts.entries()) {
      const { uuid, phase, step, failures, isForgiven, open } = stored;
      if (open !== null) this.#openTries.set(uuid, open);
      const host: CampaignHost = {
        uuid,
        wave: waveAt(campaign.plan.waves, position),
        // One that was taken and never written down was never sent.
        phase: phase === 'out' && open === null ? 'waiting' : phase,
        step,
        failures,
        isForgiven,
        hasBegun: stored.attempts > 0,
        notBefore: parsed(stored.notBefore),
        isReachable: false,
        isKnown: false,
        wokenAt: parsed(stored.wokenAt),
      };
      this.#members.set(uuid, { host, attempts: stored.attempts, percent: null });
    }
  }

  get campaign(): StoredCampaign {
    return this.#campaign;
  }

  /** What was decided last; null before the first look. */
  get decision(): CampaignDecision | null {
    return this.#decision;
  }

  /** Until when a signer is lent to it. */
  get signUntil(): string | null {
    return this.#grant?.isAlive() === true ? this.#grant.until : null;
  }

  get grant(): SignerGrant | null {
    return this.#grant;
  }

  /** Hosts that have not come to an end. */
  get open(): readonly string[] {
    return [...this.#members.values()].flatMap(({ host }) =>
      host.phase === 'waiting' || host.phase === 'out' ? [host.uuid] : [],
    );
  }

  percentOf(uuid: string): number | null {
    return this.#members.get(uuid)?.percent ?? null;
  }

  /** Goes on: first with the tries that were under way, then by the plan. */
  start(): void {
    for (const [uuid, open] of this.#openTries) {
      const member = this.#members.get(uuid);
      if (member === undefined) continue;
      member.host = { ...member.host, phase: 'out' };
      const flight = { campaignId: this.#campaign.id, uuid, step: open.step, attempt: open.attempt };
      this.#track(member, flyOn(this.#flightParts(member), { ...flight, signal: this.#abort.signal }, open));
    }
    this.#openTries.clear();
    this.look();
  }

  /** The campaign was paused, went on or got another end. */
  turn(campaign: StoredCampaign): void {
    this.#campaign = campaign;
    this.look();
  }

  /** Takes a signer in place of the one it had. */
  lend(grant: SignerGrant): void {
    this.#grant?.end();
    this.#grant = grant;
  }

  /** Gives the signer that was lent to it away. */
  give(): SignerGrant | null {
    const grant = this.#grant;
    this.#grant = null;
    return grant;
  }

  /** Ends asking and following; what hosts run goes on there. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#grant?.end();
    this.#grant = null;
  }

  /** Hosts may have come or gone. */
  hostsChanged(): void {
    this.#isStale = true;
    this.look();
  }

  /** Looks what there is to do; looks that come while one is at it become one. */
  look(): void {
    if (this.#abort.signal.aborted) return;
    this.#looksAgain = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#lookWhileAsked()
      .catch(this.#parts.onBug)
      .finally(() => {
        this.#isLooking = false;
        if (!this.#abort.signal.aborted) this.#later();
      });
  }

  async #lookWhileAsked(): Promise<void> {
    while (this.#looksAgain && !this.#abort.signal.aborted) {
      this.#looksAgain = false;
      if (this.#isStale) await this.#readPresence();
      if (this.#awayUntil !== null && Date.now() >= this.#awayUntil) await this.#probe();
      if (this.#abort.signal.aborted) return;
      await this.#decide();
    }
  }

  #later(): void {
    clearTimeout(this.#timer);
    const next = this.#decision?.nextLook ?? null;
    const pause = next === null ? LOOK : Math.min(LOOK, Math.max(50, next - this.#parts.now()));
    this.#timer = setTimeout(() => this.look(), pause);
  }

  async #decide(): Promise<void> {
    const { state, plan, startsAt, endsAt } = this.#campaign;
    const hosts = [...this.#members.values()].map(({ host }) => host);
    const before = JSON.stringify([this.#decision?.standing, this.#decision?.waitsFor]);
    const able = this.#isWakeRefused ? { ...plan, wake: false } : plan;
    const decision = decideCampaign(able, hosts, {
      now: this.#parts.now(),
      startsAt: parsed(startsAt) ?? 0,
      endsAt: parsed(endsAt),
      isPaused: state !== 'active',
      canSign: this.#grant?.isAlive() === true || this.#parts.signer.state().kind === 'open',
      server: this.#parts.client.isExpired ? 'signed-out' : this.#awayUntil === null ? 'ready' : 'away',
    });
    this.#decision = decision;
    for (const uuid of decision.ask) this.#take(uuid);
    if (decision.missed.length > 0) await this.#put(decision.missed, (host) => ({ ...host, phase: 'missed' }));
    if (decision.wake.length > 0) this.#wake(decision.wake).catch(this.#parts.onBug);
    if (before !== JSON.stringify([decision.standing, decision.waitsFor])) this.#parts.onChange(this.#campaign.id);
    const isOver = decision.standing === 'done' && state !== 'done';
    const isStopped = decision.standing === 'stopped' && state === 'active';
    if (isOver || isStopped) await this.#parts.onRest(this, decision);
  }

  /** Takes a host at once, so that the next look counts it. */
  #take(uuid: string): void {
    const member = this.#members.get(uuid);
    const step = this.#campaign.plan.steps[member?.host.step ?? 0];
    if (member === undefined || step === undefined) return;
    member.host = { ...member.host, phase: 'out', notBefore: null };
    const attempt = member.attempts + 1;
    const flight = { campaignId: this.#campaign.id, uuid, step, attempt, signal: this.#abort.signal };
    const parts = this.#flightParts(member);
    const work = async (): Promise<TryOutcome | null> => {
      const kept = await this.#put([uuid], (host) => host);
      return kept ? fly(parts, flight) : null;
    };
    this.#track(member, work());
  }

  #flightParts(member: Member): FlightParts {
    const { client, store, sync, gate, now, taskWaitMs } = this.#parts;
    return {
      client,
      store,
      sync,
      gate,
      now,
      taskWaitMs,
      sign: (actions) => this.#sign(actions),
      onOpen: () => {
        member.attempts++;
        member.host = { ...member.host, hasBegun: true };
        this.#parts.onChange(this.#campaign.id);
      },
      onAway: () => {
        this.#awayUntil = Date.now() + AWAY_PAUSE;
      },
      onPercent: (percent) => {
        member.percent = percent;
        this.#parts.onChange(this.#campaign.id);
      },
    };
  }

  #sign(actions: readonly ActionFields[]): Result<readonly SignedAction[], ConsoleError> {
    if (this.#campaign.state === 'cancelled') return fail({ code: 'cancelled' });
    if (this.#grant?.isAlive() === true) return this.#grant.signActions(actions);
    return this.#parts.signer.signActions(actions, { unattended: true });
  }

  #track(member: Member, flight: Promise<TryOutcome | null>): void {
    flight
      .catch((error: unknown): TryOutcome => {
        this.#parts.onBug(error);
        return 'not-sent';
      })
      .then((outcome) => this.#landed(member, outcome))
      .catch(this.#parts.onBug);
  }

  async #landed(member: Member, outcome: TryOutcome | null): Promise<void> {
    if (this.#abort.signal.aborted) return;
    const now = this.#parts.now();
    const next = afterTry(this.#campaign.plan, member.host, outcome ?? 'not-sent', now);
    const isUnsent = outcome === null || outcome === 'not-sent';
    member.percent = null;
    await this.#put([member.host.uuid], () => (isUnsent ? { ...next, notBefore: now + UNSENT_PAUSE } : next));
    this.#isStale = true;
    this.look();
  }

  /** Changes hosts and keeps them; whether they could be kept. */
  async #put(uuids: readonly string[], change: (host: CampaignHost) => CampaignHost): Promise<boolean> {
    const hosts: StoredCampaignHost[] = [];
    for (const uuid of uuids) {
      const member = this.#members.get(uuid);
      if (member === undefined) continue;
      member.host = change(member.host);
      const { phase, step, failures, isForgiven, notBefore, wokenAt } = member.host;
      hosts.push({ uuid, phase, step, failures, isForgiven, notBefore: iso(notBefore), wokenAt: iso(wokenAt) });
    }
    const kept = await this.#parts.store.campaignHostsPut({ id: this.#campaign.id, hosts });
    this.#parts.onChange(this.#campaign.id);
    return kept.ok;
  }

  async #readPresence(): Promise<void> {
    this.#isStale = false;
    const read = await this.#parts.store.campaignPresence(this.#campaign.id);
    if (!read.ok) return;
    const present = new Map(read.value);
    for (const member of this.#members.values()) {
      if (member.host.phase !== 'waiting') continue;
      const isReachable = present.get(member.host.uuid);
      member.host = { ...member.host, isKnown: isReachable !== undefined, isReachable: isReachable === true };
    }
  }

  async #probe(): Promise<void> {
    const answer = await this.#parts.client.ask({ method: 'GET', path: '/ping' }, this.#abort.signal);
    const isStillAway = !answer.ok && isAway(answer.error.code);
    this.#awayUntil = isStillAway ? Date.now() + AWAY_PAUSE : null;
    // What was held back by the way, and by nothing else, is asked at once.
    if (isStillAway) return;
    for (const member of this.#members.values())
      if (member.host.phase === 'waiting' && member.host.failures === 0)
        member.host = { ...member.host, notBefore: null };
  }

  /** Asks the server for magic packets, once for all of them; whoever comes is seen by the next reading of the hosts. */
  async #wake(uuids: readonly string[]): Promise<void> {
    const now = this.#parts.now();
    await this.#put(uuids, (host) => ({ ...host, wokenAt: now }));
    const answer = await operate(this.#parts.client, 'wake-hosts', { uuids }, this.#abort.signal);
    if (answer.ok) return;
    if (isAway(answer.error.code)) this.#awayUntil = Date.now() + AWAY_PAUSE;
    else this.#isWakeRefused = true;
    await this.#put(uuids, (host) => ({ ...host, wokenAt: null }));
  }
}
