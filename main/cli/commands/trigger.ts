import { type ActionKind, type ActionRun, actionKind, type RunHost } from '../../../contract/schemas/actions.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type Cli, pause } from '../cli.ts';
import { type Command, isGiven, textOf, textsOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { table } from '../output.ts';
import type { Say } from '../words/say.ts';
import { hostOptions, listHosts } from './hosts.ts';

const POLL_MS = 500;
const UNSENT: ReadonlySet<RunHost['progress']> = new Set(['waiting', 'sent']);
const GOOD: ReadonlySet<RunHost['progress']> = new Set(['launched', 'running', 'done']);
const ACTIONS = actionKind.options;
const isAction = (text: string): text is ActionKind => (ACTIONS as readonly string[]).includes(text);

/** Asks how the order stands until `isOver`, or until the time is over. */
async function follow(
  cli: Cli,
  run: ActionRun,
  isOver: (run: ActionRun) => boolean,
  minutes: number,
): Promise<Result<ActionRun, Refusal>> {
  const end = Date.now() + minutes * 60_000;
  let now = run;
  while (!isOver(now) && Date.now() < end) {
    await pause(POLL_MS);
    const runs = await cli.ask('actions.runs', {});
    if (!runs.ok) return runs;
    now = runs.value.find(({ id }) => id === run.id) ?? now;
  }
  return ok(now);
}

const textOfRun = (run: ActionRun, width: number | null, { trigger }: Say): string => {
  const counts = new Map<RunHost['progress'], number>();
  for (const { progress } of run.hosts) counts.set(progress, (counts.get(progress) ?? 0) + 1);
  const columns = [
    { header: trigger.host, value: (host: RunHost) => host.fqdn || host.uuid, isFlexible: true },
    { header: trigger.progress, value: (host: RunHost) => trigger.as[host.progress] },
    { header: trigger.task, value: (host: RunHost) => host.taskId },
    { header: trigger.said, value: (host: RunHost) => host.message ?? host.code ?? '', isFlexible: true },
  ];
  const sum = [...counts].map(([progress, count]) => `${trigger.as[progress]}: ${count}`).join(', ');
  return `${table(columns, run.hosts, width)}\n${trigger.on(run.action, run.hosts.length, sum)}\n`;
};

/** `waptwua trigger`. */
export const triggerCommand: Command = {
  name: 'trigger',
  usage: `${ACTIONS.join('|')} (--host NAME | --group NAME | --uuid UUID | --every-host)… [--wait] [--yes]`,
  help: ({ hosts, trigger, signing }) => ({ ...hosts, ...trigger, ...signing }),
  options: {
    ...hostOptions,
    'every-host': { type: 'boolean' },
    wait: { type: 'boolean' },
    timeout: { type: 'string' },
    signer: { type: 'string' },
    'passphrase-fd': { type: 'string' },
    'passphrase-store': { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  needsProfile: true,
  needsServer: true,
  run: async (cli, words) => {
    const [action = ''] = words.operands;
    if (!isAction(action)) return fail({ ending: 'usage', words: ({ trigger }) => trigger.which(ACTIONS.join(', ')) });
    const minutes = Number(textOf(words, 'timeout') ?? '60');
    if (!Number.isFinite(minutes) || minutes <= 0)
      return fail({ ending: 'usage', words: ({ trigger }) => trigger.minutes });
    const isNamed = ['host', 'group', 'uuid'].some((name) => textsOf(words, name).length > 0);
    if (!isNamed && !isGiven(words, 'every-host'))
      return fail({ ending: 'usage', words: ({ trigger }) => trigger.whichHosts });
    const hosts = await listHosts(cli, words, cli.listSay);
    if (!hosts.ok) return hosts;
    const uuids = hosts.value.rows.map(({ uuid }) => uuid);
    if (uuids.length === 0) return fail({ ending: 'not-found', words: ({ trigger }) => trigger.nobody });
    const some = hosts.value.rows.slice(0, 3).map(({ fqdn, uuid }) => fqdn || uuid);
    const names = uuids.length > some.length ? `${some.join(', ')}, …` : some.join(', ');
    const question = cli.say.trigger.question(action, uuids.length, names);
    const confirmed = await cli.confirm(isGiven(words, 'yes'), question);
    if (!confirmed.ok) return confirmed;
    const signer = await cli.openSigner(textOf(words, 'signer'), {
      descriptor: textOf(words, 'passphrase-fd'),
      isStore: isGiven(words, 'passphrase-store'),
    });
    if (!signer.ok) return signer;
    const started = await cli.ask('actions.trigger', { action, uuids });
    if (!started.ok) return started;
    // Actions are signed and posted by this process: it may not end before the last one is.
    const isSent = (run: ActionRun): boolean => run.hosts.every(({ progress }) => !UNSENT.has(progress));
    const isOver = (run: ActionRun): boolean => (isGiven(words, 'wait') ? run.endedAt !== null : isSent(run));
    const ended = await follow(cli, started.value, isOver, minutes);
    if (!ended.ok) return ended;
    const good = isGiven(words, 'wait') ? new Set<RunHost['progress']>(['done']) : GOOD;
    const isGood = ended.value.hosts.every(({ progress }) => good.has(progress));
    return ok({
      json: ended.value,
      text: textOfRun(ended.value, cli.parts.width, cli.say),
      ending: isGood ? 'done' : 'incomplete',
    });
  },
};
