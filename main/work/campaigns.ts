import { createHash } from 'node:crypto';
import type { Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type { Campaign } from '../../contract/schemas/campaigns.ts';
import type { CampaignDecision } from '../../domain/campaign.ts';
import { startsAt } from '../../domain/campaign-time.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { EventHub } from '../ipc/events.ts';
import { actionName, selectionAttribute } from '../server/dialect.ts';
import type { ServerClient } from '../server/session.ts';
import type { SignerGrant } from '../signer/grants.ts';
import type { SignerService } from '../signer/signer.ts';
import type { Store, StoredCampaign } from '../store/store.ts';
import type { Sync } from '../sync/sync.ts';
import { actionOf } from './campaign-flight.ts';
import { CampaignRunner, type RunnerParts } from './campaign-runner.ts';
import { viewCampaign } from './campaign-view.ts';
import { sealJournal } from './publish.ts';
import { Gate } from './waiting.ts';

/** How campaigns see time; what is left out is as it is. */
export interface CampaignTime {
  /** Milliseconds since 1970: for dates and windows. */
  readonly now?: () => number;
  /** How long one waits for a task to appear on a host (milliseconds). */
  readonly taskWaitMs?: number;
}

/** What campaigns work with. */
export interface CampaignsParts {
  readonly client: ServerClient;
  readonly store: Store;
  readonly sync: Sync;
  readonly signer: SignerService;
  readonly events: EventHub;
  readonly time: CampaignTime;
  readonly onBug: (error: unknown) => void;
}

type Go = Parsed<'campaigns.start'>;

const FOLLOWERS = 16;
const DAY = 86_400_000;
/** Between two messages about a campaign (milliseconds). */
const TELL = 250;
const AT_WORK: ReadonlySet<StoredCampaign['state']> = new Set(['active', 'paused', 'stopped']);

/** Runs the campaigns of the open profile while one is signed in; what it does is in the store before it is done. */
export class Campaigns {
  readonly #parts: CampaignsParts;
  readonly #now: () => number;
  readonly #runners = new Map<string, CampaignRunner>();
  readonly #told = new Map<string, NodeJS.Timeout>();
  readonly #gate = new Gate(FOLLOWERS);
  readonly #ends: (() => void)[] = [];
  #isStopped = false;

  constructor(parts: CampaignsParts) {
    this.#parts = parts;
    this.#now = parts.time.now ?? Date.now;
  }

  /** Takes up what ran when the console was closed; a console that may not write runs nothing. */
  async start(): Promise<void> {
    const { store, events } = this.#parts;
    if (store.isReadOnly) return;
    this.#ends.push(
      store.onChange((subjects) => {
        if (subjects.includes('hosts')) for (const runner of this.#runners.values()) runner.hostsChanged();
      }),
      events.subscribe(({ name }) => {
        if (name === 'signer.changed' || name === 'session.changed') this.look();
      }),
    );
    const campaigns = await store.campaignsList();
    if (!campaigns.ok) return;
    for (const campaign of campaigns.value)
      if (AT_WORK.has(campaign.state) && campaign.counts.waiting + campaign.counts.out > 0) await this.#run(campaign);
  }

  /** The one who runs a campaign, or null. */
  runner(campaignId: string): CampaignRunner | null {
    return this.#runners.get(campaignId) ?? null;
  }

  /** Looks at all of them: one signed in again, or opened a signer. */
  look(): void {
    for (const runner of this.#runners.values()) {
      runner.look();
      this.#tell(runner.campaign.id);
    }
  }

  /** Asks and follows nobody any more; what hosts run goes on there. */
  stop(): void {
    this.#isStopped = true;
    for (const end of this.#ends) end();
    for (const runner of this.#runners.values()) runner.stop();
    this.#runners.clear();
    for (const timer of this.#told.values()) clearTimeout(timer);
    this.#told.clear();
  }

  /**
   * Starts a draft. `campaign-state` for anything else, `clock-off`, `unavailable` for a servicing stack without selection attribute,
   * `bad-request` for a date that is none, and what lending the signer fails with.
   */
  async begin(go: Go): Promise<Result<Campaign, ConsoleError>> {
    const found = await this.#inState(go.campaignId, ['draft']);
    if (!found.ok) return found;
    const { plan } = found.value;
    const now = this.#now();
    const begins = startsAt(plan.start, now);
    if (begins === null) return fail({ code: 'bad-request', field: 'start' });
    const lent = await this.#prepare(found.value, go, 'campaign.start');
    if (!lent.ok) return lent;
    const begun = await this.#parts.store.campaignBegin({
      id: go.campaignId,
      user: this.#parts.client.info.user,
      at: new Date(now).toISOString(),
      startsAt: new Date(begins).toISOString(),
      endsAt: plan.days === null ? null : new Date(begins + plan.days * DAY).toISOString(),
    });
    return this.#goOn(begun, lent.value);
  }

  /** Lets one go on that was paused or stopped, those forgiven who failed until now; or lends the signer to one that runs. */
  async resume(go: Go): Promise<Result<Campaign, ConsoleError>> {
    const found = await this.#inState(go.campaignId, ['active', 'paused', 'stopped']);
    if (!found.ok) return found;
    const { state } = found.value;
    const lent = await this.#prepare(found.value, go, state === 'active' ? 'campaign.lend' : 'campaign.resume');
    if (!lent.ok) return lent;
    if (state === 'active') return this.#goOn(found, lent.value, false);
    if (state === 'stopped') await this.#parts.store.campaignForgive(go.campaignId);
    const turned = await this.#turn(go.campaignId, 'active');
    return this.#goOn(turned, lent.value);
  }

  /** Takes those who failed or were missed once more, as long again as the plan says. */
  async retry(go: Go): Promise<Result<Campaign, ConsoleError>> {
    const found = await this.#inState(go.campaignId, ['active', 'paused', 'stopped', 'done']);
    if (!found.ok) return found;
    const { counts, plan } = found.value;
    if (counts.failed + counts.missed === 0) return fail({ code: 'nothing-selected' });
    const lent = await this.#prepare(found.value, go, 'campaign.retry');
    if (!lent.ok) return lent;
    const endsAt = plan.days === null ? null : new Date(this.#now() + plan.days * DAY).toISOString();
    const again = await this.#parts.store.campaignAgain({ id: go.campaignId, endsAt });
    if (!again.ok) return again;
    return this.#goOn(await this.#turn(go.campaignId, 'active'), lent.value);
  }

  /** Asks nobody more; who is at work comes to its end. */
  async pause(campaignId: string): Promise<Result<Campaign, ConsoleError>> {
    const found = await this.#inState(campaignId, ['active']);
    if (!found.ok) return found;
    const noted = await this.#note('campaign.pause', found.value, {}, '');
    if (!noted.ok) return noted;
    return this.#goOn(await this.#turn(campaignId, 'paused'), null, false);
  }

  /** Ends it for good: nobody is asked or followed any more. */
  async cancel(campaignId: string): Promise<Result<Campaign, ConsoleError>> {
    const found = await this.#inState(campaignId, ['active', 'paused', 'stopped']);
    if (!found.ok) return found;
    const noted = await this.#note('campaign.cancel', found.value, { ...found.value.counts }, '');
    if (!noted.ok) return noted;
    this.#drop(campaignId);
    const hosts = await this.#parts.store.campaignHosts(campaignId);
    if (!hosts.ok) return hosts;
    const endedAt = new Date(this.#now()).toISOString();
    for (const { uuid, open } of hosts.value) {
      if (open !== null)
        await this.#parts.store.campaignTryNote({
          id: campaignId,
          uuid,
          attempt: open.attempt,
          endedAt,
          outcome: 'stopped',
        });
    }
    const left = hosts.value.filter((host) => host.phase === 'waiting' || host.phase === 'out');
    await this.#parts.store.campaignHostsPut({
      id: campaignId,
      hosts: left.map((host) => ({ ...host, phase: 'cancelled' as const })),
    });
    return this.#view(await this.#turn(campaignId, 'cancelled'));
  }

  async #inState(
    campaignId: string,
    states: readonly StoredCampaign['state'][],
  ): Promise<Result<StoredCampaign, ConsoleError>> {
    const found = await this.#parts.store.campaign(campaignId);
    if (found.ok && !states.includes(found.value.state)) return fail({ code: 'campaign-state' });
    return found;
  }

  /** Checks what an order needs, lends the signer if wanted, and notes it: what cannot be written in the journal is not done. */
  async #prepare(campaign: StoredCampaign, go: Go, deed: string): Promise<Result<SignerGrant | null, ConsoleError>> {
    const { client, store, signer } = this.#parts;
    const clock = client.info.clockDifference;
    // Hosts drop orders that are more than six hours off, and say nothing (protocol 3.6).
    if (clock !== null && Math.abs(clock) > 6 * 3_600)
      return fail({ code: 'clock-off', facts: { seconds: Math.round(clock) } });
    const attribute = selectionAttribute(client);
    if (campaign.plan.steps.includes('servicing') && attribute === null)
      return fail({ code: 'unavailable', facts: { reason: 'selection-attribute' } });
    const hosts = await store.campaignHosts(campaign.id);
    if (!hosts.ok) return hosts;
    const uuids = hosts.value.map((host) => host.uuid);
    let grant: SignerGrant | null = null;
    const actions = [...new Set(campaign.plan.steps.map((step) => actionName(client, actionOf(step))))];
    if (go.signUntil !== null) {
      const selection = campaign.plan.steps.includes('servicing') ? attribute : null;
      const lent = signer.lend({ actions, uuids, until: Date.parse(go.signUntil), selectionAttribute: selection });
      if (!lent.ok) return lent;
      grant = lent.value;
    }
    const noted = await this.#note(
      deed,
      campaign,
      {
        steps: campaign.plan.steps,
        actions,
        hosts: uuids.length,
        hostsSha256: createHash('sha256').update(uuids.toSorted().join('\n')).digest('hex'),
        atOnce: campaign.plan.atOnce,
        signUntil: grant?.until ?? null,
      },
      go.reason,
    );
    if (!noted.ok) {
      grant?.end();
      return noted;
    }
    if (signer.state().kind === 'open') await sealJournal(this.#parts);
    return ok(grant);
  }

  #note(
    kind: string,
    campaign: StoredCampaign,
    facts: Readonly<Record<string, unknown>>,
    reason: string,
  ): Promise<Result<unknown, ConsoleError>> {
    return this.#parts.store.journalAppend({
      user: this.#parts.client.info.user,
      kind,
      facts: { campaign: campaign.id, name: campaign.name, ...facts },
      reason,
    });
  }

  #turn(
    id: string,
    state: StoredCampaign['state'],
    limit: 'failures' | 'percent' | null = null,
  ): Promise<Result<StoredCampaign, ConsoleError>> {
    const endedAt = state === 'done' || state === 'cancelled' ? new Date(this.#now()).toISOString() : null;
    return this.#parts.store.campaignTurn({ id, state, endedAt, limit });
  }

  /** Hands a changed campaign to its runner, anew where its hosts were changed in the store. */
  async #goOn(
    campaign: Result<StoredCampaign, ConsoleError>,
    grant: SignerGrant | null,
    isAnew = true,
  ): Promise<Result<Campaign, ConsoleError>> {
    if (!campaign.ok) {
      grant?.end();
      return campaign;
    }
    const { id } = campaign.value;
    const before = this.#runners.get(id);
    if (isAnew || before === undefined) {
      const kept = grant ?? before?.give() ?? null;
      this.#drop(id);
      await this.#run(campaign.value, kept);
    } else {
      if (grant !== null) before.lend(grant);
      before.turn(campaign.value);
    }
    return this.#view(campaign);
  }

  async #run(campaign: StoredCampaign, grant: SignerGrant | null = null): Promise<void> {
    const hosts = await this.#parts.store.campaignHosts(campaign.id);
    if (!hosts.ok || this.#isStopped) {
      grant?.end();
      return;
    }
    const { client, store, sync, signer, time, onBug } = this.#parts;
    const parts: RunnerParts = {
      client,
      store,
      sync,
      signer,
      gate: this.#gate,
      now: this.#now,
      taskWaitMs: time.taskWaitMs,
      onChange: (id) => this.#tell(id),
      onRest: (runner, decision) => this.#rest(runner, decision),
      onBug,
    };
    const runner = new CampaignRunner(parts, campaign, hosts.value);
    if (grant !== null) runner.lend(grant);
    this.#runners.set(campaign.id, runner);
    runner.start();
  }

  #drop(campaignId: string): void {
    this.#runners.get(campaignId)?.stop();
    this.#runners.delete(campaignId);
  }

  /** Everybody has ended, or too many failed. */
  async #rest(runner: CampaignRunner, decision: CampaignDecision): Promise<void> {
    const { id } = runner.campaign;
    const isDone = decision.standing === 'done';
    const now = await this.#parts.store.campaign(id);
    if (!now.ok || now.value.state === 'cancelled') return;
    const noted = await this.#note(
      isDone ? 'campaign.end' : 'campaign.stop',
      now.value,
      isDone ? { ...now.value.counts } : { limit: decision.limit, ...now.value.counts },
      '',
    );
    if (!noted.ok) return;
    await this.#sealBy(runner.grant);
    const turned = await this.#turn(id, isDone ? 'done' : 'stopped', isDone ? now.value.limit : decision.limit);
    if (!turned.ok) return;
    if (isDone) this.#drop(id);
    else {
      // Somebody has to look before anything more is signed.
      runner.give()?.end();
      runner.turn(turned.value);
    }
    this.#tell(id);
  }

  /** Seals by what was lent: nobody may be there, and the signer itself is not kept open by it. */
  async #sealBy(grant: SignerGrant | null): Promise<void> {
    if (grant?.isAlive() === true) await sealJournal({ store: this.#parts.store, signer: grant });
  }

  #view(campaign: Result<StoredCampaign, ConsoleError>): Result<Campaign, ConsoleError> {
    if (!campaign.ok) return campaign;
    this.#tell(campaign.value.id);
    const runner = this.runner(campaign.value.id);
    return ok(viewCampaign(campaign.value, { runner, isElsewhere: false, now: this.#now() }));
  }

  // At most four times a second, and never without the last state.
  #tell(campaignId: string): void {
    if (this.#told.has(campaignId) || this.#isStopped) return;
    const timer = setTimeout(() => {
      this.#told.delete(campaignId);
      this.#parts.events.emit('campaigns.changed', { campaignId });
    }, TELL);
    this.#told.set(campaignId, timer);
  }
}
