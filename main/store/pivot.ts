import { type Context, kept } from './context.ts';
import { all } from './sql.ts';
import { type StateCount, StateTable } from './states.ts';

/** How many rows stand where, from both sides; kept until a reported row changes. */
export interface Pivot {
  /** By update: in how many hosts it is in each state. */
  readonly byUpdate: () => StateTable;
  /** By host: how many updates it has in each state. */
  readonly byHost: () => StateTable;
}

/** The pivot of one database: every count of updates and hosts by state comes from here, so that no two screens disagree. */
export function pivotOf(context: Context): Pivot {
  const counted = (key: 'update_key' | 'host_key'): (() => StateTable) => {
    const query = context.db.prepare(`SELECT ${key}, state, count(*) FROM host_updates GROUP BY ${key}, state`);
    query.setReturnArrays(true);
    return kept(
      () => context.revision.rows,
      () => StateTable.of(all<StateCount>(query)),
    );
  };
  return { byUpdate: counted('update_key'), byHost: counted('host_key') };
}
