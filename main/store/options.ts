import type { ConsoleError } from '../../contract/errors.ts';
import type { ReportedOptionsAnswer } from '../../contract/schemas/options.ts';
import { reportedOptions } from '../../domain/reported-options.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Context } from './context.ts';
import type { Meta } from './meta.ts';
import { all } from './sql.ts';

interface Line {
  readonly uuid: string;
  readonly fqdn: string;
  readonly groups: string | null;
  readonly status: string | null;
}

/** What hosts report of the options of their agent. */
export function optionOperations({ db }: Context, meta: Meta) {
  const lines = db.prepare(`
    SELECT uuid, facts ->> '$.fqdn' AS fqdn, facts ->> '$.groups' AS "groups", details -> '$.wuaStatus' AS status
    FROM hosts WHERE is_windows = 1 ORDER BY fqdn`);
  return {
    /** The Windows hosts by name, each with the options that it mentions. */
    optionsReported: (): Result<ReportedOptionsAnswer, ConsoleError> =>
      ok({
        hosts: all<Line>(lines).map(({ uuid, fqdn, groups, status }) => ({
          uuid,
          fqdn,
          groups: groups === null ? [] : (JSON.parse(groups) as string[]),
          options: reportedOptions(status === null ? null : (JSON.parse(status) as Record<string, unknown> | null)),
        })),
        freshness: meta.freshness(),
      }),
  };
}
