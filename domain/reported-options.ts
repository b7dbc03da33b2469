/** What hosts report of the options of their agent, and how that compares with the options one wants. */
import {
  AGENT_OPTIONS,
  iniBoolean,
  type OptionKey,
  type OptionValues,
  optionFact,
  readSeverities,
} from './agent-options.ts';
import { formatDuration, parseDuration } from './duration.ts';

/** The options that a host reports, as texts; '' = it says that there is none. What it does not mention is absent. */
export type ReportedOptions = Readonly<Partial<Record<OptionKey, string>>>;

const textOf = (value: unknown): string | null => {
  if (value === null || value === '') return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value.join(',') : null;
};

/** Reads the options out of `waptwua_status` (protocol 2.3): those that the host mentions, whichever they are. */
export function reportedOptions(status: Readonly<Record<string, unknown>> | null): ReportedOptions {
  const found: Partial<Record<OptionKey, string>> = {};
  for (const { key } of AGENT_OPTIONS) {
    // Agents before 1.7 wrote `waptwua_enabled`.
    const name = key === 'enabled' && status?.[key] === undefined ? 'waptwua_enabled' : key;
    if (status === null || !Object.hasOwn(status, name)) continue;
    const text = textOf(status[name]);
    if (text !== null) found[key] = text;
  }
  return found;
}

/** The meaning of an option's text, so that `7d` and `168h`, `true` and `1`, none and the default compare equal. A text without meaning is its own. */
export function meaningOf(key: OptionKey, text: string): string {
  const fact = optionFact(key);
  const own = text.trim() === '' ? (fact?.byDefault ?? '') : text.trim();
  if (fact?.kind === 'boolean') return String(own === '' ? false : (iniBoolean(own) ?? own));
  if (fact?.kind === 'duration') {
    const milliseconds = own === '' ? 0 : parseDuration(own);
    return milliseconds === null ? own : milliseconds === 0 ? '' : formatDuration(milliseconds);
  }
  if (fact?.kind === 'severities') {
    const { known, unknown } = readSeverities(own);
    return [...known, ...unknown].join(',');
  }
  return own;
}

/** A host with the options that it reports. */
export interface ReportingHost {
  readonly uuid: string;
  readonly fqdn: string;
  readonly options: ReportedOptions;
}

/** Hosts that report another value than the one wanted; `text` as they write it. */
export interface OtherValue<Host> {
  readonly text: string;
  readonly hosts: readonly Host[];
}

/** How hosts stand to the wanted value of one option. */
export interface OptionComparison<Host> {
  readonly key: OptionKey;
  /** The wanted text; '' = not set, and then the agent's default is compared. */
  readonly wanted: string;
  readonly agree: readonly Host[];
  /** By value, most hosts first. */
  readonly differ: readonly OtherValue<Host>[];
  /** Hosts that do not say. */
  readonly silent: readonly Host[];
}

/** Compares what is wanted with what hosts report, option by option. */
export function compareReported<Host extends Pick<ReportingHost, 'options'>>(
  wanted: OptionValues,
  hosts: readonly Host[],
): readonly OptionComparison<Host>[] {
  return AGENT_OPTIONS.map(({ key }) => {
    const text = wanted[key]?.trim() ?? '';
    const meaning = meaningOf(key, text);
    const agree: Host[] = [];
    const silent: Host[] = [];
    const others = new Map<string, { text: string; hosts: Host[] }>();
    for (const host of hosts) {
      const said = host.options[key];
      if (said === undefined) {
        silent.push(host);
        continue;
      }
      const own = meaningOf(key, said);
      if (own === meaning) {
        agree.push(host);
        continue;
      }
      const same = others.get(own);
      if (same === undefined) others.set(own, { text: said.trim(), hosts: [host] });
      else same.hosts.push(host);
    }
    const differ = [...others.values()].sort((a, b) => b.hosts.length - a.hosts.length);
    return { key, wanted: text, agree, differ, silent };
  });
}
