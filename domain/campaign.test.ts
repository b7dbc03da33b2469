import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterTry,
  type CampaignHost,
  type CampaignPlan,
  type Circumstances,
  campaignOutlook,
  decideCampaign,
  limitPassed,
  type TryOutcome,
  WAKE_TIME,
  waveAt,
} from './campaign.ts';
import { isOpen } from './campaign-time.ts';

const NOW = new Date(2026, 10, 21, 12).getTime();
const MINUTE = 60_000;
const plan = (more: Partial<CampaignPlan> = {}): CampaignPlan => ({
  steps: ['scan'],
  atOnce: 2,
  waves: [],
  start: { kind: 'now' },
  windows: [],
  days: 7,
  wake: false,
  stop: { failures: null, percent: null },
  retries: 0,
  retryMinutes: 10,
  ...more,
});
const host = (uuid: string, more: Partial<CampaignHost> = {}): CampaignHost => ({
  uuid,
  wave: 0,
  phase: 'waiting',
  step: 0,
  failures: 0,
  isForgiven: false,
  hasBegun: false,
  notBefore: null,
  isReachable: true,
  isKnown: true,
  wokenAt: null,
  ...more,
});
const at = (more: Partial<Circumstances> = {}): Circumstances => ({
  now: NOW,
  startsAt: NOW,
  endsAt: NOW + 86_400_000,
  isPaused: false,
  canSign: true,
  server: 'ready',
  ...more,
});

describe('whom a campaign asks', () => {
  it('asks as many at once as it may, in order, and says why the others wait', () => {
    const hosts = [
      host('a'),
      host('gone', { isKnown: false }),
      host('off', { isReachable: false }),
      host('b'),
      host('later', { notBefore: NOW + MINUTE, hasBegun: true, failures: 1 }),
      host('c'),
      host('second', { wave: 1 }),
    ];
    const decision = decideCampaign(plan(), hosts, at());
    expect(decision).toMatchObject({ standing: 'running', ask: ['a', 'b'], waitsFor: null });
    expect(Object.fromEntries(decision.waits)).toEqual({
      gone: 'gone',
      off: 'off',
      later: 'retry',
      c: 'turn',
      second: 'wave',
    });
    expect(decision.nextLook).toBe(NOW + MINUTE);
  });

  it('goes on with who has begun before it begins with somebody else', () => {
    const hosts = [host('a'), host('b', { hasBegun: true, step: 1 }), host('c', { phase: 'out', hasBegun: true })];
    expect(decideCampaign(plan({ steps: ['scan', 'install'] }), hosts, at()).ask).toEqual(['b']);
  });

  it('opens a wave when nobody of the one before is at work or could be', () => {
    const first = [host('a', { hasBegun: true, phase: 'out' }), host('b', { hasBegun: true, phase: 'done' })];
    const second = [host('c', { wave: 1 }), host('d', { wave: 1 })];
    expect(decideCampaign(plan({ atOnce: 9 }), [...first, ...second], at()).ask).toEqual([]);
    const ended = first.map((each) => ({ ...each, phase: 'done' as const }));
    expect(decideCampaign(plan({ atOnce: 9 }), [...ended, ...second], at()).ask).toEqual(['c', 'd']);
  });

  it('holds the next wave for a retry, and not for a host that is off', () => {
    const second = host('c', { wave: 1 });
    const retrying = host('a', { hasBegun: true, failures: 1, notBefore: NOW + MINUTE });
    expect(decideCampaign(plan(), [retrying, second], at()).ask).toEqual([]);
    const off = host('a', { isReachable: false });
    expect(decideCampaign(plan(), [off, second], at()).ask).toEqual(['c']);
  });

  it('takes a host of an earlier wave that comes back, without closing the one that is open', () => {
    const hosts = [host('late'), host('now', { wave: 1, hasBegun: true, phase: 'out' }), host('next', { wave: 1 })];
    expect(decideCampaign(plan({ atOnce: 9 }), hosts, at()).ask).toEqual(['late', 'next']);
  });

  it.each<[string, Partial<Circumstances>, Partial<CampaignPlan>, string, string | null]>([
    ['before its beginning', { startsAt: NOW + MINUTE }, {}, 'scheduled', 'start'],
    ['outside of its window', {}, { windows: [{ days: [0], from: '10:00', to: '11:00' }] }, 'waiting', 'window'],
    ['without a signer', { canSign: false }, {}, 'waiting', 'signer'],
    ['without the server', { server: 'away' }, {}, 'waiting', 'server'],
    ['signed out', { server: 'signed-out', canSign: false }, {}, 'waiting', 'signed-out'],
    ['paused', { isPaused: true }, {}, 'paused', null],
  ])('asks nobody %s', (_name, where, what, standing, waitsFor) => {
    const decision = decideCampaign(plan(what), [host('a')], at(where));
    expect(decision).toMatchObject({ standing, waitsFor, ask: [], wake: [] });
    expect(decision.waits.size).toBe(1);
  });

  it('says when to look again', () => {
    const windows = [{ days: [6], from: '14:00', to: '15:00' }];
    expect(decideCampaign(plan({ windows }), [host('a')], at()).nextLook).toBe(new Date(2026, 10, 21, 14).getTime());
    expect(decideCampaign(plan(), [host('a')], at({ startsAt: NOW + 5 })).nextLook).toBe(NOW + 5);
  });

  it('waits for hosts that are off until its time is over; then nobody is lost', () => {
    const hosts = [host('a', { isReachable: false }), host('b', { phase: 'done' })];
    expect(decideCampaign(plan(), hosts, at())).toMatchObject({ standing: 'waiting', waitsFor: 'off' });
    const over = at({ endsAt: NOW });
    expect(decideCampaign(plan(), hosts, over)).toMatchObject({ standing: 'done', missed: ['a'] });
    const working = [...hosts, host('c', { phase: 'out' })];
    expect(decideCampaign(plan(), working, over)).toMatchObject({ standing: 'running', missed: ['a'], ask: [] });
  });

  it('wakes who is off, no more than it has room for, and not again the same day', () => {
    const off = (uuid: string, wokenAt: number | null = null) => host(uuid, { isReachable: false, wokenAt });
    const waker = plan({ wake: true, atOnce: 3 });
    expect(decideCampaign(waker, [host('a'), off('b'), off('c'), off('d')], at()).wake).toEqual(['b', 'c']);
    const woken = [off('b', NOW - 1), off('c', NOW - 1), off('d'), off('e')];
    expect(decideCampaign(waker, woken, at()).wake).toEqual(['d']);
    expect(decideCampaign(waker, [off('b', NOW - WAKE_TIME)], at()).wake).toEqual([]);
    expect(decideCampaign(plan(), [off('b')], at()).wake).toEqual([]);
  });
});

