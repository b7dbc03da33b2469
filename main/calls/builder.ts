import { runBuilder } from '../work/builder.ts';
import { type Answering, openProfile, type Parts } from './parts.ts';

/** Filters that become entries of a package. */
export const builderCalls = (parts: Parts): Answering<'builder'> => ({
  'builder.run': async ({ filter }) => {
    const workspace = openProfile(parts);
    return workspace.ok ? runBuilder(workspace.value.store, filter) : workspace;
  },
});
