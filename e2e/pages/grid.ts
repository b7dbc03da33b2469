import { expect, type Locator, type Page } from '@playwright/test';

/** One row of a list. */
export interface Row {
  readonly root: Locator;
  /** The cell under a column, by the words of its header. */
  readonly cell: (column: string) => Promise<Locator>;
  readonly text: (column: string) => Promise<string>;
  /** Adds the row to what is selected, or takes it out. */
  readonly toggle: () => Promise<void>;
  /** Selects this row and no other. */
  readonly select: () => Promise<void>;
  /** Opens the menu of the row with the right button. */
  readonly menu: () => Promise<Locator>;
}

/** A list of the console, by its accessible name. */
export interface GridPage {
  readonly root: Locator;
  /** How many rows the filter lets through. */
  readonly count: () => Promise<number>;
  readonly expectCount: (count: number | ((count: number) => boolean)) => Promise<void>;
  /** The first row on screen that has the text in one of its cells. */
  readonly row: (text: string | RegExp) => Row;
  readonly rowAt: (index: number) => Row;
  /** What the rows on screen have under a column, from the top. */
  readonly column: (header: string) => Promise<readonly string[]>;
  /** The same in the order one sees, which is not that of the document once rows moved. */
  readonly inOrder: (header: string) => Promise<readonly string[]>;
  /** Waits until every row on screen has such a text under a column. */
  readonly expectEach: (header: string, wanted: RegExp) => Promise<void>;
  /** Waits until a cell of the list has the focus. */
  readonly expectFocus: () => Promise<void>;
}

const columnOf = async (root: Locator, header: string): Promise<string> => {
  const index = await root.getByRole('columnheader', { name: header, exact: true }).getAttribute('aria-colindex');
  if (index === null) throw new Error(`no column ${header}`);
  return index;
};

/** The list with this name. */
export function gridPage(page: Page, name: string): GridPage {
  const root = page.getByRole('grid', { name, exact: true });
  const data = root.getByRole('row').filter({ has: page.getByRole('gridcell') });
  const rowOf = (row: Locator): Row => {
    const cell = async (column: string): Promise<Locator> => {
      const index = await columnOf(root, column);
      return row.locator(`[role="gridcell"][aria-colindex="${index}"]`);
    };
    const first = row.getByRole('gridcell').nth(1);
    return {
      root: row,
      cell,
      text: async (column) => (await (await cell(column)).innerText()).trim(),
      toggle: () => row.getByRole('checkbox').click(),
      select: () => first.click(),
      menu: async () => {
        await first.click({ button: 'right' });
        const menu = page.getByRole('menu');
        await expect(menu).toBeVisible();
        return menu;
      },
    };
  };
  // The header counts as a row.
  const count = async (): Promise<number> => Number(await root.getAttribute('aria-rowcount')) - 1;
  const textsAt = async (index: string): Promise<readonly string[]> => {
    const texts = await root.locator(`[role="gridcell"][aria-colindex="${index}"]`).allInnerTexts();
    return texts.map((text) => text.trim());
  };
  const column = async (header: string): Promise<readonly string[]> => textsAt(await columnOf(root, header));
  return {
    root,
    count,
    expectCount: async (wanted) => {
      if (typeof wanted === 'number') await expect.poll(count).toBe(wanted);
      else await expect.poll(async () => wanted(await count())).toBe(true);
    },
    row: (text) => rowOf(data.filter({ has: page.getByRole('gridcell', { name: text }) }).first()),
    rowAt: (index) => rowOf(data.nth(index)),
    column,
    inOrder: async (header) => {
      const index = await columnOf(root, header);
      const cells = await data.evaluateAll(
        (rows, at) =>
          rows.map((row) => ({
            row: Number(row.getAttribute('aria-rowindex')),
            text: row.querySelector<HTMLElement>(`[role="gridcell"][aria-colindex="${at}"]`)?.innerText.trim() ?? '',
          })),
        index,
      );
      return cells.toSorted((a, b) => a.row - b.row).map(({ text }) => text);
    },
    expectEach: async (header, wanted) => {
      const index = await columnOf(root, header);
      await expect.poll(async () => (await textsAt(index)).filter((text) => !wanted.test(text))).toEqual([]);
    },
    expectFocus: () => expect(root.locator(':focus')).toHaveCount(1),
  };
}
