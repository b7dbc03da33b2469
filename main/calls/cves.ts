import type { ConsoleError } from '../../contract/errors.ts';
import type { CveSources } from '../../contract/schemas/cves.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { Workspace } from '../work/workspace.ts';
import { type Answering, openProfile, type Parts, staleDays } from './parts.ts';

/** CVEs: files that say what fixes them, and how the fleet stands. */
export const cvesCalls = (parts: Parts): Answering<'cves'> => {
  const changing = async (
    kind: 'cves.import' | 'cves.remove',
    file: string,
    change: (store: Workspace['store']) => Promise<Result<null, ConsoleError>>,
  ): Promise<Result<CveSources, ConsoleError>> => {
    const workspace = openProfile(parts);
    if (!workspace.ok) return workspace;
    const { store, online, profileId } = workspace.value;
    if (store.isReadOnly) return fail({ code: 'read-only' });
    const changed = await change(store);
    if (!changed.ok) return changed;
    const user = online?.client.info.user ?? parts.profiles.get(profileId)?.user ?? '';
    const noted = await store.journalAppend({ user, kind, facts: { file }, reason: '' });
    return noted.ok ? store.cvesSources() : noted;
  };

  return {
    'cves.files': async () => ok(await parts.imports.list()),
    'cves.browse': () => parts.imports.browse(),
    'cves.import': async ({ fileId }) => {
      const file = await parts.imports.read(fileId);
      if (!file.ok) return file;
      return changing('cves.import', file.value.name, (store) => store.cvesImport(file.value));
    },
    'cves.list': async () => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.cvesSources() : workspace;
    },
    'cves.remove': async ({ sourceId }) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      const known = await workspace.value.store.cvesSources();
      if (!known.ok) return known;
      const source = known.value.sources.find((one) => one.id === sourceId);
      if (source === undefined) return fail({ code: 'not-found' });
      return changing('cves.remove', source.name, (store) => store.cvesRemove(sourceId));
    },
    'cves.audit': async ({ cves }) => {
      const workspace = openProfile(parts);
      if (!workspace.ok) return workspace;
      return workspace.value.store.cvesAudit({ cves, staleDays: staleDays(parts, workspace.value) });
    },
    'cves.ofUpdate': async ({ updateId }) => {
      const workspace = openProfile(parts);
      return workspace.ok ? workspace.value.store.cvesOfUpdate(updateId) : workspace;
    },
  };
};
