import { type Answering, openProfile, type Parts, staleDays } from './parts.ts';

/** What rules do to the fleet: forecasts, the pairs behind them, reasons, stated facts. All of it from the store. */
export const rulesCalls = (parts: Parts): Answering<'rules'> => {
  const signer = (): readonly string[] | null => {
    const state = parts.signer.state();
    return state.kind === 'open' ? state.chain : null;
  };
  return {
    'rules.forecast': async ({ draftId }) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const { value } = workspace;
      return value.store.ruleForecast({ draftId, signer: signer(), staleDays: staleDays(parts, value) });
    },
    'rules.pairs': async (request) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const { value } = workspace;
      return value.store.rulePairs({ ...request, signer: signer(), staleDays: staleDays(parts, value) });
    },
    'rules.contradictions': async (request) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      return workspace.value.store.ruleContradictions({ ...request, staleDays: staleDays(parts, workspace.value) });
    },
    'rules.why': async (request) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      return workspace.value.store.ruleWhy({ ...request, staleDays: staleDays(parts, workspace.value) });
    },
    'rules.stated': async () => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.ruleStated() : workspace;
    },
    'rules.state': async (request) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const stated = await workspace.value.store.stateOptions(request);
      return stated.ok ? workspace.value.store.ruleStated() : stated;
    },
    'rules.coverage': async () => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      return workspace.value.store.ruleCoverage({ staleDays: staleDays(parts, workspace.value) });
    },
  };
};
