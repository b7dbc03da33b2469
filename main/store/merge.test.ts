import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankUpdate, type Update } from '../../domain/update.ts';
import { fromStored, LIST_TEXT, mergeUpdate, toStored } from './merge.ts';
import { update } from './testing.ts';

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

const updates = fc.record(
  Object.fromEntries(
    Object.entries(blankUpdate('x_1'))
      .filter(([field]) => field !== 'updateId')
      .map(([field, value]) => [
        field,
        Array.isArray(value)
          ? fc.array(fc.string(), { maxLength: 3 })
          : field === 'title'
            ? fc.string()
            : fc.constantFrom<unknown>(null, '', 'text', true, 12),
      ]),
  ),
) as fc.Arbitrary<Partial<Update>>;

describe('merging what is read of an update', () => {
  it('overwrites field by field, and what is not said stays', () => {
    fc.assert(
      fc.property(updates, updates, (first, second) => {
        const known = { ...update(1), ...first };
        const later = { ...update(1), ...second };
        const merged = mergeUpdate(known, later);
        for (const field of Object.keys(known) as (keyof Update)[]) {
          if (field === 'downloadedOn') expect(merged[field]).toBe(known[field]);
          else expect(merged[field]).toEqual(isEmpty(later[field]) ? known[field] : later[field]);
        }
      }),
    );
  });

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(updates, updates, (first, second) => {
        const later = { ...update(1), ...second };
        const once = mergeUpdate({ ...update(1), ...first }, later);
        expect(JSON.stringify(mergeUpdate(once, later))).toBe(JSON.stringify(once));
      }),
    );
  });

  it('keeps every update whole, with long texts beside the list', () => {
    fc.assert(
      fc.property(updates, fc.string({ maxLength: 2_000, unit: 'binary' }), (fields, text) => {
        const whole = { ...update(1), ...fields, releaseNotes: text, uninstallationNotes: text + text };
        const stored = toStored(whole);
        expect(fromStored(stored)).toEqual(whole);
        expect(stored.notes !== null).toBe(text.length * 2 > LIST_TEXT);
        expect((JSON.parse(stored.facts) as Update).releaseNotes?.length ?? 0).toBeLessThanOrEqual(LIST_TEXT + 1);
      }),
    );
  });
});
