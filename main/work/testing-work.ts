import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import type { Draft } from '../../contract/schemas/packages.ts';
import { emptyRules } from '../../domain/rules.ts';
import { buildPackage, type ControlFields, RULES_PATHS } from '../../wapt/index.ts';
import { type Identity, makeIdentity, makeSigner } from '../../wapt/testing.ts';
import { createEventHub } from '../ipc/events.ts';
import { createFileRegistry } from '../platform/files.ts';
import { temporaryFolder, testPlatform } from '../platform/testing.ts';
import type { ServerClient } from '../server/session.ts';
import { type Reply, type Stage, setStage } from '../server/testing.ts';
import { createSigner, type SignerService } from '../signer/signer.ts';
import { openStore, type Store } from '../store/store.ts';
import { value } from '../store/testing.ts';
import { RulePackages } from './rule-packages.ts';
import { type TestRepository, testRepository } from './testing-repository.ts';

/** One whom the profile trusts and who has a key here, one whom it trusts, one whom nobody knows. */
type Person = 'admin' | 'colleague' | 'stranger';

/** An open profile at work for tests: a real store, a real signer, a server on loopback with a repository in memory. */
export interface Work {
  readonly stage: Stage;
  readonly people: Readonly<Record<Person, Identity>>;
  readonly repository: TestRepository;
  readonly store: Store;
  readonly client: ServerClient;
  readonly signer: SignerService;
  readonly packages: RulePackages;
  /** Whom the profile trusts beside the own signer, to be changed by a test. */
  readonly trusted: Set<Person>;
  /** What background work failed by. */
  readonly bugs: unknown[];
  /** Answers before the repository does; false leaves it to the repository. */
  first: (...asked: Parameters<Reply>) => Promise<boolean> | boolean;
  /** A new one on the same store, as after signing in again. */
  readonly again: () => RulePackages;
  /** A rule package as one of these people signs it. */
  readonly rulePackage: (
    version: string,
    by: Person,
    more?: {
      readonly rules?: object;
      readonly control?: ControlFields;
      readonly files?: Readonly<Record<string, Uint8Array>>;
    },
  ) => Promise<Uint8Array>;
  readonly saveDraft: (more?: Partial<Draft>) => Promise<Draft>;
}

/** The name of every rule package here. */
export const NAME = 'lab-wua';

/** Sets up work for the file that calls it. */
export function setWork(): Work {
  const stage = setStage();
  const keys: Partial<Record<Person, Identity>> = {};
  let folder: ReturnType<typeof temporaryFolder>;
  const there = <T>(given: T | undefined): T => {
    if (given === undefined) throw new Error('outside of a test');
    return given;
  };
  let now: Pick<Work, 'repository' | 'store' | 'client' | 'signer' | 'packages'> | undefined;
  const trusted = new Set<Person>();
  const bugs: unknown[] = [];

  const openPackages = (): RulePackages =>
    new RulePackages({
      store: work.store,
      client: work.client,
      trusted: () => [...work.signer.chain(), ...[...trusted].map((person) => work.people[person].certificatePem)],
      onBug: (error) => bugs.push(error),
    });

  const work: Work = {
    stage,
    get people() {
      return keys as Readonly<Record<Person, Identity>>;
    },
    get repository() {
      return there(now).repository;
    },
    get store() {
      return there(now).store;
    },
    get client() {
      return there(now).client;
    },
    get signer() {
      return there(now).signer;
    },
    get packages() {
      return there(now).packages;
    },
    trusted,
    bugs,
    first: () => false,
    again: openPackages,
    rulePackage: async (version, by, { rules = {}, control = {}, files = {} } = {}) => {
      const text = Buffer.from(JSON.stringify(rules));
      const built = await buildPackage({
        control: { package: NAME, section: 'wsus', version, maturity: 'PROD', ...control },
        files: { ...Object.fromEntries(RULES_PATHS.map((path) => [path, text])), ...files },
        signer: makeSigner(work.people[by]),
      });
      return built.bytes;
    },
    saveDraft: async (more = {}) => {
      return value(
        await work.store.draftSave({
          id: null,
          package: NAME,
          description: '',
          maturity: 'PROD',
          rules: { ...(structuredClone(emptyRules) as Draft['rules']), forbiddenKbs: ['KB5000001'] },
          base: null,
          ...more,
        }),
      );
    },
  };

  beforeAll(async () => {
    keys.admin = await makeIdentity({ name: 'admin' });
    keys.colleague = await makeIdentity({ name: 'colleague', keysOf: keys.admin });
    keys.stranger = await makeIdentity({ name: 'stranger', keysOf: keys.admin });
  });
  beforeEach(async () => {
    folder = temporaryFolder();
    mkdirSync(join(folder.path, 'keys'));
    writeFileSync(join(folder.path, 'keys', 'admin.crt'), work.people.admin.certificatePem);
    writeFileSync(join(folder.path, 'keys', 'admin.pem'), work.people.admin.keyPem);
    const repository = testRepository();
    work.first = () => false;
    stage.reply = async (asked, response, request) => {
      if (!(await work.first(asked, response, request))) await repository.reply(asked, response, request);
    };
    const files = createFileRegistry({ platform: testPlatform(folder.path) });
    const signer = createSigner({ files, events: createEventHub() });
    const found = (await files.list('certificate')).find((file) => file.name === 'admin.crt');
    value(await signer.open({ certificateId: found?.id ?? '', keyId: null, passphrase: '' }));
    const store = value(await openStore({ file: join(folder.path, 'profile', 'store.db') }));
    const client = await stage.client();
    trusted.clear();
    trusted.add('colleague');
    bugs.length = 0;
    now = { repository, store, client, signer, packages: undefined as never };
    now = { ...now, packages: openPackages() };
  });
  afterEach(async () => {
    await work.packages.stop();
    work.signer.stop();
    await work.store.close();
    folder.remove();
    now = undefined;
  });
  return work;
}
