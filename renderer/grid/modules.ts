import {
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  ExternalFilterModule,
  LocaleModule,
  ModuleRegistry,
  RenderApiModule,
  RowApiModule,
  RowSelectionModule,
  ScrollApiModule,
  TooltipModule,
} from 'ag-grid-community';

/** The modules of AG Grid Community that the console uses, by hand so that none of another edition slips in. */
ModuleRegistry.registerModules([
  ClientSideRowModelModule,
  ClientSideRowModelApiModule,
  ColumnApiModule,
  ColumnAutoSizeModule,
  RowSelectionModule,
  RowApiModule,
  ExternalFilterModule,
  TooltipModule,
  ScrollApiModule,
  RenderApiModule,
  CellStyleModule,
  LocaleModule,
]);
