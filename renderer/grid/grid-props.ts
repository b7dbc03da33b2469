import type { ReactNode } from 'react';
import type { ConsoleError } from '../../contract/errors.ts';
import type { GridColumn, RowLead } from './columns.ts';
import type { MenuEntry } from './menu.ts';
import type { JsonValue } from './views/json.ts';

/** A filter as a view keeps it. */
export interface ViewFilter {
  /** The filter of the moment, as data. */
  readonly value: Readonly<Record<string, JsonValue>>;
  /** Filters so; the screen leaves out what it does not understand. */
  readonly apply: (filter: Readonly<Record<string, JsonValue>>) => void;
  /** Whether the filter stays while one is in other screens: then the list opens with its view once only. */
  readonly isKept: boolean;
}

/** What a grid is given. Lists should be memoised: a new `columns` list is read anew. */
export interface GridProps<Row> {
  /** Under which the layout is remembered. */
  readonly id: string;
  /** Accessible name. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly columns: readonly GridColumn<Row>[];
  /** Ids that the filter lets through; null or absent: all. */
  readonly visibleIds?: ReadonlySet<string> | null;
  /** The id of the row right under which a row stands, whatever the list is sorted by. Looked at when rows or filter change. */
  readonly underOf?: ((row: Row) => string | null) | null;
  /** What stands before the text of a column with `hasLead`; another function has it drawn anew. */
  readonly leadOf?: (row: Row) => RowLead | null;
  /** What restricts the rows besides `quickSearch`, in words: a file that is exported says it. */
  readonly filterWords?: readonly string[];
  /** Words that must all occur in the row's shown texts. */
  readonly quickSearch?: string;
  readonly selection?: 'none' | 'multi';
  /** Selection set from outside; a new list selects exactly these. */
  readonly selectedIds?: readonly string[];
  readonly onSelectionChange?: (ids: readonly string[]) => void;
  /** The row with the keyboard focus. */
  readonly onFocusRow?: (row: Row | null) => void;
  readonly menu?: (row: Row, selection: readonly Row[]) => readonly MenuEntry[];
  readonly onOpen?: (row: Row) => void;
  readonly onDelete?: (selection: readonly Row[]) => void;
  readonly isLoading?: boolean;
  /** In place of the rows where there are none, else in a line above them. */
  readonly error?: ConsoleError | null;
  readonly onRetry?: () => void;
  /** What the screen filters this list by, for the views that one keeps of it; null while it shows a set of another screen. */
  readonly viewFilter?: ViewFilter | null;
  /** Shown where there are no rows at all. */
  readonly empty?: ReactNode;
  /** Shown where the filter hides every row. */
  readonly noneShown?: ReactNode;
  /** Stands in the line under the grid. */
  readonly footer?: ReactNode;
}
