import type { ContradictionCount, ContradictionReason } from '../../../contract/schemas/rules.ts';
import type { Decision } from '../../../domain/decision.ts';
import { CODE, DECISIONS, layOut } from '../../../domain/policy.ts';
import { type Basis, scannedSince } from './basis.ts';
import { NOT_SAID } from './columns.ts';
import type { FleetHost, IndexedPackage } from './fleet.ts';

/** A row whose reported decision is not the one that the published rules make; positions of `Basis`. */
export interface Contradiction {
  readonly row: number;
  readonly host: number;
  readonly update: number;
  readonly reported: Decision;
  readonly decision: Decision;
  readonly reason: ContradictionReason;
}

/** Whether a host trusts a signer; null where it does not say. */
export function trusts(host: FleetHost, fingerprints: readonly string[]): boolean | null {
  const trusted = host.host.trustedSigners;
  if (trusted === null) return null;
  const known = new Set(trusted.map((each) => each.toLowerCase()));
  return fingerprints.some((each) => known.has(each.toLowerCase()));
}

/** Whether a host takes packages of a maturity (none written is PROD); null where it does not say. */
export function takes(host: FleetHost, maturity: string): boolean | null {
  const { maturities } = host.host;
  return maturities === null ? null : maturities.map((each) => each || 'PROD').includes(maturity || 'PROD');
}

/** Published packages that the host should have and has not in this version. */
export function notInstalled(host: FleetHost, newest: ReadonlyMap<string, IndexedPackage>): readonly IndexedPackage[] {
  return [...host.named].flatMap((name) => {
    const published = newest.get(name);
    if (published === undefined || published.isLegacy) return [];
    return host.installed.some((each) => each.package === name && each.version === published.version)
      ? []
      : [published];
  });
}

/** Why all that a host reports may differ from what is published; null: nothing about the host as a whole says so. */
export function hostReason({ fleet, signersOf }: Basis, host: FleetHost): ContradictionReason | null {
  const pending = notInstalled(host, fleet.newest);
  if (pending.length === 0) return scannedSince(host) ? null : 'scan-older-than-rules';
  const isUntrusted = pending.some((each) => {
    const signers = signersOf(each.package, each.version);
    return signers.length > 0 && trusts(host, signers) === false;
  });
  if (isUntrusted) return 'signer-not-trusted';
  if (pending.some((each) => takes(host, each.maturity) === false)) return 'maturity-not-taken';
  return 'package-not-installed-yet';
}

/** Finds the contradictions on the hosts that `counts` takes. */
export function contradictions(basis: Basis, now: number, counts: (host: number) => boolean): readonly Contradiction[] {
  const { rows, reported, policyOf, published, fleet, sets } = basis;
  const { codes, stride, ofUpdate } = layOut(basis.index, basis.policies, now);
  const found: Contradiction[] = [];
  fleet.hosts.forEach((host, h) => {
    if (!counts(h)) return;
    const says = sets.sets[published[h] ?? 0]?.says;
    if (says === undefined) return;
    const base = (policyOf[h] ?? 0) * stride;
    const general = hostReason(basis, host);
    const delay = basis.facts[h]?.options.installDelay ?? null;
    const hasPassed = (u: number): boolean => {
      const until = (basis.index.published[u] ?? Number.NaN) + (delay ?? Number.NaN);
      return host.scannedAt !== null && until > host.scannedAt && until <= now;
    };
    for (let row = rows.start[h] ?? 0; row < (rows.start[h + 1] ?? 0); row++) {
      const said = reported[row] as number;
      if (said === NOT_SAID) continue;
      const u = rows.update[row] as number;
      const code = codes[base + (ofUpdate[u] as number) + (says[u] as number)] as number;
      if (code === said || code === CODE.unknown) continue;
      const isPassed = said === CODE['held-back'] && code === CODE.allowed && hasPassed(u);
      found.push({
        row,
        host: h,
        update: u,
        reported: DECISIONS[said] as Decision,
        decision: DECISIONS[code] as Decision,
        reason: isPassed ? 'delay-passed' : (general ?? 'unexplained'),
      });
    }
  });
  return found;
}

/** Counts them by reason, most pairs first. */
export function countReasons(found: readonly Contradiction[]): readonly ContradictionCount[] {
  return [...Map.groupBy(found, ({ reason }) => reason)]
    .map(([reason, each]) => ({ reason, pairs: each.length, hosts: new Set(each.map(({ host }) => host)).size }))
    .sort((a, b) => b.pairs - a.pairs);
}