describe('failures', () => {
  it('stop a campaign by their number or their share', () => {
    const failed = (n: number) => Array.from({ length: n }, (_, i) => host(`f${i}`, { phase: 'failed', failures: 1 }));
    const done = (n: number) => Array.from({ length: n }, (_, i) => host(`d${i}`, { phase: 'done' }));
    expect(limitPassed({ failures: 3, percent: null }, [...failed(2), ...done(9)])).toBeNull();
    expect(limitPassed({ failures: 3, percent: null }, failed(3))).toBe('failures');
    expect(limitPassed({ failures: null, percent: 50 }, failed(4))).toBeNull();
    expect(limitPassed({ failures: null, percent: 50 }, failed(5))).toBe('percent');
    expect(limitPassed({ failures: null, percent: 50 }, [...failed(2), ...done(3)])).toBeNull();
    expect(limitPassed({ failures: null, percent: 50 }, [...failed(3), ...done(3)])).toBe('percent');
    expect(limitPassed({ failures: 1, percent: null }, [host('a', { failures: 1 })])).toBe('failures');
    const forgiven = host('a', { failures: 1, isForgiven: true });
    expect(limitPassed({ failures: 1, percent: null }, [forgiven])).toBeNull();
    expect(limitPassed({ failures: 1, percent: null }, [afterTry(plan(), forgiven, 'failed', NOW)])).toBe('failures');
    const decision = decideCampaign(plan({ stop: { failures: 1, percent: null } }), [...failed(1), host('a')], at());
    expect(decision).toMatchObject({ standing: 'stopped', limit: 'failures', ask: [] });
  });

  it('of a step are tried again so often; who is innocent is tried again without counting', () => {
    const twice = plan({ retries: 1, steps: ['scan', 'install'] });
    const first = afterTry(twice, host('a', { phase: 'out' }), 'failed', NOW);
    expect(first).toMatchObject({ phase: 'waiting', failures: 1, notBefore: NOW + 10 * MINUTE });
    expect(afterTry(twice, first, 'no-task', NOW)).toMatchObject({ phase: 'failed', failures: 2 });
    expect(afterTry(twice, first, 'off', NOW)).toMatchObject({ phase: 'waiting', failures: 1 });
    expect(afterTry(twice, first, 'done', NOW)).toMatchObject({ phase: 'waiting', step: 1, failures: 0 });
    expect(afterTry(twice, host('a', { step: 1 }), 'nothing', NOW)).toMatchObject({ phase: 'done' });
  });
});

describe('the outlook', () => {
  it('counts waves and rounds', () => {
    expect([0, 4, 5, 14, 15, 99].map((position) => waveAt([5, 10], position))).toEqual([0, 0, 1, 1, 2, 2]);
    const outlook = campaignOutlook(plan({ waves: [5, 10], atOnce: 4, steps: ['scan', 'install'] }), 40, NOW);
    expect(outlook).toEqual({
      startsAt: NOW,
      waves: [5, 10, 25],
      rounds: 2 + 3 + 7,
      earliestEnd: NOW + 12 * 25 * MINUTE,
    });
    expect(campaignOutlook(plan({ atOnce: 1, days: 1 }), 400, NOW).earliestEnd).toBeNull();
    expect(campaignOutlook(plan(), 0, NOW)).toMatchObject({ waves: [], rounds: 0, earliestEnd: NOW });
  });
});

