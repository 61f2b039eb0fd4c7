/** Keeps the values made last; what all desks at the head ask for is made once. */
export type Recent<V> = {
  get: (key: string, make: () => V) => V
  clear: () => void
}

export const createRecent = <V>(kept: number): Recent<V> => {
  const values = new Map<string, V>()
  return {
    get: (key, make) => {
      const known = values.get(key)
      if (known !== undefined) return known
      const made = make()
      values.set(key, made)
      for (const oldest of values.keys()) {
        if (values.size <= kept) break
        values.delete(oldest)
      }
      return made
    },
    clear: () => values.clear(),
  }
}
