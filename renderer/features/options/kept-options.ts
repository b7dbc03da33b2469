import { AGENT_OPTIONS, type OptionKey, type OptionValues, type OtherOption } from '../../../domain/agent-options.ts';

/** The section that one edits: the known options, and the lines that the console does not know and keeps. */
export interface OptionSet {
  readonly values: OptionValues;
  readonly others: readonly OtherOption[];
}

/** Nothing is set. */
export const emptySet: OptionSet = { values: {}, others: [] };

/** A careful start: the index, nothing allowed without a rule, a week of waiting, and installation when somebody shuts down. */
export const carefulValues: OptionValues = {
  enabled: 'true',
  offline: 'true',
  default_allow: 'false',
  allow_direct_download: 'false',
  download_scheduling: '12h',
  install_at_shutdown: 'true',
  install_delay: '7d',
};

/** How many characters of a section are kept between sessions. */
export const KEPT_LENGTH = 20_000;

/** The section as the text that is kept. */
export const keptText = (set: OptionSet): string => JSON.stringify(set);

const isText = (value: unknown): value is string => typeof value === 'string';

/** A kept text as a section; what does not fit is left out. */
export function readKept(text: string | null): OptionSet {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    return emptySet;
  }
  if (typeof kept !== 'object' || kept === null) return emptySet;
  const { values, others } = kept as Record<string, unknown>;
  const own = (typeof values === 'object' && values !== null ? values : {}) as Record<string, unknown>;
  return {
    values: Object.fromEntries(
      AGENT_OPTIONS.flatMap(({ key }) => (isText(own[key]) && own[key] !== '' ? [[key, own[key]]] : [])),
    ),
    others: (Array.isArray(others) ? others : []).flatMap((other: unknown) => {
      const { key, text: value } = (typeof other === 'object' && other !== null ? other : {}) as Record<
        string,
        unknown
      >;
      return isText(key) && isText(value) ? [{ key, text: value }] : [];
    }),
  };
}

/** The section with one option set anew; an empty text takes it out. */
export function withOption(set: OptionSet, key: OptionKey, text: string): OptionSet {
  const { [key]: _old, ...rest } = set.values;
  return { ...set, values: text === '' ? rest : { ...rest, [key]: text } };
}
