import {
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  InfiniteRowModelModule,
  type Module,
  PinnedRowModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TooltipModule,
} from 'ag-grid-community'

/** The parts of AG Grid Community that a live grid uses; the rest stays out of the bundle. */
export const gridModules: Module[] = [
  InfiniteRowModelModule,
  ColumnApiModule,
  RowApiModule,
  CellStyleModule,
  ScrollApiModule,
  PinnedRowModule,
  RenderApiModule,
  EventApiModule,
  TooltipModule,
]
