/** The `[waptwua]` section of `wapt-get.ini` (protocol 7.1): what each option takes, what is dangerous, and its text. */
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

/** Texts as in the ini file; an absent key is not written. */
export type OptionValues = Readonly<Partial<Record<OptionKey, string>>>;

/** The boolean that a text means to the agent, or null where it means none. */
export function iniBoolean(text: string): boolean | null {
  if (/^(true|1|yes|on)$/i.test(text.trim())) return true;
  if (/^(false|0|no|off)$/i.test(text.trim())) return false;
  return null;
}

const SEVERITY = /^(critical|important|moderate|low)$/i;

/** The keys whose text the agent would not understand. */
export function wrongOptions(values: OptionValues): readonly OptionKey[] {
  return AGENT_OPTIONS.filter(({ key, kind }) => {
    const text = values[key];
    if (text === undefined || text.trim() === '') return false;
    if (kind === 'boolean') return iniBoolean(text) === null;
    if (kind === 'duration') return parseDuration(text) === null;
    if (kind === 'severities') return !text.split(',').every((name) => SEVERITY.test(name.trim()));
    return /[\r\n]/.test(text);
  }).map(({ key }) => key);
}

/** A combination that hurts, explained where it is set. */
export type OptionDanger =
  | 'installs-everything-unattended'
  | 'installs-in-working-hours'
  | 'goes-around-the-cache'
  | 'installs-nothing'
  | 'asks-microsoft'
  | 'never-scans';

/** What is dangerous in a section; `hasRules` says whether some package or severity would allow anything. */
export function optionDangers(
  values: OptionValues,
  hasRules: boolean,
): readonly { readonly danger: OptionDanger; readonly keys: readonly OptionKey[] }[] {
  const on = (key: OptionKey, byDefault: boolean): boolean => {
    const text = values[key];
    return text === undefined || text.trim() === '' ? byDefault : (iniBoolean(text) ?? byDefault);
  };
  const set = (key: OptionKey): boolean => (values[key] ?? '').trim() !== '';
  if (!on('enabled', false)) return [];
  const found: { danger: OptionDanger; keys: readonly OptionKey[] }[] = [];
  if (on('default_allow', false) && set('install_scheduling')) {
    found.push({ danger: 'installs-everything-unattended', keys: ['default_allow', 'install_scheduling'] });
  } else if (set('install_scheduling'))
    found.push({ danger: 'installs-in-working-hours', keys: ['install_scheduling'] });
  if (on('allow_direct_download', false))
    found.push({ danger: 'goes-around-the-cache', keys: ['allow_direct_download'] });
  if (!on('default_allow', false) && !hasRules && !set('allowed_severities'))
    found.push({ danger: 'installs-nothing', keys: ['default_allow'] });
  if (!on('offline', true)) found.push({ danger: 'asks-microsoft', keys: ['offline'] });
  if (!set('download_scheduling')) found.push({ danger: 'never-scans', keys: ['download_scheduling'] });
  return found;
}

/** The section as ini text, keys in order, absent ones left out, LF at the end. */
export function formatSection(values: OptionValues): string {
  const lines = AGENT_OPTIONS.flatMap(({ key }) => {
    const text = values[key]?.trim();
    return text === undefined || text === '' ? [] : [`${key}=${text}`];
  });
  return `[waptwua]\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** The variables of the agent's installer that set the same values (protocol 7.2); options without a variable are in `left`. */
export function installerValues(values: OptionValues): {
  readonly lines: readonly string[];
  readonly left: readonly OptionKey[];
} {
  const lines: string[] = [];
  const left: OptionKey[] = [];
  for (const { key, installer } of AGENT_OPTIONS) {
    const text = values[key]?.trim();
    if (text === undefined || text === '') continue;
    if (installer === null) left.push(key);
    else lines.push(`${installer}=${text}`);
  }
  return { lines, left };
}

/** Reads the `[waptwua]` section of an ini text as Python's parser does: `key = value` or `key: value`, `#` and `;` begin a comment line. */
export function parseSection(text: string): OptionValues {
  const known = new Set<string>(AGENT_OPTIONS.map(({ key }) => key));
  const values: Record<string, string> = {};
  let inside = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const section = /^\[(.+)\]$/.exec(line)?.[1];
    if (section !== undefined) inside = section === 'waptwua';
    else if (inside && line !== '' && !/^[#;]/.test(line)) {
      const match = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line);
      const key = match?.[1]?.toLowerCase() ?? '';
      if (known.has(key)) values[key] = match?.[2] ?? '';
    }
  }
  return values;
}
