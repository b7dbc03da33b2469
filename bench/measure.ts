import { type Line, median } from './report.ts';

/** One thing to measure; what it gives back is thrown away. */
export type Work = () => unknown;

const ROUNDS = 5;

const time = async (work: Work): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/**
 * Measures a subject against a baseline in the same run, as a line for `finish`: one round of both to warm up, then five
 * in turns, so that a slow moment of the machine hits both; the ratio of the medians.
 */
export const ratioLine = async (input: {
  readonly what: string;
  readonly bar: number;
  readonly baseline: Work;
  readonly subject: Work;
}): Promise<Line> => {
  const baselines: number[] = [];
  const subjects: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const [baseline, subject] = [await time(input.baseline), await time(input.subject)];
    if (round === 0) continue;
    baselines.push(baseline);
    subjects.push(subject);
  }
  const [baseline, subject] = [median(baselines), median(subjects)];
  const note = `${subject.toFixed(1)} ms against ${baseline.toFixed(1)} ms`;
  return { what: input.what, measured: subject / baseline, bar: input.bar, unit: '×', note };
};
