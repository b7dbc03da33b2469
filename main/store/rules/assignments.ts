import type { ConsoleError } from '../../../contract/errors.ts';
import type { AssignmentForecast } from '../../../contract/schemas/assignment.ts';
import { Forecast, PARTS } from '../../../domain/forecast.ts';
import { layOut } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Context } from '../context.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Basis } from './basis.ts';
import { takes, trusts } from './contradictions.ts';
import { partOf } from './forecasts.ts';
import { updateSizesOf } from './sizes.ts';

/** Which hosts get a package, which lose it, and which may get it: nobody knows their directory groups. `signer`: the chain that would sign what brings it; null where no signer is open. */
export interface AssignmentQuestion extends StaleLimit {
  readonly package: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  readonly unsure: readonly string[];
  readonly signer: readonly string[] | null;
}

/** What assigning a package changes: the newest published version comes to hosts, or goes from them. */
export function assignmentOperations(context: Context, basisNow: () => Basis) {
  const sizes = updateSizesOf(context);
  return {
    /** Null where the index has no such package: nobody can say what it does. */
    assignmentForecast: (question: AssignmentQuestion): Result<AssignmentForecast | null, ConsoleError> => {
      const { package: name, staleDays, signer, now = Date.now() } = question;
      const basis = basisNow();
      const newest = basis.fleet.newest.get(name);
      if (newest === undefined) return ok(null);
      const { hosts } = basis.fleet;
      const [gained, lost, unsure] = [new Set(question.gained), new Set(question.lost), new Set(question.unsure)];
      const source = basis.source(name, newest.version);
      const signers = basis.signersOf(name, newest.version);
      const part = Uint8Array.from(hosts, (host) => {
        if ([gained, lost, unsure].every((some) => !some.has(host.host.uuid))) return PARTS.outside;
        return host.isStale({ staleDays, now }) ? PARTS.stale : PARTS.fresh;
      });
      const after = basis.installed.map((set, h) => {
        const host = hosts[h];
        if (host === undefined || part[h] === PARTS.outside) return set;
        const { sources, language } = basis.sets.sets[set] ?? { sources: [], language: null };
        const others = sources.filter((each) => each.name !== name);
        if (lost.has(host.host.uuid)) return basis.sets.of(others, language);
        // What a host does not trust or take never comes to it, and neither does what a carrier brings whose signer it does not trust.
        const refuses =
          takes(host, newest.maturity) === false ||
          (signers.length > 0 && trusts(host, signers) === false) ||
          (signer !== null && trusts(host, signer) === false);
        const isDoubtful = unsure.has(host.host.uuid);
        return refuses ? set : basis.sets.of([...others, { ...source, isDoubtful }], language);
      });
      const counts = new Forecast(
        basis.rows,
        {
          before: basis.installed,
          after,
          policy: basis.policyOf,
          part,
          rulesets: basis.sets.sets.map(({ says }) => says),
          table: layOut(basis.index, basis.policies, now),
        },
        sizes(),
      ).counts();
      const concerned = hosts.filter((_, h) => part[h] !== PARTS.outside);
      const size = (which: number): number => part.reduce((sum, each) => sum + (each === which ? 1 : 0), 0);
      return ok({
        version: newest.version,
        isRead: source.rules !== null,
        fresh: partOf(counts.moved, size(PARTS.fresh), counts.hosts),
        stale: {
          ...partOf(counts.movedStale, size(PARTS.stale), counts.staleHosts),
          neverScanned: concerned.filter((host) => host.scannedAt === null).length,
        },
        serverBytes: counts.serverBytes,
        hostBytes: counts.hostBytes,
      });
    },
  };
}
