import { useMemo } from 'react';
import type { RuleList } from '../../../../domain/rules.ts';
import { bareKb, type UpdateRow } from '../../../../domain/update.ts';
import { useCall } from '../../../app/console.ts';

const NO_UPDATES: readonly UpdateRow[] = [];

/** The titles behind the entries of rule lists: of an id its update, of a KB the newest update under it. Null for categories and what nobody reports. */
export function entryTitles(updates: readonly UpdateRow[]): (list: RuleList, entry: string) => string | null {
  const byId = new Map(updates.map((update) => [update.updateId.toLowerCase(), update.title]));
  const byKb = new Map<string, UpdateRow>();
  for (const update of updates) {
    for (const kb of update.kbids) {
      const known = byKb.get(bareKb(kb));
      if (known === undefined || (known.changetime ?? '') < (update.changetime ?? '')) byKb.set(bareKb(kb), update);
    }
  }
  return (list, entry) => {
    if (list === 'allowedUpdates' || list === 'forbiddenUpdates') return byId.get(entry.toLowerCase()) || null;
    if (list === 'allowedKbs' || list === 'forbiddenKbs') return byKb.get(bareKb(entry))?.title || null;
    return null;
  };
}

/** The same over the updates that the store knows. */
export function useEntryTitles(): ReturnType<typeof entryTitles> {
  const rows = useCall('updates.list', {}).data?.rows ?? NO_UPDATES;
  return useMemo(() => entryTitles(rows), [rows]);
}
