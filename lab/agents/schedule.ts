import type { Clock } from '../clock.ts';
import { seededRandom } from '../random.ts';
import { parseDuration } from './duration.ts';
import type { HostProfile } from './profile.ts';

/** What a host does by itself when its time has come. */
export type Occasion = 'download' | 'install' | 'shutdown';

/** Says what is due now, one thing at a time; what was said is due again a period later. */
export type Schedule = () => Occasion | null;

/** The schedule of a host's own ini, at an hour of its own; a person turns it off once a day. */
export function makeSchedule(clock: Clock, { uuid, options }: HostProfile): Schedule {
  const phase = seededRandom(`schedule ${uuid}`);
  const after = (text: string | null, share: number): number => {
    const period = text === null ? null : parseDuration(text);
    return period === null ? Number.POSITIVE_INFINITY : clock.now() + clock.paced(period) * share;
  };
  const periods: readonly (readonly [Occasion, string | null])[] = [
    ['download', options.download_scheduling],
    ['install', options.install_scheduling],
    ['shutdown', '24h'],
  ];
  const next = new Map(periods.map(([occasion, period]) => [occasion, after(period, 0.1 + phase.next())]));
  return () => {
    const due = periods.find(([occasion]) => clock.now() >= (next.get(occasion) ?? Number.POSITIVE_INFINITY));
    if (due === undefined) return null;
    next.set(due[0], after(due[1], 1));
    return due[0];
  };
}
