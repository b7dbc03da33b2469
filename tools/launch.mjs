/**
 * What `npm start`, `npm test` and the others begin with: brings the Node line that Electron embeds and the packages of
 * the lock, then hands over to `tools/<name>.ts`. Plain JavaScript without a package, so that any Node ≥ 20 runs it on
 * a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = dirname(fileURLToPath(import.meta.url));
const root = resolve(tools, '..');
const cache = join(root, '.cache');
const needed = { major: 24, minor: 15 };
const windows = process.platform === 'win32';

class SetupError extends Error {}

const say = (text) => process.stderr.write(`setup: ${text}\n`);

const fits = (version) => {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === needed.major && minor >= needed.minor;
};

/** Runs npm itself, not its shell wrapper, so that the Node that runs it is the one we chose. */
function findNpm() {
  const given = process.env.npm_execpath;
  if (given && /npm-cli\.c?js$/.test(given) && existsSync(given)) return given;
  const inFolder = (folder) => [
    join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const folders = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)];
  for (const folder of folders) {
    const script = join(folder, 'npm');
    if (!windows && existsSync(script)) {
      const real = realpathSync(script);
      if (real.endsWith('npm-cli.js')) return real;
    }
    const found = inFolder(folder).find((path) => existsSync(path));
    if (found) return found;
  }
  throw new SetupError(
    'npm was not found. Install it beside Node (Debian: apt-get install npm; others: https://nodejs.org).',
  );
}

/** What npm's error output means, in words. */
function explain(output) {
  const causes = [
    [
      /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/,
      'The package registry could not be reached. Check the network and the proxy (npm config get registry, npm config get proxy).',
    ],
    [
      /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)|CERT_HAS_EXPIRED/,
      'The certificate of the package registry is not trusted here. Give npm your CA (npm config set cafile /path/to/ca.pem).',
    ],
    [/EBADENGINE/, `npm ran with another Node than ${needed.major}.${needed.minor} or newer in that line.`],
    [/EINTEGRITY/, 'A downloaded package does not match the lock. Do not go on; look at what differs.'],
    [/EUSAGE/, 'package.json and package-lock.json disagree. Restore both from git.'],
    [/ENOSPC/, 'The disk is full: about 800 MB are needed.'],
    [/EACCES|EPERM|EROFS/, 'The folder cannot be written. Check who owns it.'],
    [/E40[13]/, 'The package registry refused access (npm config get registry).'],
  ];
  return causes.find(([pattern]) => pattern.test(output))?.[1] ?? 'npm ci failed.';
}

function npmCi(node, folder, what) {
  const started = Date.now();
  say(`${what}…`);
  const npm = findNpm();
  const run = spawnSync(
    node,
    [npm, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: folder,
      // npm's own scripts find node in PATH; a left-over npm_config_* of the calling npm would aim at the wrong folder.
      env: { ...withoutNpm(process.env), PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (run.status !== 0) {
    const output = `${run.error?.message ?? ''}${run.stdout ?? ''}${run.stderr ?? ''}`;
    const log = join(cache, 'setup.log');
    writeFileSync(log, output);
    const telling = output.split('\n').filter((line) => /^npm error \S/.test(line) && !line.includes('complete log'));
    throw new SetupError(`${explain(output)}\n  ${telling.slice(0, 4).join('\n  ')}\n  (whole output: ${log})`);
  }
  say(`${what}: done in ${Math.round((Date.now() - started) / 1000)} s`);
}

function withoutNpm(env) {
  const keep = ([name]) =>
    !/^npm_(config_(local_prefix|prefix|global|omit|production|include|only)|package_|lifecycle_)/i.test(name);
  return Object.fromEntries(
    Object.entries(env)
      .filter(keep)
      .filter(([name]) => name !== 'NODE_ENV'),
  );
}

/** The path of a Node of the needed line: the running one, or the one that the lock of tools/node brings. */
function bringNode() {
  if (fits(process.version)) return process.execPath;
  const folder = join(tools, 'node');
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const binary = join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  const works = () => {
    if (!existsSync(binary)) return false;
    const run = spawnSync(binary, ['--version'], { encoding: 'utf8' });
    return run.status === 0 && fits(run.stdout.trim());
  };
  if (works()) return binary;
  const offered = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).optionalDependencies;
  const install = `Install Node ${needed.major} (${needed.major}.${needed.minor} or newer in that line), from https://nodejs.org or by a version manager (nvm install ${needed.major}), and run the command again.`;
  if (!(name in offered)) {
    throw new SetupError(
      `This is Node ${process.version}, and there is no packaged Node ${needed.major} for ${process.platform}-${process.arch}. ${install}`,
    );
  }
  npmCi(process.execPath, folder, `Fetching Node ${offered[name]}, once (190 MB)`);
  if (!works()) throw new SetupError(`The fetched Node does not run on this machine. ${install}`);
  return binary;
}

/** Installs the packages of the lock where the lock is not the one that was installed last. */
function bringPackages(node) {
  const stamp = join(root, 'node_modules', '.stamp');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  npmCi(node, root, 'Installing the packages of the lock');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Lets one launcher at a time touch node_modules; the lock of a dead one is taken over. */
function alone(work) {
  const lock = join(cache, 'setup.lock');
  let told = false;
  for (;;) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    try {
      const holder = readFileSync(lock, 'utf8');
      const fresh = Date.now() - statSync(lock).mtimeMs < 5000;
      if (holder === '' ? !fresh : !alive(Number(holder))) {
        const aside = `${lock}.${process.pid}`;
        renameSync(lock, aside);
        // Between reading and moving, another launcher may have taken over: its lock is put back.
        if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, lock);
        rmSync(aside);
        continue;
      }
      if (!told) say(`another launch (process ${holder}) is setting up, waiting…`);
      told = true;
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
    }
    sleep(300);
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function handOver(node, tool, args) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, [join(tools, `${tool}.ts`), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  // Ctrl-C reaches the child by itself: it ends, and this process ends with its code.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [tool, ...args] = process.argv.slice(2);
try {
  if (!tool || !existsSync(join(tools, `${tool}.ts`))) {
    throw new SetupError(`"${tool ?? ''}" is no tool of this project (npm run lists the commands).`);
  }
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`This is Node ${process.version}. Install Node 20 or newer (24 is best): https://nodejs.org`);
  }
  mkdirSync(cache, { recursive: true });
  const node = alone(() => {
    const found = bringNode();
    bringPackages(found);
    return found;
  });
  handOver(node, tool, args);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
