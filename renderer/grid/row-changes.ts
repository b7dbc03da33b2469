/** What turned one list of rows into another, by id; null where so much changed that the whole list is better given anew. */
export interface RowChanges<Row> {
  readonly add: Row[];
  readonly update: Row[];
  readonly remove: Row[];
}

/** Compares two lists of rows by id. A row counts as changed when it is another object: answers keep what is equal. */
export function rowChanges<Row>(
  before: readonly Row[],
  after: readonly Row[],
  rowId: (row: Row) => string,
): RowChanges<Row> | null {
  if (before.length === 0 || after.length === 0) return null;
  const old = new Map<string, Row>();
  for (const row of before) old.set(rowId(row), row);
  const add: Row[] = [];
  const update: Row[] = [];
  for (const row of after) {
    const id = rowId(row);
    const known = old.get(id);
    if (known === undefined) add.push(row);
    else if (known !== row) update.push(row);
    old.delete(id);
  }
  const remove = [...old.values()];
  return add.length + update.length + remove.length > after.length / 2 ? null : { add, update, remove };
}
