import { readFile } from 'node:fs/promises';
import type { Draft, PublishCheck } from '../../../contract/schemas/packages.ts';
import type { ForecastPart, RuleForecast } from '../../../contract/schemas/rules.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { parseRulesFile, RULE_LIST_KEYS } from '../../../wapt/index.ts';
import { rulesOf } from '../../rules-file.ts';
import type { Cli } from '../cli.ts';
import { type Command, type CommandWords, isGiven, textOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import type { Say } from '../words/say.ts';

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
    const names = drafts.value.map((one) => one.package).join(', ');
    return fail({ ending: 'not-found', words: ({ publish }) => publish.noDraft(JSON.stringify(wanted), names) });
  }
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    return fail({ ending: 'usage', words: ({ publish }) => publish.severalDrafts(ids) });
  }
  return ok({ draft, isOwn: false });
}

async function draftFromFile(cli: Cli, file: string, words: CommandWords): Promise<Result<Prepared, Refusal>> {
  const name = textOf(words, 'package');
  if (name === null) return fail({ ending: 'usage', words: ({ publish }) => publish.whichPackage });
  let text: string;
  try {
    const bytes = await readFile(file);
    if (bytes.length > LARGEST) return fail({ ending: 'usage', words: ({ publish }) => publish.tooLarge(file) });
    text = bytes.toString('utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail({ ending: 'usage', words: ({ publish }) => publish.unreadable(file, code) });
  }
  let rules: ReturnType<typeof parseRulesFile>;
  try {
    rules = parseRulesFile(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return fail({ ending: 'usage', words: ({ publish }) => publish.noRules(file, said) });
  }
  const others = Object.keys(rules).filter((key) => !LISTS.has(key));
  if (others.length > 0) cli.parts.note(cli.say.publish.leftOut(others.join(', ')));
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

const movesOf = (part: ForecastPart, { move, decision }: Say['publish']): readonly string[] =>
  part.moves
    .filter(({ before, after }) => before !== after)
    .map(({ before, after, pairs }) => `  ${move(decision[before], decision[after], pairs)}`);

function textOfForecast(check: PublishCheck, forecast: RuleForecast, { publish }: Say): string {
  const { fresh, stale, holders, warningCounts } = forecast;
  const warnings = (Object.keys(publish.warning) as (keyof typeof publish.warning)[]).flatMap((kind) => {
    const count = warningCounts[kind] ?? 0;
    return count > 0 ? [`${publish.warning[kind]} (${count})`] : [];
  });
  return [
    publish.head(forecast.package, check.version, check.isNew, check.ruleCount, check.addedIds),
    ...(check.movedTo === null ? [] : [publish.movedTo(check.movedTo)]),
    publish.holders(holders.have, holders.willGet),
    publish.forecast(fresh.changedHosts),
    ...movesOf(fresh, publish),
    ...(stale.hosts === 0 ? [] : [publish.apart(stale.hosts, stale.neverScanned), ...movesOf(stale, publish)]),
    ...(warnings.length === 0 ? [] : [publish.warnings(warnings.join(', '))]),
  ].join('\n');
}

/** Shows what would happen, asks, signs and publishes. */
async function publishDraft(cli: Cli, draft: Draft, words: CommandWords) {
  const check = await cli.ask('packages.check', { draftId: draft.id });
  if (!check.ok) return check;
  const forecast = await cli.ask('rules.forecast', { draftId: draft.id });
  if (!forecast.ok) return forecast;
  const shown = (say: Say): string => textOfForecast(check.value, forecast.value, say);
  if (check.value.movedTo !== null && !isGiven(words, 'over-moved')) {
    return fail<Refusal>({
      ending: 'not-done',
      words: (say) => `${shown(say)}\n${say.publish.moved}`,
      code: 'version-moved',
    });
  }
  for (const line of shown(cli.say).split('\n')) cli.parts.note(line);
  const question = cli.say.publish.question(draft.package, check.value.version);
  const confirmed = await cli.confirm(isGiven(words, 'yes'), question);
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
    text: `${cli.say.publish.done(published.value.package, published.value.version, published.value.filename)}\n`,
  });
}

/** `waptwua publish`. */
export const publishCommand: Command = {
  name: 'publish',
  usage: '(--draft NAME | --rules FILE --package NAME) [--reason TEXT] [--yes]',
  help: ({ publish, signing }) => ({ ...publish, ...signing }),
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
    if ((wanted === null) === (file === null)) return fail({ ending: 'usage', words: ({ publish }) => publish.either });
    const prepared = wanted !== null ? await keptDraft(cli, wanted) : await draftFromFile(cli, file ?? '', words);
    if (!prepared.ok) return prepared;
    const { draft, isOwn } = prepared.value;
    const result = await publishDraft(cli, draft, words);
    // A draft that stood for a file only is not left to the window.
    if (!result.ok && isOwn) await cli.ask('drafts.discard', { draftId: draft.id });
    return result;
  },
};
