/** Binary heap; `before(a, b)` says that `a` comes out first. Ties come out in any, but always the same, order. */
export type Heap<T> = {
  readonly size: () => number
  readonly peek: () => T | undefined
  readonly push: (item: T) => void
  readonly pop: () => T | undefined
  /** Drops what `keep` refuses. */
  readonly filter: (keep: (item: T) => boolean) => void
}

export const createHeap = <T>(before: (a: T, b: T) => boolean): Heap<T> => {
  let items: T[] = []

  const up = (start: number): void => {
    const item = items[start] as T
    let i = start
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!before(item, items[parent] as T)) break
      items[i] = items[parent] as T
      i = parent
    }
    items[i] = item
  }

  const down = (start: number): void => {
    const item = items[start] as T
    let i = start
    for (;;) {
      let child = 2 * i + 1
      if (child >= items.length) break
      if (child + 1 < items.length && before(items[child + 1] as T, items[child] as T)) child++
      if (!before(items[child] as T, item)) break
      items[i] = items[child] as T
      i = child
    }
    items[i] = item
  }

  return {
    size: () => items.length,
    peek: () => items[0],
    push: (item) => {
      items.push(item)
      up(items.length - 1)
    },
    pop: () => {
      const first = items[0]
      const last = items.pop()
      if (items.length > 0) {
        items[0] = last as T
        down(0)
      }
      return first
    },
    filter: (keep) => {
      items = items.filter(keep)
      for (let i = (items.length >> 1) - 1; i >= 0; i--) down(i)
    },
  }
}
