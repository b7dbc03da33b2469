import { type ActionKind, type ActionRun, actionKind, type RunHost } from '../../../contract/schemas/actions.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { type Cli, pause } from '../cli.ts';
import { type Command, isGiven, textOf, textsOf } from '../command.ts';
import type { Refusal } from '../exit.ts';
import { table } from '../output.ts';
import { hostHelp, hostOptions, listHosts } from './hosts.ts';

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

const textOfRun = (run: ActionRun, width: number | null): string => {
  const counts = new Map<string, number>();
  for (const { progress } of run.hosts) counts.set(progress, (counts.get(progress) ?? 0) + 1);
  const columns = [
    { header: 'Host', value: (host: RunHost) => host.fqdn || host.uuid, isFlexible: true },
    { header: 'Progress', value: (host: RunHost) => host.progress },
    { header: 'Task', value: (host: RunHost) => host.taskId },
    { header: 'Said', value: (host: RunHost) => host.message ?? host.code ?? '', isFlexible: true },
  ];
  const sum = [...counts].map(([progress, count]) => `${progress}: ${count}`).join(', ');
  return `${table(columns, run.hosts, width)}\n${run.action} on ${run.hosts.length} hosts: ${sum}\n`;
};

/** `waptwua trigger`. */
export const triggerCommand: Command = {
  name: 'trigger',
  summary: 'orders a scan, a download or an installation on hosts, by signed actions',
  usage: `${ACTIONS.join('|')} (--host NAME | --group NAME | --uuid UUID | --every-host)… [--wait] [--yes]`,
  help: [
    ...hostHelp,
    ['--every-host', 'every host that the other options leave'],
    ['--wait', 'until the order ended on every host'],
    ['--timeout MINUTES', 'how long to wait at most; 60 where it is left out'],
    ['--signer NAME', 'file name or fingerprint of the certificate that signs'],
    ['--passphrase-fd N', 'read the passphrase of its key from file descriptor N'],
    ['--passphrase-store', 'take it from the keyring or keychain of the system'],
    ['--yes', 'do not ask whether to do it'],
  ],
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
    if (!isAction(action)) return fail({ ending: 'usage', words: `say what to order: ${ACTIONS.join(', ')}` });
    const minutes = Number(textOf(words, 'timeout') ?? '60');
    if (!Number.isFinite(minutes) || minutes <= 0)
      return fail({ ending: 'usage', words: '--timeout takes a number of minutes' });
    const isNamed = ['host', 'group', 'uuid'].some((name) => textsOf(words, name).length > 0);
    if (!isNamed && !isGiven(words, 'every-host'))
      return fail({ ending: 'usage', words: 'say which hosts: --host, --group, --uuid, or --every-host' });
    const hosts = await listHosts(cli, words);
    if (!hosts.ok) return hosts;
    const uuids = hosts.value.rows.map(({ uuid }) => uuid);
    if (uuids.length === 0) return fail({ ending: 'not-found', words: 'no host fits' });
    const some = hosts.value.rows.slice(0, 3).map(({ fqdn, uuid }) => fqdn || uuid);
    const names = uuids.length > some.length ? `${some.join(', ')}, …` : some.join(', ');
    const confirmed = await cli.confirm(isGiven(words, 'yes'), `Order ${action} on ${uuids.length} hosts (${names})?`);
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
      text: textOfRun(ended.value, cli.parts.width),
      ending: isGood ? 'done' : 'incomplete',
    });
  },
};
