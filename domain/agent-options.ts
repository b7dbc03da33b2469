/** The `[waptwua]` section of `wapt-get.ini` (protocol 7.1): what each option takes, what is wrong or dangerous in it, and its text. */
import { parseDuration } from './duration.ts';

/** How an option is written. */
export type OptionKind = 'boolean' | 'duration' | 'severities' | 'text';

/** One option: its key, kind, the agent's default, and the installer's variable where there is one (protocol 7.2). */
export interface OptionFact {
  readonly key: string;
  readonly kind: OptionKind;
  readonly byDefault: string;
  readonly installer: string | null;
}

/** The options in the order in which they are written. */
export const AGENT_OPTIONS = [
  { key: 'enabled', kind: 'boolean', byDefault: '', installer: 'set_waptwua_enabled' },
  { key: 'offline', kind: 'boolean', byDefault: 'true', installer: 'set_waptwua_offline' },
  { key: 'default_allow', kind: 'boolean', byDefault: 'false', installer: 'set_waptwua_default_allow' },
  { key: 'allow_direct_download', kind: 'boolean', byDefault: 'false', installer: 'set_waptwua_allow_direct_download' },
  { key: 'filter', kind: 'text', byDefault: "Type='Software' or Type='Driver'", installer: null },
  { key: 'download_scheduling', kind: 'duration', byDefault: '', installer: 'set_waptwua_download_scheduling' },
  { key: 'install_scheduling', kind: 'duration', byDefault: '', installer: null },
  { key: 'install_at_shutdown', kind: 'boolean', byDefault: 'false', installer: 'set_waptwua_install_at_shutdown' },
  { key: 'install_delay', kind: 'duration', byDefault: '', installer: 'set_waptwua_install_delay' },
  { key: 'allowed_severities', kind: 'severities', byDefault: '', installer: null },
] as const satisfies readonly OptionFact[];

/** The key of an option. */
export type OptionKey = (typeof AGENT_OPTIONS)[number]['key'];

const FACTS: ReadonlyMap<string, (typeof AGENT_OPTIONS)[number]> = new Map(
  AGENT_OPTIONS.map((fact) => [fact.key, fact]),
);

/** The fact of an option by its key; null for a key that is none. */
export const optionFact = (key: string): (typeof AGENT_OPTIONS)[number] | null => FACTS.get(key) ?? null;

/** Texts as in the ini file; an absent key, and an empty text, is not written. */
export type OptionValues = Readonly<Partial<Record<OptionKey, string>>>;

/** The boolean that a text means to the agent, or null where it means none. */
export function iniBoolean(text: string): boolean | null {
  if (/^(true|1|yes|on)$/i.test(text.trim())) return true;
  if (/^(false|0|no|off)$/i.test(text.trim())) return false;
  return null;
}

/** The severities that the section may allow, as Microsoft writes them. */
export const OPTION_SEVERITIES = ['Critical', 'Important', 'Moderate', 'Low'] as const;

/** The names of a list of severities: those known, as Microsoft writes them, and those that nobody knows, as they stand. */
export function readSeverities(text: string): {
  readonly known: readonly string[];
  readonly unknown: readonly string[];
} {
  const names = text.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  const spelt = (name: string): string | undefined =>
    OPTION_SEVERITIES.find((each) => each.toLowerCase() === name.toLowerCase());
  const known = new Set(names.flatMap((name) => spelt(name) ?? []));
  return {
    known: OPTION_SEVERITIES.filter((each) => known.has(each)),
    unknown: names.filter((name) => spelt(name) === undefined),
  };
}

/** Why the agent would not understand a text. `detail` is the part that is wrong. */
export interface OptionProblem {
  readonly problem: 'not-boolean' | 'not-duration' | 'not-severity' | 'severity-case' | 'several-lines' | 'open-quote';
  readonly detail: string;
}

