import type { Exposure } from '../../../domain/cve/exposure.ts';
import type { Tone } from '../../theme/palette.ts';

/** The states in the order in which one reads them. */
export const SHOWN_EXPOSURES = [
  'blocked',
  'pending',
  'patched',
  'not-affected',
  'no-data',
] as const satisfies readonly Exposure[];

/** Colours of the states; what nobody knows is never that of what is safe. */
export const exposureTones: Readonly<Record<Exposure, Tone>> = {
  blocked: 'error',
  pending: 'warning',
  patched: 'ok',
  'not-affected': 'neutral',
  'no-data': 'info',
};
