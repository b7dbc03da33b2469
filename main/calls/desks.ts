import { ok } from '../../domain/result.ts';
import type { Answering, Parts } from './parts.ts';

/** Several servers side by side. */
export const desksCalls = ({ desks }: Parts): Answering<'desks'> => ({
  'desks.list': () => ok(desks.list),
  'desks.open': () => desks.open(),
  'desks.close': ({ deskId }) => desks.close(deskId),
});
