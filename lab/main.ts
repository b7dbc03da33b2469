import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startLab } from './lab.ts';
import { type Dialect, dialects } from './options.ts';
import { openDatabase } from './server/database.ts';
import { isSize, sizes, volumeAsked } from './sizes.ts';

const usage = `Usage: npm run lab -- [options]

  --hosts N        simulated hosts, 60 by default (a new lab only); with their number grows the number of products and updates
  --size S         S, M, L or XL: 200 hosts and 600 updates, 2,000 and 2,000, 5,000 and 5,000, 15,000 and 20,000 (a new lab only)
  --updates N      updates in the catalogue, at least about 460 (a new lab only)
  --dialect D      v3, v2 or derived: the Windows Update routes that the server has
  --community      a Community edition: no such routes, and hosts without Windows Update
  --pace N         how many times faster than life tasks and cycles run, 1 by default
  --port N         8443 by default; 0 takes a free one
  --data DIR       where the lab keeps its state
  --profile-file F where to write, once the lab answers, what a console needs to reach it
  --seed N         another fleet (a new lab only)
  --odd            hosts and updates with which something is wrong, beside the others (a new lab only)
  --reset          forget the state and start anew
`;

/** Where a lab keeps its state unless told otherwise: the user's cache folder. */
const defaultDirectory = (): string => {
  const cache =
    process.platform === 'win32'
      ? (process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));
  return join(cache, 'waptwua-console', 'lab');
};

const wholeNumber = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} takes a whole number, not ${text}`);
  return number;
};

const isDialect = (text: string): text is Dialect => (dialects as readonly string[]).includes(text);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      hosts: { type: 'string' },
      size: { type: 'string' },
      updates: { type: 'string' },
      dialect: { type: 'string', default: 'v3' },
      community: { type: 'boolean', default: false },
      pace: { type: 'string', default: '1' },
      port: { type: 'string', default: '8443' },
      data: { type: 'string', default: defaultDirectory() },
      'profile-file': { type: 'string' },
      seed: { type: 'string' },
      odd: { type: 'boolean', default: false },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (!isDialect(values.dialect)) throw new Error(`--dialect is one of ${dialects.join(', ')}`);
  const pace = Number(values.pace);
  if (!(pace > 0)) throw new Error('--pace takes a number above 0');
  if (values.size !== undefined && !isSize(values.size))
    throw new Error(`--size is one of ${Object.keys(sizes).join(', ')}`);
  const volume = volumeAsked({
    size: values.size,
    hosts: wholeNumber(values.hosts, 'hosts'),
    updates: wholeNumber(values.updates, 'updates'),
  });
  const hosts = volume?.hosts;
  const seed = wholeNumber(values.seed, 'seed');
  const port = wholeNumber(values.port, 'port');
  if (values.reset) {
    // Throws when a lab runs there.
    openDatabase(values.data).close();
    // Only what a lab makes itself, whatever folder --data names.
    for (const name of [
      'lab.sqlite',
      'lab.sqlite-wal',
      'lab.sqlite-shm',
      'tls',
      'signer',
      'wapt',
      'wapt-host',
      'waptwua',
    ]) {
      rmSync(join(values.data, name), { recursive: true, force: true });
    }
  }
  const lab = await startLab({
    dataDir: values.data,
    dialect: values.dialect,
    community: values.community,
    odd: values.odd,
    pace,
    ...(port === undefined ? {} : { port }),
    ...(volume === undefined ? {} : { hosts: volume.hosts, volume }),
    ...(seed === undefined ? {} : { seed }),
  });
  const people = lab.users.map(
    (user) => `  ${user.name.padEnd(10)} ${user.password.padEnd(22)} ${user.rights.join(', ')}`,
  );
  const kept =
    hosts !== undefined && !values.odd && hosts !== lab.hosts.length
      ? `The folder has a lab of ${lab.hosts.length} hosts already: --reset makes a new one.`
      : null;
  process.stdout.write(
    [
      ...(kept === null ? [] : [kept]),
      `The lab runs at ${lab.url} (${lab.hosts.length} hosts, ${values.community ? 'Community edition' : `dialect ${values.dialect}`}, pace ${pace})`,
      '',
      'Users, passwords, rights:',
      ...people,
      '',
      `CA of the server       ${lab.caFile}`,
      `Signer's certificate   ${lab.signer.certificateFile}`,
      `Signer's key           ${lab.signer.keyFile}`,
      `Passphrase of the key  ${lab.signer.passphrase}`,
      `State                  ${values.data}`,
      '',
      'Ctrl-C stops it.',
      '',
    ].join('\n'),
  );
  if (values['profile-file'] !== undefined) {
    const profile = {
      name: values.community ? 'Lab, Community' : `Lab, ${values.dialect}`,
      url: lab.url,
      caFile: resolve(lab.caFile),
      keysDir: resolve(lab.signer.directory),
      user: lab.users[0]?.name ?? '',
    };
    // Renamed into place, since whoever waits for the file reads it at once.
    writeFileSync(`${values['profile-file']}.new`, JSON.stringify(profile), { mode: 0o600 });
    renameSync(`${values['profile-file']}.new`, values['profile-file']);
  }
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void lab.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const taken = (error as NodeJS.ErrnoException | null)?.code === 'EADDRINUSE';
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${taken ? `${message}: choose another with --port, 0 takes a free one` : message}\n`);
  process.exitCode = 1;
});
