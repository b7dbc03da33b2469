import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lab } from '../../lab/lab.ts';
import { root } from '../../tools/paths.ts';
import { parseCsv, readXlsx } from '../read-files.ts';
import { signedIn, testConsole, testLab } from './harness.ts';

let lab: Lab;
let folder: string;
let profile: string;

beforeAll(async () => {
  lab = await testLab({ pace: 200 });
  folder = mkdtempSync(join(tmpdir(), 'waptwua-cli-'));
  chmodSync(folder, 0o700);
  profile = join(folder, 'lab.json');
  const { url, caFile, signer } = lab;
  writeFileSync(profile, JSON.stringify({ name: 'Lab', url, caFile, keysDir: signer.directory, user: 'admin' }));
  // What most tests read afterwards without asking the server.
  expect((await cli(['hosts', ...password()])).exit).toBe(0);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await lab.stop();
});

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

interface Given {
  readonly secrets?: Readonly<Record<3 | 4, string>> | { readonly 3: string };
  readonly data?: string;
  readonly labProfile?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real process, as a script would: nobody at the terminal, secrets on descriptors 3 and 4. */
function run(
  args: readonly string[],
  { secrets, data = join(folder, 'data'), labProfile = profile, env = {} }: Given = {},
): Promise<Ended> {
  const given = { 3: adminPassword(), 4: lab.signer.passphrase, ...secrets };
  const child = spawn(
    process.execPath,
    [join(root, 'main', 'cli.ts'), ...args, '--data', data, '--lab-profile', labProfile],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', ...env } },
  );
  for (const [at, secret] of [
    [3, given[3]],
    [4, given[4]],
  ] as const) {
    const pipe = child.stdio[at];
    if (pipe !== null && pipe !== undefined && 'end' in pipe) {
      // A command that needs no secret closes the other end unread.
      pipe.on('error', () => undefined);
      pipe.end(`${secret}\n`);
    }
  }
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, out, err })));
}

const cli = (args: readonly string[], given?: Given): Promise<Ended> => run(args, given);
const adminPassword = (): string => lab.users.find(({ name }) => name === 'admin')?.password ?? '';
const password = (): readonly string[] => ['--password-fd', '3'];
const signing = (): readonly string[] => [...password(), '--passphrase-fd', '4', '--yes'];
const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));
const json = ({ out }: Ended): Record<string, unknown> => JSON.parse(out) as Record<string, unknown>;
const rowsOf = (ended: Ended): readonly Record<string, unknown>[] =>
  json(ended)['rows'] as readonly Record<string, unknown>[];

describe('help', () => {
  it('lists every command, and each explains itself', async () => {
    const { exit, out } = await cli(['--help']);
    expect(exit).toBe(0);
    const commands = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name ?? '');
    expect(commands).toEqual(
      expect.arrayContaining(['updates', 'hosts', 'packages', 'compliance', 'export', 'trigger', 'publish']),
    );
    const helps = await Promise.all(['updates', 'trigger', 'publish'].map((name) => cli([name, '--help'])));
    for (const help of helps)
      expect(help).toMatchObject({ exit: 0, err: '', out: expect.stringContaining('usage: waptwua') });
  });
});

describe('secrets', () => {
  it('are refused on the line, and not repeated', async () => {
    const { exit, out, err } = await cli(['hosts', '--password=hunter2-secret']);
    expect(exit).toBe(2);
    expect(err).toContain('--password-fd');
    expect(out + err).not.toContain('hunter2-secret');
  });

  it('are not read from the environment', async () => {
    const env = { PASSWORD: adminPassword(), WAPTWUA_PASSWORD: adminPassword(), WAPT_PASSWORD: adminPassword() };
    const { exit, err } = await cli(['hosts'], { env });
    expect([exit, err]).toEqual([2, expect.stringContaining('--password-fd')]);
  });

  it('end with 4 when the password is wrong, with the code for a script', async () => {
    const ended = await cli(['hosts', '--json', ...password()], { secrets: { 3: 'wrong' } });
    expect(ended.exit).toBe(4);
    expect(json(ended)).toMatchObject({ error: { code: 'password-refused', exit: 4, ending: 'refused' } });
  });
});

