import { AgGridReact } from 'ag-grid-react'
import { type Ref, useImperativeHandle, useMemo } from 'react'
import type { ViewKind } from '../../../shared/api/views.ts'
import { gridModules } from './modules.ts'
import { type LiveGridProps, useLiveGrid } from './use-live-grid.ts'
import './grid.css'

/** What a panel may do with its grid from outside, for its keys. */
export type GridRef = {
  readonly move: (by: number) => void
  readonly open: () => void
  readonly focus: () => void
  readonly restart: () => void
}

/** A grid of one view that follows its frames without rendering. */
export const LiveGrid = <K extends ViewKind>({
  ref,
  ...props
}: LiveGridProps<K> & { ref?: Ref<GridRef> }) => {
  const { core, host, onReady, grid } = useLiveGrid(props)
  useImperativeHandle(
    ref,
    () => ({
      move: (by) => grid?.move(by),
      open: () => grid?.open(),
      focus: () => grid?.focus(),
      restart: () => grid?.restart(),
    }),
    [grid],
  )
  // Nothing of the grid follows a render of its panel: frames and settings reach it by the handle.
  const mounted = useMemo(
    () => (
      <AgGridReact
        gridOptions={core.gridOptions}
        modules={gridModules}
        onGridReady={(event) => onReady(event.api)}
      />
    ),
    [core, onReady],
  )
  return (
    <div key={core.id} className="live-grid" ref={host} data-panel-focus tabIndex={-1}>
      {mounted}
    </div>
  )
}
