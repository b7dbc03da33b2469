import { second } from '../clock.ts';
import { Agent, type Refusal } from './agent.ts';
import type { World } from './memory.ts';
import type { HostProfile } from './profile.ts';
import { makeRounds } from './rounds.ts';

/** All simulated hosts of a lab, as the server sees their connections. */
export type Fleet = {
  /** The host behind a connection; null when it is not connected or unknown. */
  readonly connected: (uuid: string) => Agent | null;
  /** Connects or disconnects a host. */
  readonly connect: (uuid: string, connected: boolean) => void;
  /** Sends a magic packet: a host that is merely off comes up after a moment of life, one that is gone does not. */
  readonly wake: (uuid: string) => void;
  /** What hosts dropped, oldest first: nobody but a test sees it. */
  readonly refusals: () => readonly Refusal[];
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

/** Makes the hosts; `trusted` gives the certificates in a host's `ssl` folder. */
export function makeFleet(
  world: World,
  profiles: readonly HostProfile[],
  trusted: (profile: HostProfile) => readonly string[],
  schedules: boolean,
): Fleet {
  const refusals: Refusal[] = [];
  const agents = new Map(
    profiles.map((profile) => [
      profile.uuid,
      new Agent(world, profile, trusted(profile), schedules, (refusal) => refusals.push(refusal)),
    ]),
  );
  const online = new Set(
    profiles
      .filter((profile) => world.store.hosts.get(profile.uuid)?.['reachable'] === 'OK')
      .map((profile) => profile.uuid),
  );
  const booting = new Set<NodeJS.Timeout>();
  const connect = (uuid: string, connected: boolean): void => {
    const agent = agents.get(uuid);
    if (agent === undefined || online.has(uuid) === connected) return;
    if (connected) {
      online.add(uuid);
      agent.wake();
    } else online.delete(uuid);
    world.store.patchHost(uuid, {
      reachable: connected ? 'OK' : 'DISCONNECTED',
      listening_protocol: connected ? 'websockets' : null,
      server_uuid: connected ? world.store.meta.serverUuid : null,
      listening_timestamp: world.clock.utcStamp(),
    });
  };
  // However fast the lab runs, a host looks at the repository ten times a second at most.
  const period = Math.max(100, world.clock.paced(8 * second));
  const rounds = makeRounds([...agents.values()], period, (agent) => {
    if (online.has(agent.profile.uuid)) agent.cycle();
  });
  return {
    connected: (uuid) => (online.has(uuid) ? (agents.get(uuid) ?? null) : null),
    connect,
    wake: (uuid) => {
      const behaviour = agents.get(uuid)?.profile.behaviour ?? 'gone';
      if (behaviour === 'gone' || online.has(uuid)) return;
      const timer = setTimeout(
        () => {
          booting.delete(timer);
          connect(uuid, true);
        },
        world.clock.paced(40 * second),
      );
      booting.add(timer);
    },
    refusals: () => refusals,
    start: () => {
      for (const uuid of online) agents.get(uuid)?.wake();
      rounds.start();
    },
    stop: async () => {
      rounds.stop();
      for (const timer of booting) clearTimeout(timer);
      await Promise.all([...agents.values()].map((agent) => agent.stop()));
    },
  };
}