describe('lists', () => {
  it('gives the hosts of the lab as JSON', async () => {
    const ended = await cli(['hosts', '--json', '--offline']);
    expect(
      rowsOf(ended)
        .map((row) => row['uuid'])
        .toSorted(byText),
    ).toEqual(lab.hosts.map(({ uuid }) => uuid).toSorted(byText));
    expect(json(ended)).toMatchObject({
      profile: 'Lab',
      server: lab.url,
      count: lab.hosts.length,
      total: lab.hosts.length,
    });
    expect(Date.parse(String(json(ended)['readAt']))).toBeGreaterThan(Date.now() - 120_000);
  });

  it('filters hosts, in words and as JSON alike', async () => {
    const stale = rowsOf(await cli(['hosts', '--json', '--offline'])).filter((row) => row['isStale'] === true);
    const shown = await cli(['hosts', '--stale', '--offline']);
    expect(shown.out).toContain(`${stale.length} of ${lab.hosts.length} · stale`);
    for (const row of stale) expect(shown.out).toContain(String(row['fqdn']));
  });

  it('ends with 3 for a host that nobody knows', async () => {
    expect(await cli(['hosts', '--offline', '--host', 'nobody'])).toMatchObject({ exit: 3, out: '' });
  });

  it('gives the updates that hosts need, as the window does', async () => {
    const bench = await testConsole(lab);
    try {
      await signedIn(bench, lab);
      const { rows } = await bench.need('updates.list', {});
      const critical = rows.filter((row) => row.hosts.needed > 0 && row.severity === 'Critical' && !row.isSuperseded);
      const ended = await cli(['updates', '--json', '--severity', 'critical', ...password()]);
      expect(
        rowsOf(ended)
          .map((row) => row['updateId'])
          .toSorted(byText),
      ).toEqual(critical.map((row) => row.updateId).toSorted(byText));
      const overview = await bench.need('fleet.overview', {});
      const fleet = overview.cells.find(({ dimension }) => dimension === 'fleet');
      expect(rowsOf(await cli(['compliance', '--json', ...password()]))).toEqual([fleet]);
    } finally {
      await bench.stop();
    }
  });

  it('reads beside a console that has the profile open, and says so', async () => {
    const bench = await testConsole(lab);
    try {
      await signedIn(bench, lab);
      const ended = await cli(['hosts', '--json', ...password()], { data: bench.data });
      expect(ended).toMatchObject({ exit: 0, err: expect.stringContaining('another console') });
      expect(rowsOf(ended)).toHaveLength(lab.hosts.length);
      const uuid = lab.hosts[0]?.uuid ?? '';
      const refused = await cli(['trigger', 'scan', '--uuid', uuid, ...signing()], { data: bench.data });
      expect(refused).toMatchObject({ exit: 6, out: '' });
    } finally {
      await bench.stop();
    }
  });
});

describe('export', () => {
  it('writes the list that it would print, for nobody but its owner', async () => {
    const rows = rowsOf(await cli(['hosts', '--json', '--offline']));
    const [csv, xlsx] = [join(folder, 'hosts.csv'), join(folder, 'hosts.xlsx')];
    const written = await cli(['export', 'hosts', '--offline', '--json', '--out', csv]);
    expect(json(written)).toMatchObject({ format: 'csv', rows: rows.length, bytes: statSync(csv).size });
    expect(statSync(csv).mode & 0o777).toBe(0o600);
    const [head = [], ...records] = parseCsv(readFileSync(csv, 'utf8'));
    const column = (name: string): readonly (string | undefined)[] =>
      records.slice(0, rows.length).map((record) => record[head.indexOf(name)]);
    expect(column('uuid')).toEqual(rows.map((row) => row['uuid']));
    expect(column('Needed')).toEqual(rows.map((row) => String((row['updates'] as { needed: number }).needed)));
    expect((await cli(['export', 'hosts', '--offline', '--out', xlsx])).exit).toBe(0);
    const { sheets } = await readXlsx(readFileSync(xlsx));
    expect(sheets[0]?.rows).toHaveLength(rows.length + 1);
  });

  it('leaves a file that is there, unless it is told not to', async () => {
    const file = join(folder, 'there.csv');
    writeFileSync(file, 'mine');
    expect((await cli(['export', 'hosts', '--offline', '--out', file])).exit).toBe(6);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await cli(['export', 'hosts', '--offline', '--out', file, '--force'])).exit).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toBe('mine');
  });
});

