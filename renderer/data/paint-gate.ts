/**
 * Holds back what waits for a paint while a panel is not on screen. A view that is not acknowledged gets no more
 * frames, so a hidden panel costs the desk nothing; when it comes back the waiting acknowledgement brings fresh data.
 */
export type PaintGate = {
  readonly afterPaint: (fn: () => void) => void
  readonly setVisible: (visible: boolean) => void
}

export const createPaintGate = (nextPaint: (fn: () => void) => void): PaintGate => {
  let visible = true
  let waiting: (() => void)[] = []
  return {
    afterPaint: (fn) => {
      if (visible) nextPaint(fn)
      else waiting.push(fn)
    },
    setVisible: (now) => {
      visible = now
      if (!visible) return
      for (const fn of waiting) nextPaint(fn)
      waiting = []
    },
  }
}
