import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Grouping, ViewFilter, ViewKind, ViewMeta } from '../../../shared/api/views.ts'
import { useViewFacts, useViewStore } from '../../data/use-view.ts'
import type { ViewSpecOf } from '../../data/view-store.ts'
import type { KeyHelp } from '../keys-card.tsx'
import { Panel } from '../panel.tsx'
import { GridToolbar, type QuickSort, type Toggle } from './grid-toolbar.tsx'
import type { GridEvents } from './grid-types.ts'
import type { LiveColumn, LiveField, Sort } from './live-column.ts'
import { type GridRef, LiveGrid } from './live-grid.tsx'
import { usePacedSnapshot } from './paced-snapshot.ts'
import type { RowKey } from './row-book.ts'
import { cutSlice, planSlice } from './slice.ts'
import { useDelayed } from './use-delayed.ts'
import { useGridState } from './use-grid-state.ts'

export type GridPanelProps<K extends ViewKind> = {
  /** Under this name columns and order are kept for the role. */
  readonly id: string
  readonly kind: K
  readonly title: string
  readonly keyField: LiveField<K>
  /** What columns show, or the panel does, besides the columns themselves. All else is asked for only while it is shown. */
  readonly reads: readonly LiveField<K>[]
  /** Stable between renders: a new list makes a new grid. */
  readonly columns: readonly LiveColumn<K>[]
  readonly defaultSort: Sort
  /** Beyond what is typed into the filter box. */
  readonly filter: ViewFilter
  /** `filter` in words for the foot line; '' when it is empty. */
  readonly filterWords: string
  readonly onClearFilter: () => void
  readonly placeholder: string
  /** What the panel is for and what to do next, while there are no rows at all. */
  readonly empty: ReactNode
  readonly selected: RowKey | null
  readonly onSelect: GridEvents<K>['onSelect']
  readonly onOpen: GridEvents<K>['onOpen']
  readonly onPoint?: GridEvents<K>['onPoint']
  readonly quickSorts?: readonly QuickSort[]
  readonly toggles?: readonly Toggle[]
  /** In front of the filter box: tabs, chips. */
  readonly lead?: ReactNode
  /** At the toolbar's end, before the choice of columns. */
  readonly trail?: ReactNode
  /** What the rows of a view of groups have in common. */
  readonly groupBy?: Grouping
  /** Only the first so many rows of the order; totals are those of all. */
  readonly top?: number | undefined
  readonly foot?: (meta: ViewMeta) => ReactNode
  readonly keys?: readonly KeyHelp[]
  /** What further keys do, by their lower-case name. */
  readonly actions?: Readonly<Record<string, () => void>>
  readonly pace?: number
  /** Stands beside the grid where the panel is wide, below it where it is narrow. */
  readonly beside?: ReactNode
}

const gridKeys: readonly KeyHelp[] = [
  { keys: ['J', 'K'], does: 'next, previous row' },
  { keys: ['Enter'], does: 'open the row' },
  { keys: ['/'], does: 'filter' },
  { keys: ['Esc'], does: 'clear the filter' },
]

const FILTER_DELAY_MS = 150
/** Frames a second of a grid that says nothing else: with a valuation every 50 ms, no figure is older than 100 ms. */
const PACE = 20
const firstSlice = planSlice({ first: 0, last: 40 }, { from: 0, count: 0 })

const isTyping = (target: EventTarget): target is HTMLInputElement => target instanceof HTMLInputElement

