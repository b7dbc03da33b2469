import { type Line, median } from './report.ts';

/** One thing to measure; what it gives back is thrown away. */
export type Work = () => unknown;

const ROUNDS = 5;

const time = (work: Work) => async (): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/**
 * Compares two things that tell their own figure, in the same run, as a line for `finish`: one round of both to warm up, then
 * five in turns, so that a slow moment of the machine hits both; the ratio of the medians. `unit` is that of the figures.
 */
export const ratioOf = async (input: {
  readonly what: string;
  readonly bar: number;
  readonly unit: string;
  readonly baseline: () => Promise<number>;
  readonly subject: () => Promise<number>;
}): Promise<Line> => {
  const baselines: number[] = [];
  const subjects: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const [baseline, subject] = [await input.baseline(), await input.subject()];
    if (round === 0) continue;
    baselines.push(baseline);
    subjects.push(subject);
  }
  const [baseline, subject] = [median(baselines), median(subjects)];
  const note = `${subject.toFixed(1)} ${input.unit} against ${baseline.toFixed(1)} ${input.unit}`;
  return { what: input.what, measured: subject / baseline, bar: input.bar, unit: '×', note };
};

/** The same for two pieces of work, by the time that each takes. */
export const ratioLine = ({
  baseline,
  subject,
  ...input
}: {
  readonly what: string;
  readonly bar: number;
  readonly baseline: Work;
  readonly subject: Work;
}): Promise<Line> => ratioOf({ ...input, unit: 'ms', baseline: time(baseline), subject: time(subject) });
