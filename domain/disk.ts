/** What the server's disk holds and lacks of what hosts need (protocol 4.1, 4.5). */
import type { StateCounts } from './update.ts';

/**
 * Why some host needs an update whose files the server lacks: `wanted` where it is allowed on one of them, so that the server fetches it; `held-back`
 * where it will be when its delay has run out; `forbidden` where no host may install it; `unclear` where no host says enough.
 */
export type Lack = 'wanted' | 'held-back' | 'forbidden' | 'unclear';

/** The lacks in the order of their weight. */
export const LACKS = ['wanted', 'held-back', 'forbidden', 'unclear'] as const satisfies readonly Lack[];

/** Why an update is needed while its files are not on the server; null where no host needs it. */
export function lackOf(hosts: StateCounts): Lack | null {
  if (hosts.needed === 0) return null;
  if (hosts.pending + hosts.missing + hosts.failed > 0) return 'wanted';
  if (hosts.heldBack > 0) return 'held-back';
  return hosts.forbidden > 0 ? 'forbidden' : 'unclear';
}

/**
 * Why no host will fetch the files that the server has of an update: `superseded` where a newer one replaces it, `done` where every host that reports it
 * has it installed, `unreported` where no host reports it any more, `forbidden` where all hosts that need it may not install it.
 */
export type Idle = 'superseded' | 'done' | 'unreported' | 'forbidden';

/** The reasons from the one that is safest to delete on. */
export const IDLES = ['superseded', 'done', 'unreported', 'forbidden'] as const satisfies readonly Idle[];

/** Why no host will fetch the files of an update; null where one will, now or when its delay has run out, or where one does not say enough. */
export function idleOf(hosts: StateCounts, isSuperseded: boolean): Idle | null {
  if (hosts.needed > 0) return hosts.forbidden === hosts.needed ? 'forbidden' : null;
  if (isSuperseded || hosts.superseded > 0) return 'superseded';
  return hosts.reported === 0 ? 'unreported' : 'done';
}

/**
 * Whether deleted files would be fetched again: `no` while a newer update is there; `host` when a host comes that is not known to have it; `decision` as
 * soon as somebody allows it, which nobody has decided; `rule` when the rule that forbids it goes.
 */
export type Again = 'no' | 'host' | 'rule' | 'decision';

/** What would have the files fetched again; `isRuled` says whether a published rule mentions the update. */
export function againOf(idle: Idle, isRuled: boolean): Again {
  if (idle === 'forbidden') return isRuled ? 'rule' : 'decision';
  return idle === 'superseded' ? 'no' : 'host';
}

/** What one knows of the size of an update's files. Updates of one bundle have the very same files. */
export interface Sized {
  readonly bundle: number;
  /** Bytes of all its files, as hosts report it at most; null where they do not. */
  readonly maxDownloadSize: number | null;
}

/** Bytes of the files of some updates, the same files once. */
export function bytesOf(updates: Iterable<Sized>): number {
  const sizes = new Map<number, number>();
  for (const { bundle, maxDownloadSize } of updates)
    sizes.set(bundle, Math.max(sizes.get(bundle) ?? 0, maxDownloadSize ?? 0));
  let sum = 0;
  for (const size of sizes.values()) sum += size;
  return sum;
}

/** The name of the file of one of Microsoft's addresses, by which servers since 1.8 keep it. */
export function fileNameOf(url: string): string {
  const path = url.split(/[?#]/)[0] ?? '';
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}
