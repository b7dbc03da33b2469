import { z } from 'zod';

/** Most views that are kept, of all lists together. */
export const MOST_VIEWS = 200;

const FILTER_CHARACTERS = 20_000;

/** How one column of a list stands. */
export const viewColumn = z.strictObject({
  colId: z.string().min(1).max(60),
  hide: z.boolean(),
  width: z.number().min(0).max(10_000).nullable().optional(),
  flex: z.number().min(0).max(1_000).nullable().optional(),
  sort: z.enum(['asc', 'desc']).nullable(),
  sortIndex: z.number().int().min(0).max(200).nullable(),
  pinned: z.enum(['left', 'right']).nullable(),
});

/** One column of a view. */
export type ViewColumn = z.infer<typeof viewColumn>;

/** What a screen filters by: data of that screen, which reads what it knows of it and leaves the rest. */
const viewFilter = z
  .record(z.string().max(60), z.json())
  .refine((filter) => JSON.stringify(filter).length <= FILTER_CHARACTERS);

const look = {
  /** The list that it is of. */
  grid: z.string().min(1).max(60),
  name: z.string().trim().min(1).max(80),
  columns: z.array(viewColumn).min(1).max(200),
  filter: viewFilter.nullable(),
};

/** A look at a list that one keeps under a name: filter (with its folding), columns and sorting. */
export const savedView = z.strictObject({ id: z.string().min(1).max(60), ...look, isDefault: z.boolean() });

/** One kept view. */
export type SavedView = z.infer<typeof savedView>;

/** A file of views, for others: `{"format": "waptwua-views", "version": 1, "views": [{grid, name, columns, filter}]}`. */
const viewFile = z.strictObject({
  format: z.literal('waptwua-views'),
  version: z.literal(1),
  views: z.array(z.strictObject(look)).min(1).max(100),
});

/** Views that others gave; what does not fit is refused whole. */
export const importViews = z.strictObject({ file: viewFile });

/** Views to give to others. */
export const exportViews = z.strictObject({ viewIds: z.array(z.string().max(60)).min(1).max(MOST_VIEWS) });

/** Where a file of views went; null when the person closed the dialog that asks where to save. */
export type ViewsExported =
  | { readonly kind: 'saved'; readonly name: string }
  | { readonly kind: 'download'; readonly path: string; readonly name: string }
  | null;