/** What is wrong with the text of an option; null where nothing is. An empty text is not written, and so not wrong. */
export function optionProblem(key: OptionKey, text: string): OptionProblem | null {
  const kind = optionFact(key)?.kind ?? 'text';
  if (text.trim() === '') return null;
  if (/[\r\n]/.test(text)) return { problem: 'several-lines', detail: text };
  if (kind === 'boolean') return iniBoolean(text) === null ? { problem: 'not-boolean', detail: text.trim() } : null;
  if (kind === 'duration')
    return parseDuration(text) === null ? { problem: 'not-duration', detail: text.trim() } : null;
  if (kind === 'severities') {
    const { known, unknown } = readSeverities(text);
    if (unknown.length > 0) return { problem: 'not-severity', detail: unknown.join(', ') };
    // The agent compares the names as texts (protocol 9.4).
    const names = text.split(',').map((name) => name.trim());
    const odd = names.filter((name) => name !== '' && !known.includes(name));
    return odd.length > 0 ? { problem: 'severity-case', detail: odd.join(', ') } : null;
  }
  return (text.match(/'/g) ?? []).length % 2 === 1 ? { problem: 'open-quote', detail: text.trim() } : null;
}

/** The keys whose text the agent would not understand. */
export function wrongOptions(values: OptionValues): readonly OptionKey[] {
  return AGENT_OPTIONS.flatMap(({ key }) => (optionProblem(key, values[key] ?? '') === null ? [] : [key]));
}

/** A combination that one should know of, explained where it is set. */
export type OptionDanger =
  | 'installs-everything-unattended'
  | 'installs-in-working-hours'
  | 'allows-on-the-first-day'
  | 'goes-around-the-cache'
  | 'installs-nothing'
  | 'asks-microsoft'
  | 'never-scans'
  | 'only-by-order'
  | 'has-no-effect'
  | 'given-back';

/** A danger, the options it comes from, and whether it hurts by itself or is only good to know. */
export interface FoundDanger {
  readonly danger: OptionDanger;
  readonly keys: readonly OptionKey[];
  readonly weight: 'danger' | 'note';
}

/** What is dangerous in a section; `hasRules` says whether some package would allow anything. A text that the agent does not understand counts as not set. */
export function optionDangers(values: OptionValues, hasRules: boolean): readonly FoundDanger[] {
  const isSet = (key: OptionKey): boolean =>
    (values[key] ?? '').trim() !== '' && optionProblem(key, values[key] ?? '') === null;
  const isOn = (key: OptionKey): boolean => {
    const own = isSet(key) ? iniBoolean(values[key] ?? '') : null;
    return own ?? iniBoolean(optionFact(key)?.byDefault ?? '') ?? false;
  };
  const found: FoundDanger[] = [];
  const add = (danger: OptionDanger, keys: readonly OptionKey[], weight: FoundDanger['weight'] = 'danger'): void => {
    found.push({ danger, keys, weight });
  };
  if (!isOn('enabled')) {
    const others = AGENT_OPTIONS.some(({ key }) => key !== 'enabled' && isSet(key));
    if (isSet('enabled')) add('given-back', ['enabled'], 'note');
    else if (others) add('has-no-effect', ['enabled'], 'note');
    return found;
  }
  const allowsAll = isOn('default_allow');
  const hasDelay = isSet('install_delay') && (parseDuration(values['install_delay'] ?? '') ?? 0) > 0;
  if (allowsAll && isSet('install_scheduling'))
    add('installs-everything-unattended', ['default_allow', 'install_scheduling']);
  if (isSet('install_scheduling')) add('installs-in-working-hours', ['install_scheduling']);
  if ((allowsAll || isSet('allowed_severities')) && !hasDelay)
    add('allows-on-the-first-day', [allowsAll ? 'default_allow' : 'allowed_severities', 'install_delay']);
  if (isOn('allow_direct_download')) add('goes-around-the-cache', ['allow_direct_download']);
  if (!allowsAll && !hasRules && !isSet('allowed_severities')) add('installs-nothing', ['default_allow']);
  if (!isOn('offline')) add('asks-microsoft', ['offline']);
  if (!isSet('download_scheduling')) add('never-scans', ['download_scheduling'], 'note');
  if (!isSet('install_scheduling') && !isOn('install_at_shutdown'))
    add('only-by-order', ['install_scheduling', 'install_at_shutdown'], 'note');
  return found;
}

/** A line of the section whose key is none of the known options: kept as it was read. */
export interface OtherOption {
  readonly key: string;
  readonly text: string;
}

/** The section as ini text: known keys in order, then the others, absent ones left out, LF at the end. */
export function formatSection(values: OptionValues, others: readonly OtherOption[] = []): string {
  const lines = AGENT_OPTIONS.map(({ key }) => ({ key, text: values[key] ?? '' }));
  const written = [...lines, ...others].flatMap(({ key, text }) => {
    const value = text.trim().replace(/\s*[\r\n]+\s*/g, '\n\t');
    return value === '' ? [] : [`${key}=${value}\n`];
  });
  return `[waptwua]\n${written.join('')}`;
}

/** The variables of the agent's installer that set the same values (protocol 7.2); options without a variable are in `left`. */
export function installerValues(values: OptionValues): {
  readonly lines: readonly string[];
  readonly left: readonly OptionKey[];
} {
  const lines: string[] = [];
  const left: OptionKey[] = [];
  for (const { key, installer } of AGENT_OPTIONS) {
    const text = values[key]?.trim() ?? '';
    if (text === '') continue;
    if (installer === null) left.push(key);
    else lines.push(`${installer}=${text}`);
  }
  return { lines, left };
}

/** What was read of an ini text. */
export interface SectionRead {
  readonly values: OptionValues;
  readonly others: readonly OtherOption[];
  /** Where the values come from: the section, lines without any section, the keys of `[global]` before October 2018, or nowhere. */
  readonly from: 'section' | 'bare' | 'global' | 'nothing';
  /** Lines inside the section that are none: no `=` and no `:`. */
  readonly badLines: readonly string[];
}

interface RawLine {
  readonly section: string | null;
  readonly key: string;
  readonly text: string;
}

/** The lines of an ini text as Python's parser reads them: the last of two wins, an indented line continues the value above it. */
function rawLines(text: string): {
  readonly lines: readonly RawLine[];
  readonly bad: readonly (readonly [string | null, string])[];
} {
  const lines: RawLine[] = [];
  const bad: (readonly [string | null, string])[] = [];
  let section: string | null = null;
  let isOpen = false;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    if (line === '' || /^[#;]/.test(line)) continue;
    const last = lines.at(-1);
    if (/^\s/.test(raw) && isOpen && last !== undefined) {
      lines[lines.length - 1] = { ...last, text: `${last.text}\n${line}` };
      continue;
    }
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line);
    isOpen = header === undefined && pair !== null;
    if (header !== undefined) section = header;
    else if (pair === null) bad.push([section, line]);
    else lines.push({ section, key: (pair[1] ?? '').toLowerCase(), text: pair[2] ?? '' });
  }
  return { lines, bad };
}

/** Reads the `[waptwua]` section of an ini text, or its lines alone, or the keys that `[global]` had before October 2018 (protocol 7.1). */
export function readSection(text: string): SectionRead {
  const { lines, bad } = rawLines(text);
  const old = /^waptwua_/;
  const sections = [...lines.map((line) => line.section), ...bad.map(([section]) => section)];
  const from = sections.includes('waptwua')
    ? 'section'
    : lines.some((line) => line.section === null)
      ? 'bare'
      : lines.some((line) => line.section === 'global' && old.test(line.key))
        ? 'global'
        : 'nothing';
  const own = lines.flatMap(({ section, key, text: value }): OtherOption[] => {
    if (from === 'section' && section === 'waptwua') return [{ key, text: value }];
    if (from === 'bare' && section === null) return [{ key, text: value }];
    return from === 'global' && section === 'global' && old.test(key)
      ? [{ key: key.replace(old, ''), text: value }]
      : [];
  });
  const last = new Map(own.map(({ key, text: value }) => [key, value]));
  const wanted = from === 'section' ? 'waptwua' : null;
  return {
    values: Object.fromEntries([...last].filter(([key]) => FACTS.has(key))),
    others: [...last].flatMap(([key, value]) => (FACTS.has(key) ? [] : [{ key, text: value }])),
    from,
    badLines:
      from === 'nothing' || from === 'global'
        ? []
        : bad.flatMap(([section, line]) => (section === wanted ? [line] : [])),
  };
}
