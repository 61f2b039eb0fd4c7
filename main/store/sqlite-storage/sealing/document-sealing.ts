import { BadSealing, SealBroken } from './errors.ts'
import { joinMembers, partMembers } from './json-members.ts'
import { contextOf, type Sealer } from './sealer.ts'

type Json = Record<string, unknown>
type Path = readonly string[]
type Id = string | Uint8Array
/** Where a value was taken from, and the value. */
type Taken = [path: string[], value: unknown]

/** What of a document goes to disk: readable JSON, and one sealed value with everything that must not be read. */
export type SealedDocument = { readonly data: string; readonly sealed: Buffer }

/** Takes the fields to be sealed out of documents and puts them back, for one collection. */
export type DocumentSealing = {
  /**
   * @param json the document as `JSON.stringify` writes it
   * @param id the document's id as it stands in its row
   */
  readonly close: (json: string, id: Id) => SealedDocument
  /** The whole document's JSON. @throws SealBroken, UnknownKey */
  readonly open: (data: string, sealed: Uint8Array | null, id: Id) => string
  /** Only the sealed fields, as objects within each other like in the document. @throws SealBroken, UnknownKey */
  readonly openFields: (sealed: Uint8Array | null, id: Id) => Json
}

const isPlain = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An own property, also where it is called `__proto__`. */
const setOwn = (target: Json, key: string, value: unknown): void => {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}

const startsWith = (path: Path, prefix: Path): boolean => prefix.every((part, i) => path[i] === part)

/** Paths that no other path contains, each once. */
const outermost = (paths: readonly Path[]): Path[] =>
  paths.filter(
    (path, i) =>
      !paths.some(
        (other, j) =>
          startsWith(path, other) && (other.length < path.length || (j < i && other.length === path.length)),
      ),
  )

/**
 * Takes what stands at a path. Where something on the way is not an object (a list where the schema has an object),
 * that is taken whole: a field that cannot be found must not stay readable. Copies what it changes.
 */
const takeAt = (from: Json, path: Path, at: number, taken: Taken[]): Json => {
  const key = path[at] as string
  if (!Object.hasOwn(from, key)) return from
  const value = from[key]
  if (at < path.length - 1 && isPlain(value)) {
    const inner = takeAt(value, path, at + 1, taken)
    if (inner === value) return from
    const copy = { ...from }
    setOwn(copy, key, inner)
    return copy
  }
  if (value !== undefined) taken.push([path.slice(0, at + 1), value])
  const { [key]: _gone, ...rest } = from
  return rest
}

const putAt = (into: Json, path: Path, value: unknown): void => {
  let place = into
  for (const part of path.slice(0, -1)) {
    const inner = Object.hasOwn(place, part) ? place[part] : undefined
    const next = isPlain(inner) ? inner : {}
    if (next !== inner) setOwn(place, part, next)
    place = next
  }
  setOwn(place, path.at(-1) as string, value)
}

/**
 * All paths at the top of the document: their fields are sealed as the text of one object (`{…}`), which is joined to
 * the rest without parsing either. Any path deeper: a list (`[[path, value], …]`). What was sealed says which it is.
 * A document without any such field gets an empty object sealed, so that a value that was taken away is noticed.
 *
 * @param paths as in RxDB's `schema.encrypted`: parts joined by dots
 * @throws BadSealing
 */
export const createDocumentSealing = (
  sealer: Pick<Sealer, 'seal' | 'openText'>,
  collection: string,
  paths: readonly string[],
): DocumentSealing => {
  const parts = outermost(paths.map((path) => path.split('.')))
  if (parts.length === 0 || parts.flat().includes(''))
    throw new BadSealing(`Collection ${collection} has a path to seal that is empty.`)
  const top = parts.every((path) => path.length === 1) ? new Set(parts.flat()) : null

  const closeDeep = (json: string): [data: string, fields: string] => {
    const taken: Taken[] = []
    let data = JSON.parse(json) as Json
    for (const path of parts) data = takeAt(data, path, 0, taken)
    return [JSON.stringify(data), JSON.stringify(taken)]
  }
  const close = (json: string): [data: string, fields: string] => {
    if (!top) return closeDeep(json)
    const { named, others } = partMembers(json, top)
    return [others, named]
  }
  const textOf = (sealed: Uint8Array | null, id: Id): string => {
    if (sealed === null) throw new SealBroken('it is missing.')
    return sealer.openText(sealed, contextOf(collection, id))
  }
  const putBack = (into: Json, text: string): Json => {
    const taken = JSON.parse(text) as [Path, unknown][]
    for (const [path, value] of taken) putAt(into, path, value)
    return into
  }

  return {
    close: (json, id) => {
      const [data, fields] = close(json)
      return { data, sealed: sealer.seal(fields, contextOf(collection, id)) }
    },
    open: (data, sealed, id) => {
      const text = textOf(sealed, id)
      return text.startsWith('{')
        ? joinMembers(data, text)
        : JSON.stringify(putBack(JSON.parse(data) as Json, text))
    },
    openFields: (sealed, id) => {
      const text = textOf(sealed, id)
      return text.startsWith('{') ? (JSON.parse(text) as Json) : putBack({}, text)
    },
  }
}
