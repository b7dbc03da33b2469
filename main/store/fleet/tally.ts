import { type Cell, tallyFleet } from '../../../domain/compliance-tally.ts';
import { ageOf, bitOf, type Limit, type Picture } from './picture.ts';

/** Every figure of compliance, in one pass over the rows; in each dimension the entries with most hosts first. */
export function tally(picture: Picture, limit: Limit): readonly Cell[] {
  const { updates, hosts, rowsOf } = picture;
  const cells = tallyFleet(
    hosts.map((host) => ({ age: ageOf(host, limit), entries: host.entries, ...rowsOf(host.key) })),
    { ...updates, bit: (state, update) => bitOf(state, updates.isOnServer[update] as number) },
  );
  return cells.toSorted((a, b) => b.hosts - a.hosts || (a.key < b.key ? -1 : 1));
}
