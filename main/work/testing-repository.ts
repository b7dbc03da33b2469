import { createHash } from 'node:crypto';
import { buildPackagesIndex, type ControlFields, controlText, packageFilename, readPackage } from '../../wapt/index.ts';
import { absent, json, page, type Reply, yes } from '../server/testing.ts';

/** A repository in memory for tests: what a server keeps of packages, and a hand in the moment before it answers. */
export interface TestRepository {
  readonly reply: Reply;
  /** Publishes as somebody else does. */
  readonly publish: (bytes: Uint8Array) => Promise<void>;
  /** Newest last, as they were published. */
  readonly published: () => readonly { readonly control: ControlFields; readonly bytes: Uint8Array }[];
  /** Puts any bytes under any control, as a server may whom nobody should believe. */
  readonly put: (control: ControlFields, bytes: Uint8Array) => void;
  /** PEM texts that the index brings along. */
  readonly certificates: string[];
  readonly hostPackage: (uuid: string) => Uint8Array | undefined;
  readonly remove: (name: string) => void;
  /** Called before each answer, with how often this path was asked, from 1. */
  before: (path: string, times: number) => Promise<void> | void;
}

/** Makes an empty repository. */
export function testRepository(): TestRepository {
  const files = new Map<string, { readonly control: ControlFields; readonly bytes: Uint8Array }>();
  const hosts = new Map<string, Uint8Array>();
  const times = new Map<string, number>();
  const certificates: string[] = [];
  const put = (control: ControlFields, bytes: Uint8Array): void => {
    const md5sum = createHash('md5').update(bytes).digest('hex');
    const filename = controlText(control, 'filename') || packageFilename(control, md5sum);
    files.set(filename, { control: { ...control, filename, md5sum, size: bytes.length }, bytes });
  };
  const publish = async (bytes: Uint8Array): Promise<void> => {
    const { control } = await readPackage(bytes);
    if (controlText(control, 'section') === 'host') {
      hosts.set(packageFilename(control), bytes);
      return;
    }
    put(control, bytes);
  };
  const repository: TestRepository = {
    publish,
    put,
    certificates,
    published: () => [...files.values()],
    hostPackage: (uuid) => hosts.get(`${uuid}.wapt`),
    remove: (name) => {
      for (const [filename, { control }] of files) if (control['package'] === name) files.delete(filename);
      hosts.delete(`${name}.wapt`);
    },
    before: () => {},
    reply: async (asked, response, request) => {
      const path = decodeURIComponent(asked.url.split('?')[0] ?? '');
      const key = `${asked.method} ${path}`;
      times.set(key, (times.get(key) ?? 0) + 1);
      await repository.before(key, times.get(key) ?? 0);
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (path === '/wapt/Packages') {
        const records = [...files.values()].map(({ control }) => control);
        response.end(await buildPackagesIndex({ records, certificates }));
      } else if (path.startsWith('/wapt-host/') || path.startsWith('/wapt/')) {
        const bytes = path.startsWith('/wapt-host/') ? hosts.get(name) : files.get(name)?.bytes;
        if (bytes === undefined) page(response, 404, '<html>404 Not Found</html>');
        else response.end(bytes);
      } else if (path === '/api/v3/upload_packages' && asked.method === 'HEAD') response.end();
      else if (path === '/api/v3/upload_packages') {
        const { control } = await readPackage(asked.body);
        await publish(asked.body);
        yes(response, { done: [{ ...control, filename: packageFilename(control) }], errors: [] });
      } else if (path === '/api/v3/hosts') json(response, { success: true, msg: '', result: [] });
      else await absent(asked, response, request);
    },
  };
  return repository;
}
