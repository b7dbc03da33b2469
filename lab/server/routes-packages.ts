import type { MultipartFile } from '@fastify/multipart';
import {
  type ControlFields,
  comparePackages,
  controlText,
  FormatError,
  packageFilename,
  readPackage,
} from '../../wapt/index.ts';
import { type Answer, exception, refusal, success } from './envelope.ts';
import type { HostPackages } from './host-packages.ts';
import { type IndexResult, isAcceptableName, type Repository } from './repository.ts';
import { type Call, csv, jsonBody, type Route, type RouteAnswer } from './routing.ts';

const hiddenSections = ['group', 'unit', 'host', 'restricted', 'profile'];

/** The keys that the server adds to a control when it lists it. */
const listed = (control: ControlFields, extra: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...control,
  persistent_dir: null,
  sourcespath: null,
  repo: '',
  repo_url: '',
  localpath: null,
  ...extra,
});

type Upload =
  | { readonly ok: true; readonly control: ControlFields; readonly bytes: Buffer }
  | { readonly ok: false; readonly representation: string };

/** The checks of the server at upload (protocol 5.10): neither signatures nor hashes are verified. */
async function checkUpload(bytes: Buffer): Promise<Upload> {
  try {
    const { control, files } = await readPackage(bytes);
    const name = String(control['package'] ?? '');
    const filename = packageFilename(control, '0'.repeat(32));
    if (!isAcceptableName(filename))
      return { ok: false, representation: `EWaptForbiddden(u'Package filename / name is forbidden : ${filename}',)` };
    if (files.has('setup.py') && !files.has('WAPT/certificate.crt')) {
      return {
        ok: false,
        representation: `EWaptForbiddden(u'The package ${name} contains setup.py code but has not been signed with a proper code_signing certificate',)`,
      };
    }
    if (!files.has('WAPT/certificate.crt'))
      return { ok: false, representation: `EWaptForbiddden(u'Package ${name} is not signed properly',)` };
    return { ok: true, control, bytes };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return {
      ok: false,
      representation:
        error.code === 'not-a-package'
          ? "BadZipFile('File is not a zip file',)"
          : `EWaptBadControl(u'${error.message.replaceAll("'", '"')}',)`,
    };
  }
}

const bytesOf = async (source: AsyncIterable<Buffer | string>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
};

