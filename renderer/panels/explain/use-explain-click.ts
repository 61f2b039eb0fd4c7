import { useRef, useState } from 'react'
import type { ExplainSpot, Target } from './explain-popover.tsx'

export type ExplainClick = {
  readonly spot: ExplainSpot | null
  readonly open: (target: Target, element: HTMLElement) => void
  readonly close: () => void
}

/** An explanation opened by a figure that is a button; the focus goes back to it. */
export const useExplainClick = (): ExplainClick => {
  const [spot, setSpot] = useState<ExplainSpot | null>(null)
  const focus = useRef<HTMLElement | null>(null)
  return {
    spot,
    open: (target, element) => {
      focus.current = element
      setSpot({ target, rect: element.getBoundingClientRect(), firm: true })
    },
    close: () => {
      setSpot(null)
      focus.current?.focus()
      focus.current = null
    },
  }
}
