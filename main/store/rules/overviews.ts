import type { ConsoleError } from '../../../contract/errors.ts';
import type { Coverage, Stated } from '../../../contract/schemas/rules.ts';
import { ALL_HOSTS } from '../../../domain/facts.ts';
import { CODE, layOut } from '../../../domain/policy.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { StaleLimit } from '../hosts.ts';
import type { Basis } from './basis.ts';

/** What is known over the whole fleet: which facts are missing in which group, and how far the rules cover what hosts need. */
export function ruleOverviews(basisNow: () => Basis) {
  return {
    /** The groups of the fleet with what was stated for them, and how many of their hosts lack each fact. */
    ruleStated: (): Result<Stated, ConsoleError> => {
      const { fleet, facts } = basisNow();
      const groups = new Map<
        string,
        { hosts: number; defaultAllow: number; installDelay: number; language: number; allowedSeverities: number }
      >();
      const count = (group: string) => {
        const known = groups.get(group) ?? {
          hosts: 0,
          defaultAllow: 0,
          installDelay: 0,
          language: 0,
          allowedSeverities: 0,
        };
        groups.set(group, known);
        return known;
      };
      count(ALL_HOSTS);
      for (const group of Object.keys(fleet.stated)) count(group);
      fleet.hosts.forEach(({ host }, h) => {
        const own = facts[h];
        for (const group of new Set([ALL_HOSTS, ...host.groups])) {
          const sum = count(group);
          sum.hosts++;
          if (own?.defaultAllow === 'unknown') sum.defaultAllow++;
          if (own?.installDelay === 'unknown') sum.installDelay++;
          if (own?.language === 'unknown') sum.language++;
          if (own?.severities === 'unknown' && own.options.defaultAllow !== true) sum.allowedSeverities++;
        }
      });
      const list = [...groups].map(([group, { hosts, ...unknown }]) => ({
        group,
        hosts,
        unknown,
        stated: Object.hasOwn(fleet.stated, group) ? (fleet.stated[group] ?? null) : null,
      }));
      const rank = (group: string): number => (group === ALL_HOSTS ? 0 : 1);
      return ok({ groups: list.sort((a, b) => rank(a.group) - rank(b.group) || a.group.localeCompare(b.group)) });
    },

    /** How the rules that fresh hosts have cover the updates that these need. */
    ruleCoverage: ({ staleDays, now = Date.now() }: StaleLimit): Result<Coverage, ConsoleError> => {
      const { fleet, rows, updates, sets, installed, policyOf, index, policies } = basisNow();
      const { codes, stride, ofUpdate } = layOut(index, policies, now);
      const counts = new Int32Array(updates.length * 5);
      const add = (at: number): void => {
        counts[at] = (counts[at] as number) + 1;
      };
      fleet.hosts.forEach((host, h) => {
        const says = sets.sets[installed[h] ?? 0]?.says;
        if (says === undefined || host.isStale({ staleDays, now })) return;
        const base = (policyOf[h] ?? 0) * stride;
        for (let row = rows.start[h] ?? 0; row < (rows.start[h + 1] ?? 0); row++) {
          const u = rows.update[row] as number;
          const saying = says[u] as number;
          add(u * 5 + (codes[base + (ofUpdate[u] as number) + saying] as number));
          if (saying === 0) add(u * 5 + 4);
        }
      });
      return ok({
        computedAt: new Date(now).toISOString(),
        updates: updates.flatMap(({ updateId }, u) => {
          const [allowed, forbidden, heldBack, unknown, unruled] = [
            CODE.allowed,
            CODE.forbidden,
            CODE['held-back'],
            CODE.unknown,
            4,
          ].map((code) => counts[u * 5 + code] ?? 0) as [number, number, number, number, number];
          const hosts = allowed + forbidden + heldBack + unknown;
          return hosts === 0 ? [] : [{ updateId, hosts, unruled, allowed, forbidden, heldBack, unknown }];
        }),
      });
    },
  };
}