/** A panel that is one live grid: toolbar, grid, foot line, keys, and the view of the book behind them. */
export const GridPanel = <K extends ViewKind>(props: GridPanelProps<K>) => {
  const { kind, columns, filter, defaultSort } = props
  const [state, save] = useGridState(props.id, columns, defaultSort)
  const [slice, setSlice] = useState(firstSlice)
  const [held, setHeld] = useState(false)
  const [text, setText] = useState('')
  const typed = useDelayed(text.trim(), FILTER_DELAY_MS)
  const box = useRef<HTMLInputElement>(null)
  const grid = useRef<GridRef>(null)

  const whole = useMemo<ViewFilter>(() => (typed ? { ...filter, text: typed } : filter), [filter, typed])
  const shown = state.columns.filter(({ hidden }) => !hidden).map(({ id }) => id)
  const spec: ViewSpecOf<K> = {
    kind,
    ...(props.groupBy ? { groupBy: props.groupBy } : {}),
    columns: [...new Set([props.keyField, ...props.reads, ...shown])].toSorted(),
    filter: whole,
    sort: state.sort,
    ...cutSlice(slice, props.top),
    pace: props.pace ?? PACE,
    hold: held,
  }
  const store = useViewStore<K>(spec)
  const snapshot = usePacedSnapshot<K>(store)
  const { status, age } = useViewFacts(snapshot)
  const { meta, error } = snapshot

  const filterKey = JSON.stringify([whole, state.sort, props.top])
  useEffect(() => {
    if (filterKey) grid.current?.restart()
  }, [filterKey])

  const setSort = (sort: Sort): void => save({ ...state, sort })
  const clear = (): void => {
    setText('')
    props.onClearFilter()
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (isTyping(event.target)) {
      if (event.key === 'Escape') {
        if (text) setText('')
        else grid.current?.focus()
      } else if (event.key === 'Enter' || event.key === 'ArrowDown') grid.current?.focus()
      else return
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const actions: Record<string, () => void> = {
      j: () => grid.current?.move(1),
      k: () => grid.current?.move(-1),
      '/': () => box.current?.focus(),
      Enter: () => grid.current?.open(),
      ...props.actions,
    }
    const inHead = event.target instanceof Element && event.target.closest('.ag-header, button') !== null
    const action =
      event.key === 'Escape' && (text || props.filterWords)
        ? clear
        : (actions[event.key.toLowerCase()] ?? actions[event.key])
    if (!action || (inHead && event.key === 'Enter')) return
    event.preventDefault()
    action()
  }

  const words = [typed && `“${typed}”`, props.filterWords].filter(Boolean).join(', ')
  const nothing = meta !== null && meta.matched === 0 && meta.all > 0
  return (
    <Panel
      title={props.title}
      status={status}
      empty={meta?.all === 0 && status === 'live' ? props.empty : undefined}
      error={error}
      onRetry={store?.retry}
      age={age}
      meta={meta}
      filter={words}
      foot={
        <>
          {held && <span className="grid-held">order held</span>}
          {props.top !== undefined && <span>top {props.top}</span>}
          {meta && props.foot?.(meta)}
        </>
      }
      keys={[...gridKeys, ...(props.keys ?? [])]}
      onKeyDown={onKeyDown}
      toolbar={
        <GridToolbar
          boxRef={box}
          text={text}
          onText={setText}
          placeholder={props.placeholder}
          lead={props.lead}
          trail={props.trail}
          toggles={props.toggles ?? []}
          quickSorts={props.quickSorts ?? []}
          sort={state.sort}
          onSort={setSort}
          columns={columns}
          columnState={state.columns}
          onColumns={(next) => save({ ...state, columns: next })}
        />
      }
    >
      <div className="grid-split">
        <div className="grid-split-row">
          <div className="grid-place">
            <LiveGrid<K>
              ref={grid}
              kind={kind}
              keyField={props.keyField}
              columns={columns}
              label={props.title}
              store={store}
              top={props.top}
              columnState={state.columns}
              sort={state.sort}
              selected={props.selected}
              events={{
                onSlice: setSlice,
                onSort: setSort,
                onHold: setHeld,
                onColumns: (next) => save({ ...state, columns: next }),
                onSelect: props.onSelect,
                onOpen: props.onOpen,
                ...(props.onPoint ? { onPoint: props.onPoint } : {}),
              }}
            />
            {nothing && (
              <div className="grid-nothing" role="status">
                <p>Nothing matches {words ? `the filter ${words}` : 'here'}.</p>
                <button type="button" className="button" onClick={clear}>
                  Clear the filter
                </button>
              </div>
            )}
          </div>
          {props.beside && <div className="grid-beside">{props.beside}</div>}
        </div>
      </div>
    </Panel>
  )
}
