/** The facts that decisions hang on and that hosts report badly: `default_allow`, the delay, the agent's own severities, its language. */
import type { AgentOptions } from './decision.ts';
import { parseDuration } from './duration.ts';
import type { Host } from './host.ts';
import { languageOf } from './names.ts';

/** What the administrator stated for the hosts of a group; null = not stated. */
export interface StatedOptions {
  readonly defaultAllow: boolean | null;
  /** A duration as in the ini file, `7d`. */
  readonly installDelay: string | null;
  /** The language in which the hosts scan: `en`, `fr`. */
  readonly language: string | null;
  /** `allowed_severities` of the agent's own section; empty = it allows none. */
  readonly allowedSeverities: readonly string[] | null;
}

/** Where a fact comes from, best first. `inferred`: from what the host decided about updates that no rule mentions. */
export type FactSource = 'reported' | 'assumed' | 'inferred' | 'unknown';

/** The options of a host's agent as far as they are known, and from where. */
export interface HostFacts {
  readonly options: AgentOptions;
  readonly defaultAllow: FactSource;
  readonly installDelay: FactSource;
  readonly severities: FactSource;
  readonly language: FactSource;
}

/** What rows that no package mentions show of the agent's own section. */
export interface Inferred {
  readonly defaultAllow: boolean | null;
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** Nothing is inferred. */
const NOTHING_INFERRED: Inferred = { defaultAllow: null, allowed: [], denied: [] };

/** The group name under which what holds for every host is stated. */
export const ALL_HOSTS = '*';

const duration = (value: unknown): number | null => {
  if (value === null || value === '') return 0;
  return typeof value === 'string' || typeof value === 'number' ? parseDuration(String(value)) : null;
};

const flag = (value: unknown): boolean | null => {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  return /^(true|1|yes|on)$/i.test(value) ? true : /^(false|0|no|off)$/i.test(value) ? false : null;
};

const texts = (value: unknown): readonly string[] | null => {
  if (typeof value === 'string') return value.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : null;
};

type Stated = Readonly<Record<string, StatedOptions>>;

const statedFor = <T>(
  host: Pick<Host, 'groups'>,
  stated: Stated,
  pick: (options: StatedOptions) => T | null,
): T | null => {
  for (const group of [...host.groups, ALL_HOSTS]) {
    const options = Object.hasOwn(stated, group) ? stated[group] : undefined;
    const value = options === undefined ? null : pick(options);
    if (value !== null) return value;
  }
  return null;
};

/** The best of what is known, and which it is. */
function best<T>(reported: T | null, assumed: T | null, inferred: T | null): readonly [T | null, FactSource] {
  if (reported !== null) return [reported, 'reported'];
  if (assumed !== null) return [assumed, 'assumed'];
  return inferred !== null ? [inferred, 'inferred'] : [null, 'unknown'];
}

/**
 * What is known of a host's agent: what it reports, else what was stated for one of its groups (in the order in which the host names them) or for
 * all hosts, else what its decisions about unruled updates show, else unknown. A text that is no duration counts as not said.
 */
export function hostFacts(
  host: Pick<Host, 'wuaStatus' | 'groups' | 'language'>,
  stated: Stated,
  inferred: Inferred = NOTHING_INFERRED,
): HostFacts {
  const status = host.wuaStatus ?? {};
  const said = <T>(pick: (options: StatedOptions) => T | null): T | null => statedFor(host, stated, pick);
  const [defaultAllow, allowSource] = best(
    flag(status['default_allow']),
    said((options) => options.defaultAllow),
    inferred.defaultAllow,
  );
  const [installDelay, delaySource] = best(
    'install_delay' in status ? duration(status['install_delay']) : null,
    said((options) => (options.installDelay === null ? null : duration(options.installDelay))),
    null,
  );
  const [language, languageSource] = best(
    languageOf(host.language),
    said((options) => languageOf(options.language)),
    null,
  );
  const [severities, severitySource] = best(
    texts(status['allowed_severities']),
    said((options) => options.allowedSeverities),
    null,
  );
  const hasShown = inferred.allowed.length + inferred.denied.length > 0;
  return {
    options: {
      defaultAllow,
      installDelay,
      language,
      allowedSeverities: severities ?? inferred.allowed,
      deniedSeverities: severities === null ? inferred.denied : null,
    },
    defaultAllow: allowSource,
    installDelay: delaySource,
    language: languageSource,
    severities: severitySource === 'unknown' && hasShown ? 'inferred' : severitySource,
  };
}

/** One reported row of a host that no package mentions, and whether the host allows it. */
export interface UnruledRow {
  readonly severity: string | null;
  readonly isAllowed: boolean;
}

/**
 * What decisions about unruled updates show. One refusal means that `default_allow` is off; then each severity shows by itself whether the agent's
 * own section allows it. Without a refusal only an update without severity shows that `default_allow` is on.
 */
export function inferOptions(rows: Iterable<UnruledRow>): Inferred {
  const allowed = new Set<string>();
  const denied = new Set<string>();
  let refuses = false;
  let allowsNameless = false;
  for (const { severity, isAllowed } of rows) {
    if (!isAllowed) refuses = true;
    if (severity === null) allowsNameless ||= isAllowed;
    else (isAllowed ? allowed : denied).add(severity);
  }
  // Both answers for one severity: something else than the agent's section decided, so nothing is shown.
  const isMixed = (refuses && allowsNameless) || [...allowed].some((severity) => denied.has(severity));
  if (isMixed) return NOTHING_INFERRED;
  const defaultAllow = refuses ? false : allowsNameless ? true : null;
  return { defaultAllow, allowed: [...allowed].sort(), denied: [...denied].sort() };
}