describe('French', () => {
  it('is spoken where the environment or the line asks for it, in lists and in files, and never in JSON', async () => {
    const env = { LC_ALL: 'fr_FR.UTF-8' };
    const [shown, en, fr] = await Promise.all([
      cli(['hosts', '--stale', '--offline'], { env }),
      cli(['hosts', '--stale', '--offline', '--json']),
      cli(['hosts', '--stale', '--offline', '--json', '--lang', 'fr']),
    ]);
    expect(shown.out).toMatch(/^Machine +Joignable +Système +Dernière recherche +Ancienne +Nécessaires/);
    expect(shown.out).toContain(`${rowsOf(en).length} sur ${lab.hosts.length} · recherche ancienne · lu le `);
    expect(fr.out).toBe(en.out);
    const csv = join(folder, 'conformite.csv');
    const html = join(folder, 'conformite.html');
    const args = ['export', 'compliance', '--by', 'severity', '--offline'];
    const json = await cli([...args, '--lang', 'fr', '--json', '--out', csv]);
    expect(json).toMatchObject({ exit: 0, out: expect.stringContaining('"list": "compliance"') });
    expect((await cli([...args, '--out', html], { env })).out).toMatch(/^.+ : \d+ lignes?\n$/);
    const [head = [], ...records] = parseCsv(readFileSync(csv, 'utf8'));
    expect(head.slice(0, 4)).toEqual(['Criticité', 'Machines', 'Comptées', 'Anciennes']);
    expect(records.flat()).toContain('À propos de cette liste: Conformité par criticité');
    expect(records.flat().join('\n')).toContain('Filtre: sont comptées les recherches des 14 derniers jours');
    expect(readFileSync(html, 'utf8')).toMatch(/<html lang="fr">[^]*<h1>Conformité par criticité<\/h1>/);
    const refused = await cli(['export', 'hosts', '--offline', '--out', csv], { env });
    expect(refused).toMatchObject({ exit: 6, err: expect.stringContaining('existe déjà') });
  });
});

describe('deeds', () => {
  it('orders a scan and waits for its end', async () => {
    const known = rowsOf(await cli(['hosts', '--json', '--offline', '--reachable']));
    const host = known.find((row) => row['lastScan'] !== null) as { readonly uuid: string } | undefined;
    const refused = await cli(['trigger', 'scan', '--uuid', host?.uuid ?? '', ...password(), '--passphrase-fd', '4']);
    expect(refused.exit).toBe(10);
    const ended = await cli(['trigger', 'scan', '--uuid', host?.uuid ?? '', '--wait', '--json', ...signing()]);
    expect(json(ended)['hosts']).toEqual([expect.objectContaining({ uuid: host?.uuid, progress: 'done' })]);
    expect(ended.exit).toBe(0);
  });

  it('ends with 7 when the passphrase is wrong', async () => {
    const args = ['trigger', 'scan', '--every-host', ...signing()];
    expect((await cli(args, { secrets: { 3: adminPassword(), 4: 'wrong' } })).exit).toBe(7);
  });

  it('publishes a rules file, with the forecast shown and only when it is confirmed', async () => {
    const file = join(folder, 'rules.json');
    const forbidden = ['KB5083220', 'KB890830'];
    writeFileSync(file, JSON.stringify({ allowed_kbs: [], forbidden_kbs: forbidden }));
    const args = ['publish', '--rules', file, '--package', 'lab-wua-servers', '--json', '--reason', 'a test'];
    const before = rowsOf(await cli(['packages', '--json', '--all', '--offline']));
    const shown = await cli([...args, ...password()]);
    expect(shown).toMatchObject({ exit: 10, err: expect.stringContaining('forecast') });
    const done = await cli([...args, ...signing()]);
    expect(done.exit).toBe(0);
    const published = json(done)['published'] as { readonly filename: string };
    const after = rowsOf(await cli(['packages', '--json', '--all', ...password()]));
    const added = after.filter((row) => !before.some((one) => one['filename'] === row['filename']));
    expect(added).toEqual([expect.objectContaining({ filename: published.filename, package: 'lab-wua-servers' })]);
  });

  it('ends with 9 where the user may not, and says so of each host', async () => {
    const viewer = lab.users.find(({ name }) => name === 'viewer')?.password ?? '';
    const secrets = { 3: viewer, 4: lab.signer.passphrase };
    const args = ['trigger', 'scan', '--every-host', '--user', 'viewer', ...signing(), '--json'];
    const ended = await cli(args, { secrets });
    expect(ended.exit).toBe(9);
    const hosts = json(ended)['hosts'] as readonly { readonly progress: string; readonly code: string | null }[];
    const tried = hosts.filter(({ progress }) => progress !== 'unreachable');
    expect(tried.length).toBeGreaterThan(0);
    expect(new Set(tried.map(({ code }) => code))).toEqual(new Set(['forbidden']));
  });

  it('ends with 5 when nobody listens', async () => {
    const gone = join(folder, 'gone.json');
    writeFileSync(gone, readFileSync(profile, 'utf8').replace(lab.url, 'https://127.0.0.1:1'));
    const ended = await cli(['hosts', '--json', ...password()], { labProfile: gone, data: join(folder, 'gone') });
    expect(ended.exit).toBe(5);
    expect(json(ended)).toMatchObject({ error: { code: 'refused' } });
  });
});
