import type { ConsoleError } from '../../contract/errors.ts';
import { ok, type Result } from '../../domain/result.ts';
import { type HistoryParts, packageVersions, restoreVersion, rulesOfVersion, versionDiff } from '../work/history.ts';
import { type Answering, openProfile, type Parts } from './parts.ts';

/** Earlier versions of rule packages. */
export const historyCalls = (parts: Parts): Answering<'history'> => {
  const history = (): Result<HistoryParts, ConsoleError> => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    return ok({ store: workspace.value.store, packages: workspace.value.online?.packages ?? null });
  };
  return {
    'history.versions': async (request) => {
      const from = history();
      return from.ok ? packageVersions(from.value, request.package) : from;
    },
    'history.rules': async (request) => {
      const from = history();
      return from.ok ? rulesOfVersion(from.value, request.package, request.version) : from;
    },
    'history.diff': async (request) => {
      const from = history();
      return from.ok ? versionDiff(from.value, request.package, request.from, request.to) : from;
    },
    'history.restore': async (request) => {
      const from = history();
      return from.ok ? restoreVersion(from.value, request.package, request.version) : from;
    },
  };
};
