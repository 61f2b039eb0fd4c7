import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { type Bitmap, createBitmap, intersectionOf, rowsInAll, unionOf } from './bitmap.ts'
import { eachTerm, isCounted } from './document-terms.ts'
import { createLexicon, type Lexicon } from './lexicon.ts'
import { createRowList, type RowList } from './row-list.ts'
import type { SearchField } from './types.ts'

/** What one part of a question may be in a document. */
export type Group = {
  /** Terms that must all be there; one alternative is enough. */
  readonly alternatives: readonly (readonly string[])[]
  /** What every term of a long list of alternatives begins with, and no other term does. */
  readonly begins?: string
}

export type SearchIndexOptions = {
  /** Rows expected; it grows beyond. */
  readonly capacity: number
  /** From this many documents on a term has a list of its own, and from this many a bitmap. */
  readonly listFrom?: number
  readonly denseFrom?: number
}

export type SearchIndex = {
  readonly lexicon: Lexicon
  /** Puts a document into a row that had none. Lower rows are older. Rows of one batch must ascend. */
  readonly add: (row: number, fields: readonly SearchField[]) => void
  readonly remove: (row: number) => void
  /** Ends a batch: what was added is found from now on, and before. */
  readonly commit: () => void
  /** Living rows in which every group has an alternative, the newest first. May hold rows that only nearly do. */
  readonly rows: (groups: readonly Group[], within?: Bitmap) => Iterable<number>
  /** In how many documents a term came so far; 0 for one that is not counted. */
  readonly count: (term: string) => number
  readonly stats: () => {
    terms: number
    words: number
    lists: number
    bitmaps: number
    /** Of lists and bitmaps. */
    setBytes: number
    ftsBytes: number
  }
  readonly close: () => void
}

/** A term in one of so many documents takes no more as a bitmap than as a list of rows. */
const DENSE_SHARE = 32
const LEAST_DENSE = 4_096
/** From here on a term's list costs more to read out of SQLite than to keep beside it. */
const LIST_FROM = 512
/** More rare terms than this in one group are asked as one prefix. */
const WIDEST_OR = 48

const quoted = (term: string): string => `"${term}"`

/**
 * The index: rows by term. Rare terms lie in an FTS5 table in memory that keeps nothing but them (no text, no
 * positions, no columns). A term that comes in many documents moves into a list of rows, later into a bitmap: reading a
 * row out of SQLite takes a hundred times as long. So no list that is walked there is ever long, which is what bounds a
 * question whose words are each common and never together.
 */
