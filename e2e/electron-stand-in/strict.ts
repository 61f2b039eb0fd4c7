/** What the stand-in does not know is refused by name: it must not quietly stand for more than it does. */
export const strict = <T extends object>(name: string, target: T): T =>
  new Proxy(target, {
    get: (object, key) => {
      if (key in object) {
        const value: unknown = Reflect.get(object, key, object)
        return typeof value === 'function' ? value.bind(object) : value
      }
      // Asked by the language itself (await, JSON, util.inspect), not by the app.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined
      throw new TypeError(`electron.${name}.${key} is not part of the stand-in`)
    },
    set: (_, key) => {
      throw new TypeError(`electron.${name}.${String(key)} may not be set`)
    },
  })
