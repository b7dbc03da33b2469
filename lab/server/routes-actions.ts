import type { Fleet } from '../agents/fleet.ts';
import { textOf } from '../text.ts';
import { exception, refusal, success } from './envelope.ts';
import { type Call, jsonBody, type Route, type RouteAnswer } from './routing.ts';
import type { Store } from './store.ts';

type Action = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

/** Uuids that an action names, by the server's order of protocol 3.2; null when it names none. */
function targetsOf(store: Store, action: Action): string[] | null {
  if (typeof action['uuid'] === 'string') return [action['uuid']];
  if (action['uuids'] !== undefined) return listOf(action['uuids']);
  if (action['organizational_units'] === undefined) return null;
  const units = listOf(action['organizational_units']).map((unit) => unit.toLowerCase());
  const children = textOf(action['include_childs_ou'] ?? '1') === '1';
  return store.hosts
    .values()
    .filter((host) => {
      const dn = textOf(host['computer_ad_ou']).toLowerCase();
      return units.some((unit) => dn === unit || (children && dn.endsWith(`,${unit}`)));
    })
    .map((host) => host.uuid);
}

/** Orders to hosts, relayed without a look at their signatures, and the tasks that they lead to (protocol 3). */
export function actionRoutes(store: Store, fleet: Fleet, canWake: boolean): Route[] {
  const trigger = async (call: Call): Promise<RouteAnswer> => {
    const body = await jsonBody(call);
    if (!body.ok) return body.answer;
    const actions = (
      Array.isArray(body.value) ? body.value : body.value ? [body.value] : []
    ) as readonly (Action | null)[];
    if (actions.length === 0) return exception("EWaptForbiddden('Invalid action',)");
    if (actions.some((action) => !action?.['signature'])) {
      return exception("EWaptBadSignature('One or some actions not signed, not relayed',)");
    }
    let launched = 0;
    let skipped = 0;
    for (const action of actions) {
      if (action === null) continue;
      const targets = targetsOf(store, action);
      if (targets === null)
        return exception('UnboundLocalError("local variable \'where\' referenced before assignment",)');
      for (const uuid of targets) {
        const agent = fleet.connected(uuid);
        if (agent === null) continue;
        if (store.hosts.get(uuid)?.['server_uuid'] !== store.meta.serverUuid) {
          skipped += 1;
          continue;
        }
        // As the websocket does: the answer does not wait for the host.
        setImmediate(() => agent.receive(action));
        if (action['notify_server']) launched += 1;
      }
    }
    return success(`${launched} actions launched, 0 errors, ${skipped} skipped, 0 server errors`, []);
  };

  const tasks = async (call: Call): Promise<RouteAnswer> => {
    const uuid = call.query.get('uuid');
    if (uuid === null) return exception("EWaptMissingParameter('Parameter uuid is missing',)");
    const agent = fleet.connected(uuid);
    if (agent === null) return exception("EWaptHostUnreachable('Host not connected, Websocket sid not in database',)");
    const number = (name: string, fallback: number): number => {
      const value = Number.parseFloat(call.query.get(name) ?? '');
      return Number.isNaN(value) ? fallback : value;
    };
    const result = await agent.tasks(number('last_event_id', -1), Math.min(number('timeout', 2), 60) * 1000);
    return success(
      `Tasks status for ${textOf(store.hosts.get(uuid)?.['computer_fqdn'])}`,
      result ?? [],
      call.elapsed(),
    );
  };

  const wake = async (call: Call): Promise<RouteAnswer> => {
    const body = await jsonBody(call);
    if (!body.ok) return body.answer;
    const uuids = listOf((body.value as Action | null)?.['uuids'] ?? []);
    const woken = uuids.flatMap((uuid) => {
      const host = store.hosts.get(uuid);
      fleet.wake(uuid);
      return host === undefined
        ? []
        : [{ uuid, computer_fqdn: host['computer_fqdn'], mac_addresses: host['mac_addresses'] }];
    });
    store.settings.set(`wake ${store.nextId('wakes')}`, { uuids, by: call.session?.user.name ?? null });
    return success('Wakeonlan packets sent.', woken);
  };

  const cancel = (call: Call): RouteAnswer => {
    const uuid = call.query.get('uuid') ?? '';
    const fqdn = textOf(store.hosts.get(uuid)?.['computer_fqdn']);
    return refusal(`Error canceling task on ${fqdn}: timeout`, 'ewapttimeoutwaitingforresult');
  };

  return [
    {
      methods: ['POST'],
      paths: ['/api/v3/trigger_host_action'],
      rights: ['trigger_host_action', 'trigger_host_upgrade'],
      answer: trigger,
    },
    { methods: ['GET'], paths: ['/api/v3/host_tasks_status'], rights: ['view'], answer: tasks },
    ...(canWake
      ? [
          {
            methods: ['POST' as const],
            paths: ['/api/v3/trigger_wakeonlan'],
            rights: ['trigger_host_action'],
            answer: wake,
          },
        ]
      : []),
    { methods: ['GET'], paths: ['/api/v3/trigger_cancel_task'], rights: ['trigger_host_action'], answer: cancel },
  ];
}
