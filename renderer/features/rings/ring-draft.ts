/** A ring set while one edits it: numbers as one typed them. */
import type { RingSet } from '../../../contract/schemas/rings.ts';
import { defaultGates, type Ring, type RingGates } from '../../../domain/rings.ts';

/** The four gates as texts; empty = off. The rate is in percent. */
export type GateTexts = Readonly<Record<keyof RingGates, string>>;

/** One ring of the form; `key` stays while it moves. */
export interface RingDraft {
  readonly key: number;
  readonly package: string;
  readonly gates: GateTexts;
}

/** What is wrong with a ring. */
export interface RingProblems {
  readonly package: 'missing' | 'twice' | null;
  readonly gates: readonly (keyof RingGates)[];
}

const GATES = [
  'minAgeDays',
  'minSuccesses',
  'minSuccessRate',
  'maxFailures',
] as const satisfies readonly (keyof RingGates)[];

const text = (value: number | null, factor = 1): string =>
  value === null ? '' : String(Math.round(value * factor * 100) / 100);

/** Gates as the form shows them. */
export function textsOf(gates: RingGates): GateTexts {
  return {
    minAgeDays: text(gates.minAgeDays),
    minSuccesses: text(gates.minSuccesses),
    minSuccessRate: text(gates.minSuccessRate, 100),
    maxFailures: text(gates.maxFailures),
  };
}

/** A new ring with the gates that most begin with. */
export const newRing = (key: number): RingDraft => ({ key, package: '', gates: textsOf(defaultGates) });

/** The rings of a set as the form begins with; a new set begins with three. */
export function draftRings(set: RingSet | null): readonly RingDraft[] {
  if (set === null) return [0, 1, 2].map(newRing);
  return set.rings.map((ring, key) => ({ key, package: ring.package, gates: textsOf(ring.gates) }));
}

function readGate(gate: keyof RingGates, typed: string): number | null | 'wrong' {
  const trimmed = typed.trim().replace(',', '.');
  if (trimmed === '') return null;
  const value = Number(trimmed);
  if (!Number.isFinite(value) || value < 0) return 'wrong';
  if (gate === 'minSuccessRate') return value > 100 ? 'wrong' : value / 100;
  if (gate === 'minAgeDays') return value > 3_650 ? 'wrong' : value;
  return Number.isInteger(value) && value <= 1_000_000 ? value : 'wrong';
}

/** What is wrong with each ring, in order. */
export function problemsOf(rings: readonly RingDraft[]): readonly RingProblems[] {
  return rings.map((ring, at) => ({
    package:
      ring.package === ''
        ? 'missing'
        : rings.some((other, i) => i < at && other.package === ring.package)
          ? 'twice'
          : null,
    gates: at === rings.length - 1 ? [] : GATES.filter((gate) => readGate(gate, ring.gates[gate]) === 'wrong'),
  }));
}

/** The rings to keep, or null where something is wrong. The last one asks nothing. */
export function ringsOf(rings: readonly RingDraft[]): readonly Ring[] | null {
  if (problemsOf(rings).some((problem) => problem.package !== null || problem.gates.length > 0)) return null;
  return rings.map((ring, at) => {
    const read = (gate: keyof RingGates): number | null => {
      const value = readGate(gate, ring.gates[gate]);
      return value === 'wrong' ? null : value;
    };
    const isLast = at === rings.length - 1;
    return {
      package: ring.package,
      gates: isLast
        ? defaultGates
        : {
            minAgeDays: read('minAgeDays'),
            minSuccesses: read('minSuccesses'),
            minSuccessRate: read('minSuccessRate'),
            maxFailures: read('maxFailures'),
          },
    };
  });
}