/** Upload, deletion and listing of packages (protocol 6). */
export function packageRoutes(repository: Repository, hostPackages: HostPackages): Route[] {
  const done = (control: ControlFields): Record<string, unknown> =>
    listed(control, { localpath: control['localpath'] });

  // Packages of hosts go to their own folder, and no index is made of them.
  const keep = async (
    bytes: Buffer,
    control: ControlFields,
  ): Promise<{ readonly control: ControlFields; readonly index: IndexResult | null }> =>
    control['section'] === 'host'
      ? { control: hostPackages.add(bytes, control), index: null }
      : repository.add(bytes, control);

  const uploadStream = async (call: Call): Promise<RouteAnswer> => {
    const checked = await checkUpload(await bytesOf(call.raw));
    if (!checked.ok) return exception(checked.representation, 500);
    const added = await keep(checked.bytes, checked.control);
    return success(
      '1 Packages uploaded, 0 errors.',
      { done: [done(added.control)], errors: [], packages_index_result: added.index },
      call.elapsed(),
    );
  };

  const uploadParts = async (call: Call): Promise<RouteAnswer> => {
    const stored: Record<string, unknown>[] = [];
    const errors: string[] = [];
    const details: string[] = [];
    const fields = new Set<string>();
    let index: unknown = null;
    for await (const part of call.request.parts() as AsyncIterable<MultipartFile>) {
      if (part.type !== 'file') continue;
      const bytes = await part.toBuffer();
      if (!isAcceptableName(part.filename) || fields.has(part.fieldname)) continue;
      fields.add(part.fieldname);
      const checked = await checkUpload(bytes);
      if (!checked.ok) {
        errors.push(part.filename);
        details.push(checked.representation);
        continue;
      }
      const added = await keep(checked.bytes, checked.control);
      stored.push(done(added.control));
      index = added.index;
    }
    // A refused part is counted twice by the real server (protocol 12.6).
    const msg = `${stored.length} Packages uploaded, ${errors.length * 2} errors.${details.map((detail) => `<br>${detail}`).join('')}`;
    if (errors.length > 0 || stored.length === 0) return refusal(msg, '', call.elapsed());
    return success(msg, { done: stored, errors, packages_index_result: index }, call.elapsed());
  };

  const upload = async (call: Call): Promise<RouteAnswer> => {
    if (call.request.isMultipart()) return uploadParts(call);
    if (call.headers['content-length'] === undefined && call.headers['transfer-encoding'] === undefined) {
      // Without a length the real server waits until the client gives up (protocol 12.8).
      await new Promise((resolve) => call.raw.socket.once('close', resolve));
    }
    return uploadStream(call);
  };

  const remove = async (call: Call): Promise<RouteAnswer> => {
    const body = await jsonBody(call);
    if (!body.ok) return body.answer;
    const names = Array.isArray(body.value) ? body.value.map(String) : [];
    const { deleted, index } = await repository.remove(names);
    const failed = names.length - deleted;
    return success(
      `${deleted} packages deleted${failed > 0 ? `\nERROR : ${failed} packages could not be deleted` : ''}`,
      index,
    );
  };

  const newest = (): ControlFields[] => {
    const found = new Map<string, ControlFields>();
    for (const record of repository.records()) {
      const name = String(record['package']);
      const other = found.get(name);
      if (other === undefined || comparePackages(other, record) < 0) found.set(name, record);
    }
    return [...found.values()];
  };

  const packages = (call: Call): Answer => {
    const words = call.query.get('q');
    const needles = (words ?? '')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    const found = newest().filter((record) => {
      const text = ['package', 'name', 'description', 'keywords']
        .map((name) => controlText(record, name))
        .join(' ')
        .toLowerCase();
      return !hiddenSections.includes(String(record['section'])) && needles.every((needle) => text.includes(needle));
    });
    const result = found.map((record) =>
      listed(record, { repo: 'waptlocal', repo_url: `file:///${repository.directory}` }),
    );
    return success(
      `${found.length} packages in local repository matching the keywords ${words ?? 'None'}`,
      result,
      call.elapsed(),
    );
  };

  const knownPackages = (call: Call): Answer => {
    const excluded = csv(call.query.get('exclude_sections')) ?? ['unit', 'host', 'profile'];
    const dates = new Map<string, string>();
    for (const record of repository.records()) {
      if (excluded.includes(String(record['section']))) continue;
      const [name, date] = [String(record['package']), String(record['signature_date'])];
      if ((dates.get(name) ?? '') < date) dates.set(name, date);
    }
    const result = [...dates].map(([name, date]) => ({ package: name, last_signature_date: date }));
    return success(`${result.length} known packages`, result, call.elapsed());
  };

  const groups = (): Answer => {
    const result = newest()
      .filter((record) => record['section'] === 'group')
      .map((record) => listed(record, {}));
    return success(`${result.length} groups`, result);
  };

  const editRights = ['host', 'base', 'group', 'unit', 'wua', 'profile', 'self_service'].map(
    (kind) => `edit_${kind}_package`,
  );
  return [
    { methods: ['POST'], paths: ['/api/v3/upload_packages'], rights: editRights, answer: upload },
    {
      methods: ['POST'],
      paths: ['/api/v3/packages_delete'],
      rights: ['edit_host_package', 'edit_base_package', 'edit_group_package'],
      answer: remove,
    },
    { methods: ['GET'], paths: ['/api/v3/packages', '/api/v1/packages'], rights: ['view'], answer: packages },
    { methods: ['GET'], paths: ['/api/v3/known_packages'], rights: ['view'], answer: knownPackages },
    { methods: ['GET'], paths: ['/api/v1/groups', '/api/v3/groups'], rights: ['view'], answer: groups },
  ];
}