export const createSearchIndex = ({
  capacity,
  listFrom = LIST_FROM,
  denseFrom,
}: SearchIndexOptions): SearchIndex => {
  const threshold = Math.max(
    listFrom + 1,
    denseFrom ?? Math.max(LEAST_DENSE, Math.floor(capacity / DENSE_SHARE)),
  )
  const db = new DatabaseSync(':memory:')
  db.exec('PRAGMA temp_store = MEMORY; PRAGMA journal_mode = OFF')
  db.exec(
    `CREATE VIRTUAL TABLE f USING fts5(x, content = '', columnsize = 0, detail = none, tokenize = 'ascii')`,
  )
  const insert = db.prepare('INSERT INTO f (rowid, x) VALUES (?, ?)')
  const match: StatementSync = db.prepare('SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid DESC')
  match.setReturnArrays(true)

  const lexicon = createLexicon(capacity)
  let counts = new Int32Array(1 << 16)
  /** The last row a term was seen in: a term counts once a document. */
  let seen = new Int32Array(1 << 16).fill(-1)
  const lists = new Map<number, RowList>()
  const bitmaps = new Map<number, Bitmap>()
  const alive = createBitmap(capacity)
  let open = false

  const grow = (term: number): void => {
    const length = Math.max(term + 1, counts.length * 2)
    const more = new Int32Array(length)
    more.set(counts)
    const rows = new Int32Array(length).fill(-1)
    rows.set(seen)
    counts = more
    seen = rows
  }

  function* matching(expression: string): Generator<number> {
    // A statement of its own: a reader may leave in the middle, and another may be under way.
    const statement = db.prepare('SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid DESC')
    statement.setReturnArrays(true)
    for (const row of statement.iterate(expression)) yield (row as unknown as [number])[0] - 1
  }
  /** Adds the rows of an expression. */
  const fill = (set: Pick<Bitmap, 'add'>, expression: string): void => {
    for (const row of match.all(expression)) set.add((row as unknown as [number])[0] - 1)
  }
  const addList = (set: Bitmap, list: RowList): void => {
    for (const row of list.rows()) set.add(row)
  }
  const toBitmap = (list: RowList): Bitmap => {
    const set = createBitmap(capacity)
    addList(set, list)
    return set
  }
  /** A term that came in more documents now moves to where so many are kept. */
  const move = (term: number): void => {
    const list = lists.get(term)
    if (list) {
      bitmaps.set(term, toBitmap(list))
      lists.delete(term)
      return
    }
    const rows = createRowList(listFrom + (listFrom >>> 2))
    fill(rows, quoted(lexicon.textOf(term)))
    lists.set(term, rows)
  }

  /** What a group's alternatives are kept as: sets beside SQLite, and expressions for those in it. */
  const split = ({ alternatives, begins }: Group) => {
    const bits: Bitmap[] = []
    const rows: RowList[] = []
    const rare: string[] = []
    const single: string[] = []
    for (const terms of alternatives) {
      const sets: Bitmap[] = []
      const kept: RowList[] = []
      const listed: string[] = []
      let possible = true
      for (const term of terms) {
        const number = isCounted(term) ? lexicon.find(term) : -1
        const bitmap = bitmaps.get(number)
        const list = lists.get(number)
        if (bitmap) sets.push(bitmap)
        else if (list) kept.push(list)
        else if (!isCounted(term) || (counts[number] ?? 0) > 0) listed.push(quoted(term))
        else possible = false
      }
      if (!possible) continue
      // Of an alternative with both, the rare terms alone are asked; the reader checks the document anyway.
      if (listed.length > 1) rare.push(`(${listed.join(' AND ')})`)
      else if (listed.length === 1) single.push(listed[0] as string)
      else if (sets.length + kept.length > 1) bits.push(intersectionOf([...sets, ...kept.map(toBitmap)]))
      else {
        bits.push(...sets)
        rows.push(...kept)
      }
    }
    if (begins === undefined || single.length <= WIDEST_OR) return { bits, rows, rare: [...rare, ...single] }
    const others = single.filter((term) => !term.startsWith(`"${begins}`))
    return { bits, rows, rare: [...rare, `${quoted(begins)} *`, ...others] }
  }

  function* rows(groups: readonly Group[], within?: Bitmap): Generator<number> {
    const sets: Bitmap[] = within ? [alive, within] : [alive]
    const expressions: string[] = []
    for (const group of groups) {
      const { bits, rows: kept, rare } = split(group)
      const expression = rare.join(' OR ')
      if (bits.length + kept.length + rare.length === 0) return
      if (bits.length + kept.length === 0) expressions.push(`(${expression})`)
      else if (bits.length === 1 && kept.length + rare.length === 0) sets.push(bits[0] as Bitmap)
      else {
        const set = bits.length === 0 ? createBitmap(capacity) : unionOf(bits)
        for (const list of kept) addList(set, list)
        if (rare.length > 0) fill(set, expression)
        sets.push(set)
      }
    }
    if (expressions.length === 0) {
      yield* rowsInAll(sets)
      return
    }
    for (const row of matching(expressions.join(' AND '))) if (sets.every((set) => set.has(row))) yield row
  }

  return {
    lexicon,
    add: (row, fields) => {
      if (!open) db.exec('BEGIN')
      open = true
      const listed: string[] = []
      const risen: number[] = []
      eachTerm(
        fields,
        lexicon,
        (term) => {
          if (term >= counts.length) grow(term)
          if (seen[term] === row) return
          seen[term] = row
          const count = (counts[term] as number) + 1
          counts[term] = count
          const set = bitmaps.get(term) ?? lists.get(term)
          if (set) set.add(row)
          else listed.push(lexicon.textOf(term))
          if (count === listFrom || count === threshold) risen.push(term)
        },
        (term) => listed.push(term),
      )
      alive.add(row)
      insert.run(row + 1, listed.join(' '))
      for (const term of risen) move(term)
    },
    remove: (row) => alive.remove(row),
    commit: () => {
      if (open) db.exec('COMMIT')
      open = false
    },
    rows,
    count: (term) => counts[lexicon.find(term)] ?? 0,
    stats: () => {
      const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number }
      const { page_size: size } = db.prepare('PRAGMA page_size').get() as { page_size: number }
      let setBytes = 0
      for (const bitmap of bitmaps.values()) setBytes += bitmap.words().byteLength
      for (const list of lists.values()) setBytes += list.rows().buffer.byteLength
      return {
        terms: lexicon.terms(),
        words: lexicon.words(),
        lists: lists.size,
        bitmaps: bitmaps.size,
        setBytes,
        ftsBytes: pages * size,
      }
    },
    close: () => db.close(),
  }
}
