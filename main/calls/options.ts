import { type Answering, openProfile, type Parts } from './parts.ts';

/** The options of the agents, as hosts report them. */
export const optionsCalls = (parts: Parts): Answering<'options'> => ({
  'options.reported': async () => {
    const workspace = openProfile(parts);
    return workspace.ok ? workspace.value.store.optionsReported() : workspace;
  },
});
