import { useEffect, useRef, useState } from 'react'
import type { ViewKind } from '../../../shared/api/views.ts'
import { useDesk } from '../../data/desk-context.ts'
import { fitGridState, type GridState } from './column-state.ts'
import type { LiveColumn, Sort } from './live-column.ts'

const SAVE_AFTER_MS = 800

const parse = (json: string | null): unknown => {
  try {
    return json === null ? null : JSON.parse(json)
  } catch {
    return null
  }
}

/**
 * Columns and order of one grid, kept by the desk under `grid.<id>` for the role. The standard shows until the desk
 * answered; what a person changed before that wins. A grid that cannot be saved keeps its arrangement in this window.
 */
export const useGridState = <K extends ViewKind>(
  id: string,
  columns: readonly LiveColumn<K>[],
  sort: Sort,
): readonly [GridState, (next: GridState) => void] => {
  const { api } = useDesk().client
  const name = `grid.${id}`
  const [state, setState] = useState(() => fitGridState(null, columns, sort))
  const touched = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    let left = false
    const load = async (): Promise<void> => {
      try {
        const { json } = await api.layouts.load({ name })
        if (!left && !touched.current && json !== null) setState(fitGridState(parse(json), columns, sort))
      } catch {
        // Unreachable desk or no right to layouts: the standard columns are already there.
      }
    }
    void load()
    return () => {
      left = true
    }
  }, [api, name, columns, sort])

  const save = (next: GridState): void => {
    touched.current = true
    setState(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      api.layouts.save({ name, json: JSON.stringify(next) }).catch(() => {})
    }, SAVE_AFTER_MS)
  }

  return [state, save]
}
