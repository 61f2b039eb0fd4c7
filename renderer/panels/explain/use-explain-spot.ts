import { useEffect, useRef, useState } from 'react'
import type { ViewKind } from '../../../shared/api/views.ts'
import type { Spot } from '../../ui/grid/grid-types.ts'
import type { ExplainSpot, Target } from './explain-popover.tsx'

/** The pointer rests this long on a figure before it explains itself, ms. */
const HOVER_MS = 450

export type ExplainControl<K extends ViewKind> = {
  readonly spot: ExplainSpot | null
  /** Enter or double click on a cell that explains itself. Answers whether it was one. */
  readonly open: (spot: Spot<K>) => boolean
  readonly point: (spot: Spot<K> | null) => void
  readonly close: () => void
}

/**
 * When and where an explanation is open: at once by key, after a rest by pointer.
 *
 * @param targetOf the figure a cell of an explaining column shows
 */
export const useExplainSpot = <K extends ViewKind>(
  targetOf: (key: number, column: string) => Target,
): ExplainControl<K> => {
  const [spot, setSpot] = useState<ExplainSpot | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const focus = useRef<HTMLElement | null>(null)
  useEffect(() => () => clearTimeout(timer.current), [])

  const at = ({ key, column, element }: Spot<K>, firm: boolean): void => {
    if (element && column)
      setSpot({ target: targetOf(Number(key), column.id), rect: element.getBoundingClientRect(), firm })
  }
  return {
    spot,
    open: (pointed) => {
      if (!pointed.column?.explains || !pointed.element) return false
      clearTimeout(timer.current)
      focus.current = pointed.element
      at(pointed, true)
      return true
    },
    point: (pointed) => {
      clearTimeout(timer.current)
      setSpot((now) => (now?.firm ? now : null))
      if (pointed?.column?.explains) timer.current = setTimeout(() => at(pointed, false), HOVER_MS)
    },
    close: () => {
      setSpot(null)
      focus.current?.focus()
      focus.current = null
    },
  }
}
