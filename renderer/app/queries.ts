import { QueryClient, type QueryKey } from '@tanstack/react-query';
import type { Bridge } from '../../contract/bridge.ts';
import type { Events } from '../../contract/events.ts';
import type { CallName } from '../../contract/names.ts';
import { ConsoleFailure, putAnswer } from './console.ts';

/** What is kept of main's answers. Main is on this machine, so nothing waits for a network and nothing is asked again by itself. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        retry: (count, failure) => count < 1 && failure instanceof ConsoleFailure && failure.error.code === 'internal',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** What rules do, computed from hosts, updates and packages. */
const computed: readonly CallName[] = [
  'rules.forecast',
  'rules.pairs',
  'rules.contradictions',
  'rules.why',
  'rules.coverage',
];

/** Figures of the whole fleet, and what is behind them. */
const fleet: readonly CallName[] = [
  'downloads.disk',
  'downloads.repositories',
  'fleet.behind',
  'fleet.overview',
  'fleet.trend',
  'fleet.news',
];

const subjects: Readonly<Record<Events['store.changed']['subjects'][number], readonly CallName[]>> = {
  updates: [
    'updates.list',
    'updates.query',
    'updates.get',
    'updates.hosts',
    'hosts.compare',
    'cves.list',
    'cves.audit',
    'cves.ofUpdate',
    'failures.board',
    'failures.knownBad',
    'failures.knownBadOn',
    'triage.list',
    'rings.status',
    'builder.run',
    ...computed,
    ...fleet,
  ],
  hosts: [
    'hosts.list',
    'hosts.get',
    'hosts.updates',
    'hosts.compare',
    'cves.list',
    'cves.audit',
    'cves.ofUpdate',
    'failures.board',
    'failures.knownBad',
    'failures.knownBadOn',
    'options.reported',
    'updates.hosts',
    'packages.hosts',
    'rings.status',
    'assignment.list',
    'rules.stated',
    ...computed,
    ...fleet,
  ],
  packages: [
    'assignment.list',
    'packages.list',
    'history.versions',
    'packages.read',
    'packages.hosts',
    'packages.check',
    'triage.list',
    'rings.status',
    'builder.run',
    'downloads.disk',
    ...computed,
  ],
  drafts: ['drafts.list', 'packages.check', 'triage.list', 'rules.pairs', 'rules.contradictions', 'rules.why'],
  journal: ['journal.list', 'journal.check', 'history.versions'],
  triage: ['triage.list'],
  rings: ['rings.list', 'rings.status'],
  campaigns: ['campaigns.list', 'campaigns.get', 'campaigns.tries', 'fleet.behind'],
};

/** Whether what one sees is looked at: while it is not, nothing is asked again, and when it is, all that changed meanwhile at once. */
export interface Gate {
  readonly isOpen: () => boolean;
  readonly onChange: (listener: () => void) => () => void;
}

/** Keeps the answers true: each event says which questions to ask again. The answer ends it. */
export function followEvents(bridge: Bridge, client: QueryClient, gate?: Gate): () => void {
  const afterwards = new Set<string>();
  const held = new Map<string, () => void>();
  const orHold = (key: string, work: () => void): void => {
    if (gate === undefined || gate.isOpen()) work();
    else held.set(key, work);
  };
  const again = (names: readonly CallName[]): void => orHold(names.join(), () => askAgain(names));
  const askAgain = (names: readonly CallName[]): void => {
    const wanted = new Set<unknown>(names);
    const predicate = ({ queryKey }: { readonly queryKey: QueryKey }): boolean => wanted.has(queryKey[0]);
    // A first answer that is under way is not asked for anew by invalidating it, and may be older than the event.
    const underWay = client
      .getQueryCache()
      .findAll({ predicate, fetchStatus: 'fetching' })
      .filter((query) => query.state.data === undefined && !afterwards.has(query.queryHash));
    void client.invalidateQueries({ predicate });
    for (const { queryHash, queryKey, promise } of underWay) {
      afterwards.add(queryHash);
      const ask = (): void => {
        afterwards.delete(queryHash);
        void client.invalidateQueries({ queryKey, exact: true });
      };
      void promise?.then(ask, ask);
    }
  };
  let session = '';
  const ends = [
    bridge.on('session.changed', (state) => {
      putAnswer(client, 'session.state', {}, state);
      const now = state.kind === 'none' ? 'none' : `${state.kind} ${state.profile.id}`;
      if (now !== session) {
        session = now;
        const kept = new Set<unknown>(['session.state', 'settings.get', 'app.info']);
        orHold('all', () => void client.invalidateQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) }));
      }
    }),
    bridge.on('signer.changed', (state) => putAnswer(client, 'signer.state', {}, state)),
    bridge.on('sync.changed', (state) => {
      putAnswer(client, 'sync.state', {}, state);
      if (state.phase === 'idle') again(['sync.freshness']);
    }),
    bridge.on('store.changed', (change) => again(change.subjects.flatMap((subject) => subjects[subject]))),
    bridge.on('downloads.changed', () => again(['downloads.list', 'index.state'])),
    bridge.on('hosts.tasks', ({ uuid }) =>
      orHold(uuid, () => void client.invalidateQueries({ queryKey: ['hosts.tasks', { uuid }] })),
    ),
    bridge.on('actions.changed', () => again(['actions.runs'])),
    bridge.on('campaigns.changed', () => again(['campaigns.list', 'campaigns.get', 'campaigns.tries', 'fleet.behind'])),
    bridge.on('settings.changed', () => again(['settings.get', 'profiles.list'])),
    gate?.onChange(() => {
      if (!gate.isOpen()) return;
      const works = [...held.values()];
      held.clear();
      for (const work of works) work();
    }) ?? ((): void => undefined),
  ];
  return () => {
    for (const end of ends) end();
  };
}
