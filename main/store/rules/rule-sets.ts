import type { RuleSource } from '../../../domain/decision.ts';
import type { Spelling } from '../../../domain/names.ts';
import { compileRules, doubtful, type RuledIndex, settle, unite } from '../../../domain/policy.ts';

/** One version of a package as a source of rules. */
export interface Source extends RuleSource {
  readonly version: string;
}

/** Sources that hold together on hosts of one language. */
export interface RuleSet {
  readonly sources: readonly Source[];
  readonly language: string | null;
  readonly united: Uint16Array;
  /** What they say together of each update. */
  readonly says: Uint8Array;
}

const keyOf = ({ name, version, isDoubtful }: Source): string =>
  `${name}\n${version}${isDoubtful === true ? '\n?' : ''}`;

/** Gives each combination of sources and language a number, and compiles each source once. */
export class RuleSets {
  readonly sets: RuleSet[] = [];
  readonly #index: RuledIndex;
  readonly #spelling: (language: string | null) => Spelling;
  readonly #says = new Map<string, Uint16Array>();
  readonly #numbers = new Map<string, number>();

  constructor(index: RuledIndex, spelling: (language: string | null) => Spelling) {
    this.#index = index;
    this.#spelling = spelling;
  }

  /** The number of a combination. */
  of(sources: readonly Source[], language: string | null): number {
    const key = JSON.stringify([language, ...sources.map(keyOf).sort()]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const united = unite(
      this.#index,
      sources.map((source) => {
        const says = this.#compiled(source, language);
        return source.isDoubtful === true ? doubtful(says) : says;
      }),
    );
    const number = this.sets.push({ sources, language, united, says: settle(united) }) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** What one source says on hosts of a language, without keeping it. */
  compile(source: RuleSource, language: string | null): Uint16Array {
    return compileRules(this.#index, source.rules, this.#spelling(language));
  }

  #compiled(source: Source, language: string | null): Uint16Array {
    const key = `${source.name}\n${source.version}\n${language ?? ''}`;
    let says = this.#says.get(key);
    if (says === undefined) {
      says = this.compile(source, language);
      this.#says.set(key, says);
    }
    return says;
  }
}
