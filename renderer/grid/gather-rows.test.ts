import { describe, expect, it } from 'vitest';
import { gatherRows } from './gather-rows.ts';

interface Row {
  readonly under: string | null;
}

const gathered = (...rows: readonly (readonly [id: string, under?: string])[]): readonly (string | undefined)[] => {
  const nodes = rows.map(([id, under]) => ({ id, data: { under: under ?? null } }));
  gatherRows<Row>(nodes, (row) => row.under);
  return nodes.map((node) => node.id);
};

describe('rows that belong under another', () => {
  it('stand right below it in the order they had', () => {
    expect(gathered(['b', 'x'], ['y'], ['x'], ['c', 'x'], ['z'])).toEqual(['y', 'x', 'b', 'c', 'z']);
  });

  it('stay where they are when the other is not shown', () => {
    expect(gathered(['b', 'gone'], ['a'])).toEqual(['b', 'a']);
  });

  it('are never lost, whatever the data says', () => {
    expect(gathered(['a', 'a'], ['b', 'c'], ['c', 'b'])).toHaveLength(3);
  });
});
