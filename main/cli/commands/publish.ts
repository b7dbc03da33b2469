import { readFile } from 'node:fs/promises';
import type { Draft, PublishCheck } from '../../../contract/schemas/packages.ts';
import type { ForecastPart, RuleForecast } from '../../../contract/schemas/rules.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { parseRulesFile, RULE_LIST_KEYS } from '../../../wapt/index.ts';
import { rulesOf } from '../../rules-file.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, isGiven, textOf } from '../command.ts';
import type { Refusal } from '../exit.ts';

/** Most bytes of a rules file. */
const LARGEST = 64 * 1024 * 1024;

const LISTS: ReadonlySet<string> = new Set(RULE_LIST_KEYS);

/** A draft to publish, and whether it was made for this publication only. */
interface Prepared {
  readonly draft: Draft;
  readonly isOwn: boolean;
}

async function keptDraft(cli: Cli, wanted: string): Promise<Result<Prepared, Refusal>> {
  const drafts = await cli.ask('drafts.list', {});
  if (!drafts.ok) return drafts;
  const found = drafts.value.filter((draft) => draft.id === wanted || draft.package === wanted);
  const [draft] = found;
  if (draft === undefined) {
    const names = drafts.value.map((one) => one.package).join(', ') || 'none';
    return fail({ ending: 'not-found', words: `no draft is named ${JSON.stringify(wanted)}: ${names}` });
  }
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    return fail({ ending: 'usage', words: `several drafts are of this package; say which: ${ids}` });
  }
  return ok({ draft, isOwn: false });
}

