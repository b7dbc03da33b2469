import type { IRowNode } from 'ag-grid-community';

/** Puts rows that belong under another right below it, in the order they had; a row whose other is not shown stays where it is. */
export function gatherRows<Row>(
  nodes: Pick<IRowNode<Row>, 'id' | 'data'>[],
  underOf: (row: Row) => string | null,
): void {
  // Most often nothing stands under anything; then the rows are looked at once and left.
  if (!nodes.some(({ data }) => data !== undefined && underOf(data) !== null)) return;
  const members = new Map<string, (typeof nodes)[number][]>();
  const shown = new Set(nodes.map((node) => node.id));
  const isUnder = (node: (typeof nodes)[number]): string | null => {
    const other = node.data === undefined ? null : underOf(node.data);
    return other !== null && other !== node.id && shown.has(other) ? other : null;
  };
  for (const node of nodes) {
    const other = isUnder(node);
    if (other === null) continue;
    const list = members.get(other);
    if (list === undefined) members.set(other, [node]);
    else list.push(node);
  }
  if (members.size === 0) return;
  const ordered = nodes.flatMap((node) =>
    isUnder(node) !== null ? [] : [node, ...(members.get(node.id ?? '') ?? [])],
  );
  if (ordered.length === nodes.length) nodes.splice(0, nodes.length, ...ordered);
}
