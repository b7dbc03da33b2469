/** The facts that decisions hang on and that hosts report badly: `default_allow`, the delay, the severities of the agent's own section. */
import type { AgentOptions } from './decision.ts';
import { parseDuration } from './duration.ts';
import type { Host } from './host.ts';

/** What the administrator stated for the hosts of a group; null = not stated. */
export interface StatedOptions {
  readonly defaultAllow: boolean | null;
  /** A duration as in the ini file, `7d`. */
  readonly installDelay: string | null;
}

/** Where a fact comes from, best first. `inferred`: an unruled row's `allowed`. */
export type FactSource = 'reported' | 'assumed' | 'inferred' | 'unknown';

/** The options of a host's agent as far as they are known, and from where. */
export interface HostFacts {
  readonly options: AgentOptions;
  readonly defaultAllow: FactSource;
  readonly installDelay: FactSource;
}

/** The group name under which what holds for every host is stated. */
export const ALL_HOSTS = '*';

const duration = (value: unknown): number | null => {
  if (value === null || value === '') return 0;
  return typeof value === 'string' || typeof value === 'number' ? parseDuration(String(value)) : null;
};

const first = <T>(
  host: Pick<Host, 'groups'>,
  stated: Readonly<Record<string, StatedOptions>>,
  pick: (options: StatedOptions) => T | null,
): T | null => {
  for (const group of [...host.groups, ALL_HOSTS]) {
    const options = stated[group];
    const value = options === undefined ? null : pick(options);
    if (value !== null) return value;
  }
  return null;
};

/**
 * What is known of a host's agent: what it reports, else what was stated for one of its groups, else for `default_allow` what an unruled row
 * shows (`inferred`, null when there is no such row), else unknown.
 */
export function hostFacts(
  host: Pick<Host, 'wuaStatus' | 'groups'>,
  stated: Readonly<Record<string, StatedOptions>>,
  inferred: boolean | null,
): HostFacts {
  const status = host.wuaStatus ?? {};
  const reportedAllow = typeof status['default_allow'] === 'boolean' ? status['default_allow'] : null;
  const statedAllow = first(host, stated, (options) => options.defaultAllow);
  const defaultAllow = reportedAllow ?? statedAllow ?? inferred;
  const reportedDelay = 'install_delay' in status ? duration(status['install_delay']) : null;
  const statedDelay = first(host, stated, (options) =>
    options.installDelay === null ? null : duration(options.installDelay),
  );
  const severities = status['allowed_severities'];
  return {
    options: {
      defaultAllow,
      installDelay: reportedDelay ?? statedDelay,
      allowedSeverities: Array.isArray(severities)
        ? severities.filter((name): name is string => typeof name === 'string')
        : [],
    },
    defaultAllow:
      reportedAllow !== null
        ? 'reported'
        : statedAllow !== null
          ? 'assumed'
          : inferred !== null
            ? 'inferred'
            : 'unknown',
    installDelay: reportedDelay !== null ? 'reported' : statedDelay !== null ? 'assumed' : 'unknown',
  };
}
