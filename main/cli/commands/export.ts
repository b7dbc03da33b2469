import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { EXPORT_CHUNK } from '../../../contract/export-limits.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, isGiven, textOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import type { Listing } from '../listing.ts';
import { complianceOptions, listCompliance } from './compliance.ts';
import { hostOptions, listHosts } from './hosts.ts';
import { listPackages } from './packages.ts';
import { listUpdates, updateOptions } from './updates.ts';

const FORMATS = ['csv', 'xlsx', 'html'] as const;
type Format = (typeof FORMATS)[number];
const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

const LISTS: Readonly<
  Record<string, (cli: Cli, words: CommandWords, write: Writing) => Promise<Result<number, Refusal>>>
> = {
  updates: async (cli, words, write) => after(await listUpdates(cli, words, cli.say), write),
  hosts: async (cli, words, write) => after(await listHosts(cli, words, cli.say), write),
  packages: async (cli, words, write) => after(await listPackages(cli, words, cli.say), write),
  compliance: async (cli, words, write) => after(await listCompliance(cli, words, cli.say), write),
};

type Writing = <Row>(listing: Listing<Row>) => Promise<Result<number, Refusal>>;

const after = async <Row>(listing: Result<Listing<Row>, Refusal>, write: Writing): Promise<Result<number, Refusal>> =>
  listing.ok ? write(listing.value) : listing;

/** Writes a list with the writers of the window; gives the bytes. */
async function writeFile<Row>(
  cli: Cli,
  { title, columns, rows, filter, total }: Listing<Row>,
  format: Format,
  withFacts: boolean,
): Promise<Result<number, Refusal>> {
  const begun = await cli.ask('exports.begin', {
    format,
    title,
    language: cli.parts.language,
    locale: cli.parts.language === 'fr' ? 'fr-FR' : 'en-GB',
    columns: columns.map(({ header, kind }) => ({ header, kind })),
    filter: filter.map((one) => one.slice(0, 500)).slice(0, 60),
    isSelection: false,
    rows: rows.length,
    total: Math.max(total, rows.length),
    withFacts,
  });
  if (!begun.ok) return begun;
  const exportId = begun.value?.exportId ?? '';
  for (let at = 0; at < rows.length; at += EXPORT_CHUNK) {
    const run = rows.slice(at, at + EXPORT_CHUNK).map((row) =>
      columns.map(({ kind, value }) => {
        const cell = value(row);
        if (typeof cell !== 'string') return cell;
        const text = format === 'html' && kind === 'datetime' ? cell.replace('T', ' ') : cell;
        return text.slice(0, 32_000);
      }),
    );
    const taken = await cli.ask('exports.rows', { exportId, at, rows: run });
    if (!taken.ok) return taken;
  }
  const finished = await cli.ask('exports.finish', { exportId });
  return finished.ok ? ok(finished.value.bytes) : finished;
}

/** `waptwua export`. */
export const exportCommand: Command = {
  name: 'export',
  usage: `${Object.keys(LISTS).join('|')} --out FILE [--format ${FORMATS.join('|')}] [OPTIONS OF THE LIST]`,
  help: (help) => {
    const { '--search TEXT': _search, ...hosts } = help.hosts;
    return { ...help.export, ...help.updates, ...hosts, ...help.compliance };
  },
  options: {
    ...updateOptions,
    ...hostOptions,
    ...complianceOptions,
    out: { type: 'string' },
    format: { type: 'string' },
    force: { type: 'boolean' },
    plain: { type: 'boolean' },
  },
  needsProfile: true,
  needsServer: false,
  run: async (cli, words) => {
    const [name = ''] = words.operands;
    const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
    if (list === undefined)
      return fail({ ending: 'usage', words: (say) => say.export.whichList(Object.keys(LISTS).join(', ')) });
    const out = textOf(words, 'out');
    if (out === null) return fail({ ending: 'usage', words: (say) => say.export.where });
    const file = resolve(out);
    const format = textOf(words, 'format') ?? extname(file).slice(1).toLowerCase();
    if (!isFormat(format))
      return fail({ ending: 'usage', words: ({ line }) => line.oneOf('--format', FORMATS.join(', ')) });
    if (existsSync(file) && !isGiven(words, 'force'))
      return fail({ ending: 'not-writable', words: (say) => say.export.isThere(file) });
    cli.parts.setTarget(file);
    let rows = 0;
    const written = await list(cli, words, (listing) => {
      rows = listing.rows.length;
      return writeFile(cli, listing, format, !isGiven(words, 'plain'));
    });
    if (!written.ok) return written;
    return ok({
      json: { list: name, format, file, rows, bytes: written.value },
      text: `${cli.say.export.done(file, rows)}\n`,
    });
  },
};
