import { z } from 'zod';
import { hostUuid, opaqueId } from './common.ts';

/** What can be ordered. `refresh` makes a host notice new packages (protocol 3.7, 3.8). */
export const actionKind = z.enum(['scan', 'download', 'install', 'refresh']);

/** One of the orders. */
export type ActionKind = z.infer<typeof actionKind>;

export const triggerRequest = z.strictObject({
  action: actionKind,
  uuids: z.array(hostUuid).min(1).max(20_000),
});

export const runRef = z.strictObject({ runId: opaqueId });

/**
 * Where one host stands in a run. Asked, sent, launched, appeared and ended are five facts: `launched` is what the server counted,
 * `no-task` that nothing appeared on the host in time although it was launched.
 */
export type HostProgress =
  | 'waiting'
  | 'unreachable'
  | 'sent'
  | 'not-launched'
  | 'launched'
  | 'running'
  | 'no-task'
  | 'done'
  | 'failed'
  | 'stopped';

/** One host of a run. */
export interface RunHost {
  readonly uuid: string;
  readonly fqdn: string;
  readonly progress: HostProgress;
  readonly taskId: number | null;
  /** 0 to 100. */
  readonly percent: number | null;
  /** What the host's task or the server said, raw. */
  readonly message: string | null;
  /** Error code where our own side failed. */
  readonly code: string | null;
  readonly changedAt: string;
}

/** One order to a selection of hosts. Times ISO with zone. */
export interface ActionRun {
  readonly id: string;
  readonly action: ActionKind;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** What the server said of the last post, raw. */
  readonly serverMessage: string | null;
  readonly hosts: readonly RunHost[];
}
