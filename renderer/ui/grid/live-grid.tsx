import { type Ref, useImperativeHandle } from 'react'
import type { ViewKind } from '../../../shared/api/views.ts'
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
  const { attach, grid } = useLiveGrid(props)
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
  return <div className="live-grid" ref={attach} data-panel-focus tabIndex={-1} />
}
