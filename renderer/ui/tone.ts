import type { RowState } from '../../domain/update.ts';
import type { Tone } from '../theme/palette.ts';

/** The MUI severity that shows a tone. */
export function severityOf(tone: Tone): 'success' | 'warning' | 'error' | 'info' {
  if (tone === 'ok') return 'success';
  return tone === 'neutral' ? 'info' : tone;
}

/** The tone of a host's state for an update. */
export const stateTones: Readonly<Record<RowState, Tone>> = {
  done: 'ok',
  superseded: 'neutral',
  failed: 'error',
  missing: 'warning',
  pending: 'info',
  'held-back': 'neutral',
  forbidden: 'neutral',
  unknown: 'neutral',
};

/** The tone of an update's severity; null where it has none. */
export function severityTone(key: string): Tone {
  if (key === 'Critical') return 'error';
  if (key === 'Important') return 'warning';
  return key === 'Moderate' ? 'info' : 'neutral';
}