async function draftFromFile(cli: Cli, file: string, words: CommandWords): Promise<Result<Prepared, Refusal>> {
  const name = textOf(words, 'package');
  if (name === null) return fail({ ending: 'usage', words: 'say which package: --package NAME' });
  let text: string;
  try {
    const bytes = await readFile(file);
    if (bytes.length > LARGEST) return fail({ ending: 'usage', words: `${file} is too large for a rules file` });
    text = bytes.toString('utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail({ ending: 'usage', words: `${file} cannot be read (${code})` });
  }
  let rules: ReturnType<typeof parseRulesFile>;
  try {
    rules = parseRulesFile(text);
  } catch (error) {
    return fail({ ending: 'usage', words: `${file}: ${error instanceof Error ? error.message : 'no rules file'}` });
  }
  const others = Object.keys(rules).filter((key) => !LISTS.has(key));
  if (others.length > 0) cli.parts.note(`not published, since a draft holds lists only: ${others.join(', ')}`);
  const packages = await cli.ask('packages.list', {});
  if (!packages.ok) return packages;
  const base = packages.value.packages.find((one) => one.package === name && one.isNewest);
  const draft = await cli.ask('drafts.save', {
    id: null,
    package: name,
    description: textOf(words, 'description') ?? base?.description ?? '',
    maturity: textOf(words, 'maturity') ?? base?.maturity ?? 'PROD',
    rules: rulesOf(rules),
    base: base === undefined ? null : { filename: base.filename, version: base.version },
  });
  return draft.ok ? ok({ draft: draft.value, isOwn: true }) : draft;
}

const movesOf = (part: ForecastPart): string =>
  part.moves
    .filter(({ before, after }) => before !== after)
    .map(({ before, after, pairs }) => `  ${before} → ${after}: ${pairs} (host, update)\n`)
    .join('');

function textOfForecast(check: PublishCheck, forecast: RuleForecast): string {
  const { fresh, stale, holders, warningCounts } = forecast;
  const warnings = Object.entries(warningCounts).filter(([, count]) => count > 0);
  return [
    `${forecast.package} ${check.version}${check.isNew ? ', a new package' : ''}: ${check.ruleCount} entries, ${check.addedIds} ids written beside their KBs\n`,
    check.movedTo === null ? '' : `published meanwhile by somebody else: ${check.movedTo}\n`,
    `hosts with the package: ${holders.have}, that will get it: ${holders.willGet}\n`,
    `forecast: ${fresh.changedHosts} hosts change\n${movesOf(fresh)}`,
    stale.hosts === 0
      ? ''
      : `apart, on ${stale.hosts} hosts with an old scan (${stale.neverScanned} never scanned):\n${movesOf(stale)}`,
    warnings.length === 0 ? '' : `warnings: ${warnings.map(([kind, count]) => `${kind} (${count})`).join(', ')}\n`,
  ].join('');
}

/** Shows what would happen, asks, signs and publishes. */
async function publishDraft(cli: Cli, draft: Draft, words: CommandWords) {
  const check = await cli.ask('packages.check', { draftId: draft.id });
  if (!check.ok) return check;
  const forecast = await cli.ask('rules.forecast', { draftId: draft.id });
  if (!forecast.ok) return forecast;
  const shown = textOfForecast(check.value, forecast.value);
  if (check.value.movedTo !== null && !isGiven(words, 'over-moved')) {
    return fail<Refusal>({
      ending: 'not-done',
      words: `${shown}the package moved under the draft: look at it in the window, or give --over-moved`,
      code: 'version-moved',
    });
  }
  for (const line of shown.trimEnd().split('\n')) cli.parts.note(line);
  const confirmed = await cli.confirm(isGiven(words, 'yes'), `Publish ${draft.package} ${check.value.version}?`);
  if (!confirmed.ok) return confirmed;
  const signer = await cli.openSigner(textOf(words, 'signer'), {
    descriptor: textOf(words, 'passphrase-fd'),
    isStore: isGiven(words, 'passphrase-store'),
  });
  if (!signer.ok) return signer;
  const published = await cli.ask('packages.publish', {
    draftId: draft.id,
    version: check.value.version,
    overMoved: check.value.movedTo !== null,
    reason: textOf(words, 'reason') ?? '',
  });
  if (!published.ok) return published;
  const { fresh, stale, holders, warningCounts } = forecast.value;
  return ok({
    json: { published: published.value, check: check.value, forecast: { holders, fresh, stale, warningCounts } },
    text: `published: ${published.value.package} ${published.value.version} (${published.value.filename})\n`,
  });
}

/** `waptwua publish`. */
export const publishCommand: Command = {
  name: 'publish',
  summary: 'publishes a draft, or a rules file, as the next version of a rule package',
  usage: '(--draft NAME | --rules FILE --package NAME) [--reason TEXT] [--yes]',
  help: [
    ['--draft NAME', 'a draft of the profile, by its package or id'],
    ['--rules FILE', 'a rules file (waptwua_rules.json)'],
    ['--package NAME', 'the package that the rules are for'],
    ['--description TEXT', 'what the package says of itself; left out: as before'],
    ['--maturity WHAT', 'PROD, PREPROD, DEV; left out: as before'],
    ['--reason TEXT', 'why, for the journal'],
    ['--over-moved', 'although somebody published meanwhile'],
    ['--signer NAME', 'file name or fingerprint of the certificate that signs'],
    ['--passphrase-fd N', 'read the passphrase of its key from file descriptor N'],
    ['--passphrase-store', 'take it from the keyring or keychain of the system'],
    ['--yes', 'do not ask whether to do it; the forecast is shown all the same'],
  ],
  options: {
    draft: { type: 'string' },
    rules: { type: 'string' },
    package: { type: 'string' },
    description: { type: 'string' },
    maturity: { type: 'string' },
    reason: { type: 'string' },
    'over-moved': { type: 'boolean' },
    signer: { type: 'string' },
    'passphrase-fd': { type: 'string' },
    'passphrase-store': { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  needsProfile: true,
  needsServer: true,
  run: async (cli, words) => {
    const wanted = textOf(words, 'draft');
    const file = textOf(words, 'rules');
    if ((wanted === null) === (file === null))
      return fail({ ending: 'usage', words: 'give either --draft NAME or --rules FILE' });
    const prepared = wanted !== null ? await keptDraft(cli, wanted) : await draftFromFile(cli, file ?? '', words);
    if (!prepared.ok) return prepared;
    const { draft, isOwn } = prepared.value;
    const result = await publishDraft(cli, draft, words);
    // A draft that stood for a file only is not left to the window.
    if (!result.ok && isOwn) await cli.ask('drafts.discard', { draftId: draft.id });
    return result;
  },
};
