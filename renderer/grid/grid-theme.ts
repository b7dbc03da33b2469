import { createPart, type Theme as GridTheme, themeQuartz } from 'ag-grid-community';
import type { Palette } from '../theme/palette.ts';
import { fonts } from '../theme/theme.ts';
import { openCellCss } from './open-cell.ts';

/** Looks of cells that AG Grid does not know. */
const cells = createPart({ css: `.tabular { font-variant-numeric: tabular-nums; }${openCellCss}` });

/** AG Grid in the window's colours and density. */
export function makeGridTheme(look: Palette, density: 'comfortable' | 'compact'): GridTheme {
  const rowHeight = density === 'compact' ? 28 : 34;
  return themeQuartz.withPart(cells).withParams({
    browserColorScheme: look.mode,
    fontFamily: fonts.text,
    fontSize: 13,
    headerFontSize: 12,
    headerFontWeight: 600,
    headerTextColor: look.quietText,
    headerBackgroundColor: look.raised,
    backgroundColor: look.surface,
    foregroundColor: look.text,
    accentColor: look.accent,
    borderColor: look.line,
    rowHoverColor: look.hover,
    selectedRowBackgroundColor: look.accentGround,
    oddRowBackgroundColor: look.surface,
    rowHeight,
    headerHeight: rowHeight + 2,
    spacing: 6,
    cellHorizontalPadding: 10,
    wrapperBorder: false,
    wrapperBorderRadius: 0,
    borderRadius: 4,
    checkboxUncheckedBorderColor: look.strongLine,
    iconSize: 14,
    headerColumnResizeHandleColor: look.line,
    tooltipBackgroundColor: look.surface,
    tooltipTextColor: look.text,
  });
}