describe('a campaign from its beginning to its end', () => {
  const outcome = fc.constantFrom<TryOutcome>('done', 'done', 'done', 'failed', 'no-task', 'not-launched', 'off');
  const plans = fc.record({
    steps: fc.constantFrom<CampaignPlan['steps'][]>(['scan'], ['scan', 'install'], ['scan', 'download', 'install']),
    atOnce: fc.integer({ min: 1, max: 6 }),
    waves: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
    windows: fc.constantFrom([], [{ days: [0, 1, 2, 3, 4, 5, 6], from: '13:00', to: '15:30' }]),
    wake: fc.boolean(),
    retries: fc.integer({ min: 0, max: 2 }),
    failures: fc.constantFrom(null, 3),
  });
  /** What happens to each host by turns: how its tries end, and whether it is there. */
  const fates = fc.array(
    fc.record({
      outcomes: fc.array(outcome, { minLength: 1, maxLength: 5 }),
      presence: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
      minutes: fc.integer({ min: 1, max: 70 }),
    }),
    { minLength: 1, maxLength: 14 },
  );

  it('never asks more than it may, never outside its window, each try once, and loses nobody', () => {
    fc.assert(
      fc.property(plans, fates, ({ failures, ...some }, each) => {
        const what = plan({ ...some, stop: { failures, percent: null } });
        const endsAt = NOW + 3 * 86_400_000;
        let hosts = each.map((_, i) => host(`h${i}`, { wave: waveAt(what.waves, i) }));
        const tries = new Map<string, number>();
        const endings: { readonly uuid: string; readonly at: number; readonly outcome: TryOutcome }[] = [];
        let standing = 'running';
        for (let now = NOW, turn = 0; now <= endsAt + 3 * 3_600_000; now += 7 * MINUTE, turn++) {
          for (const ending of endings.filter((one) => one.at <= now)) {
            endings.splice(endings.indexOf(ending), 1);
            hosts = hosts.map((one) => (one.uuid === ending.uuid ? afterTry(what, one, ending.outcome, now) : one));
          }
          hosts = hosts.map((one, i) => {
            const { presence } = each[i] ?? { presence: [true] };
            return { ...one, isReachable: presence[Math.floor(turn / 9) % presence.length] ?? true };
          });
          const decision = decideCampaign(what, hosts, at({ now, startsAt: NOW + MINUTE, endsAt }));
          standing = decision.standing;
          const byUuid = new Map(hosts.map((one) => [one.uuid, one]));
          if (decision.ask.length > 0) expect(isOpen(what.windows, now) && now < endsAt).toBe(true);
          expect(new Set(decision.ask).size).toBe(decision.ask.length);
          for (const uuid of decision.ask) {
            const one = byUuid.get(uuid);
            expect(one).toMatchObject({ phase: 'waiting', isReachable: true });
            const step = one?.step ?? 0;
            const key = `${uuid} ${step} ${one?.failures ?? 0}`;
            const { outcomes, minutes } = each[Number(uuid.slice(1))] ?? { outcomes: [], minutes: 1 };
            const n = tries.get(key) ?? 0;
            tries.set(key, n + 1);
            const total = [...tries].filter(([name]) => name.startsWith(`${uuid} `)).reduce((sum, [, m]) => sum + m, 0);
            // One that is always away again would be asked for ever; it comes to rest here.
            const ends = total > 20 ? 'done' : (outcomes[(total - 1) % outcomes.length] ?? 'done');
            // The same try is only given again where the first did not count.
            const before = outcomes[(total - 2 + outcomes.length) % outcomes.length];
            if (n > 0) expect(before).toBe('off');
            endings.push({ uuid, at: now + minutes * MINUTE, outcome: ends });
          }
          const asked = new Set(decision.ask);
          const missed = new Set(decision.missed);
          hosts = hosts.map((one) =>
            asked.has(one.uuid)
              ? { ...one, phase: 'out', hasBegun: true }
              : missed.has(one.uuid)
                ? { ...one, phase: 'missed' }
                : one,
          );
          expect(hosts.filter((one) => one.phase === 'out').length).toBeLessThanOrEqual(what.atOnce);
          // Everybody who waits has a reason, as long as the campaign goes on.
          if (standing === 'running' || standing === 'waiting') {
            for (const one of hosts) expect(one.phase === 'waiting').toBe(decision.waits.has(one.uuid));
          }
          if (standing === 'stopped' && endings.length === 0) break;
        }
        if (standing === 'stopped') expect(limitPassed(what.stop, hosts)).toBe('failures');
        else {
          expect(standing).toBe('done');
          for (const one of hosts) expect(['done', 'failed', 'missed']).toContain(one.phase);
        }
        expect(hosts.map((one) => one.uuid)).toEqual(each.map((_, i) => `h${i}`));
      }),
      { numRuns: 60 },
    );
  });
});
