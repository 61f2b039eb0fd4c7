import { WireError } from './errors.ts'
import { align8, type FrameHeader, HEADER_BYTES, sealFrame } from './header.ts'
import type { ColumnsOf, ColumnType, TableSchema } from './schema.ts'

/**
 * View frames: a JSON head, then blocks of cells, one a column. A whole frame states every asked-for column of every
 * row. Any other frame states what differs from the frame before it, which the window must have taken: frames of a view
 * come in order and none is left out. All numbers little-endian, every part padded to 8 bytes:
 *
 *     u32 bytes of the head, u32 number of blocks, head
 *     block: u16 column (its place in the schema), u16 cells, u32 bytes of text (0 where the cells are numbers)
 *            u16 rows of the cells, ascending; left out where the block has a cell for every row
 *            the cells; of texts first their ends (u32, UTF-16 units), then all of them in UTF-8
 */

/** Flag of VIEW: the frame states the whole slice and needs none before it. */
const FLAG_WHOLE = 2

/** A slice has no more rows than a place in it can number. */
const MAX_ROWS = 0xffff

type Numbers = Uint8Array | Uint16Array | Int32Array | Float64Array
type Cells = Numbers | string[]

/** A column that is read row by row, by the row's id. */
export type CellReader = { readonly at: (id: number) => number | string }

/** What is to be shown: `ids` are the rows of the slice in order. */
export type Slice = {
  readonly ids: Int32Array
  readonly columns: Readonly<Record<string, CellReader>>
}

export type ViewWriter = {
  /** The next frame; `whole` states everything again. Sizes and flags of the header are filled in. */
  readonly frame: (
    header: Pick<FrameHeader, 'type' | 'n' | 'scope' | 'first'>,
    meta: unknown,
    slice: Slice,
    whole: boolean,
  ) => Uint8Array<ArrayBuffer>
}

const isText = (type: ColumnType): boolean => type === 'str' || type === 'dict'

const numbersOf = (type: ColumnType, length: number): Numbers =>
  type === 'u8'
    ? new Uint8Array(length)
    : type === 'u16'
      ? new Uint16Array(length)
      : type === 'i32'
        ? new Int32Array(length)
        : new Float64Array(length)

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Room in which frames are put together; shared by all writers of a thread, grows as needed. */
export const createFrameRoom = () => {
  let bytes = new Uint8Array(1 << 15)
  let at = 0
  const need = (length: number): void => {
    if (at + length <= bytes.byteLength) return
    const more = new Uint8Array(Math.max(bytes.byteLength * 2, align8(at + length)))
    more.set(bytes)
    bytes = more
  }
  return {
    restart: (): void => {
      at = 0
    },
    head: (column: number, cells: number): number => {
      need(8)
      const view = new DataView(bytes.buffer)
      view.setUint16(at, column, true)
      view.setUint16(at + 2, cells, true)
      view.setUint32(at + 4, 0, true)
      at += 8
      return at - 8
    },
    /** An array of `count` numbers that is a part of the frame, to be filled at once. */
    numbers: (type: ColumnType, count: number): Numbers => {
      const length = align8(count * 8)
      need(length)
      const { buffer } = bytes
      const part =
        type === 'u8'
          ? new Uint8Array(buffer, at, count)
          : type === 'u16'
            ? new Uint16Array(buffer, at, count)
            : type === 'i32'
              ? new Int32Array(buffer, at, count)
              : new Float64Array(buffer, at, count)
      const end = align8(at + part.byteLength)
      bytes.fill(0, at + part.byteLength, end)
      at = end
      return part
    },
    /** Appends texts and notes their bytes in the block's head. */
    texts: (head: number, all: string): void => {
      need(all.length * 3 + 8)
      const { written } = encoder.encodeInto(all, bytes.subarray(at))
      new DataView(bytes.buffer).setUint32(head + 4, written, true)
      const end = align8(at + written)
      bytes.fill(0, at + written, end)
      at = end
    },
    taken: (): Uint8Array => bytes.subarray(0, at),
  }
}
export type FrameRoom = ReturnType<typeof createFrameRoom>

/**
 * Writes the frames of one view with the given columns of its table. Keeps what it stated last; numbers are compared by
 * `Object.is`, so that a blank that stays blank is not sent again.
 */
export const createViewWriter = (
  schema: TableSchema,
  names: readonly string[],
  room: FrameRoom,
): ViewWriter => {
  const columns = names.map((name) => {
    const type = schema.columns[name] as ColumnType
    const text = isText(type)
    return {
      name,
      type,
      text,
      place: schema.names.indexOf(name),
      sent: text ? [] : numbersOf(type, 0),
      // A figure as the column will hold it, so that it is compared with its like.
      cell: text ? null : numbersOf(type, 1),
    }
  })
  let places = new Uint16Array(256)
  let rowsBefore = 0

  /** Brings `sent` up to date; answers how many places changed (they are in `places`). */
  const compare = (
    column: (typeof columns)[number],
    { ids, columns: given }: Slice,
    all: boolean,
  ): number => {
    const rows = ids.length
    if (rows === 0) return 0
    const { at } = given[column.name] as CellReader
    const known = all ? 0 : Math.min(rows, rowsBefore)
    let changed = 0
    if (column.text) {
      const sent = column.sent as string[]
      for (let r = 0; r < rows; r++) {
        const text = at(ids[r] as number) as string
        if (r < known && text === sent[r]) continue
        sent[r] = text
        places[changed++] = r
      }
      return changed
    }
    let sent = column.sent as Numbers
    if (sent.length < rows) {
      const longer = numbersOf(column.type, Math.max(rows, sent.length * 2))
      longer.set(sent)
      column.sent = longer
      sent = longer
    }
    const cell = column.cell as Numbers
    for (let r = 0; r < rows; r++) {
      cell[0] = at(ids[r] as number) as number
      const value = cell[0]
      if (r < known && Object.is(value, sent[r])) continue
      sent[r] = value
      places[changed++] = r
    }
    return changed
  }

  const write = (
    { place, type, text, sent }: (typeof columns)[number],
    count: number,
    rows: number,
  ): void => {
    const head = room.head(place, count)
    if (count < rows) room.numbers('u16', count).set(places.subarray(0, count))
    if (!text) {
      const out = room.numbers(type, count)
      for (let k = 0; k < count; k++) out[k] = (sent as Numbers)[places[k] as number] as number
      return
    }
    const ends = room.numbers('i32', count)
    let all = ''
    for (let k = 0; k < count; k++) {
      all += ((sent as string[])[places[k] as number] as string).toWellFormed()
      ends[k] = all.length
    }
    room.texts(head, all)
  }

  return {
    frame: (header, meta, slice, whole) => {
      const rows = slice.ids.length
      if (rows > MAX_ROWS) throw new WireError('BAD_LENGTH', `a slice of ${rows} rows`)
      if (places.length < rows) places = new Uint16Array(rows)
      room.restart()
      let blocks = 0
      for (const column of columns) {
        const changed = compare(column, slice, whole)
        if (changed === 0 && !whole) continue
        write(column, changed, rows)
        blocks++
      }
      rowsBefore = rows
      const text = encoder.encode(JSON.stringify(meta))
      const body = HEADER_BYTES + 8 + align8(text.byteLength)
      const cells = room.taken()
      const frame = new Uint8Array(body + cells.byteLength)
      const view = new DataView(frame.buffer)
      view.setUint32(HEADER_BYTES, text.byteLength, true)
      view.setUint32(HEADER_BYTES + 4, blocks, true)
      frame.set(text, HEADER_BYTES + 8)
      frame.set(cells, body)
      return sealFrame(frame, { ...header, stream: 0, rows, flags: whole ? FLAG_WHOLE : 0 })
    },
  }
}

type Reader = { readonly frame: Uint8Array<ArrayBuffer>; at: number }

/** Where the next `bytes` stand in the frame's buffer. */
const take = (r: Reader, bytes: number): number => {
  const start = r.at
  const end = align8(start + bytes)
  if (end > r.frame.byteLength) throw new WireError('BAD_COLUMN', 'column reaches past the frame')
  r.at = end
  return r.frame.byteOffset + start
}

const takeNumbers = (r: Reader, type: ColumnType, count: number): Numbers => {
  const { buffer } = r.frame
  if (type === 'u8') return new Uint8Array(buffer, take(r, count), count)
  if (type === 'u16') return new Uint16Array(buffer, take(r, count * 2), count)
  if (type === 'i32') return new Int32Array(buffer, take(r, count * 4), count)
  return new Float64Array(buffer, take(r, count * 8), count)
}

const takeTexts = (r: Reader, count: number, bytes: number): string[] => {
  const ends = takeNumbers(r, 'i32', count)
  let all: string
  try {
    all = decoder.decode(new Uint8Array(r.frame.buffer, take(r, bytes), bytes))
  } catch {
    throw new WireError('BAD_COLUMN', 'text is not UTF-8')
  }
  const out: string[] = new Array(count)
  let from = 0
  for (let i = 0; i < count; i++) {
    const to = ends[i] as number
    if (to < from || to > all.length) throw new WireError('BAD_COLUMN', 'text offsets out of order')
    out[i] = all.slice(from, to)
    from = to
  }
  if (from !== all.length) throw new WireError('BAD_COLUMN', 'text not used up')
  return out
}

const takePlaces = (r: Reader, count: number, rows: number): Numbers => {
  const places = takeNumbers(r, 'u16', count)
  let before = -1
  for (let k = 0; k < count; k++) {
    const place = places[k] as number
    if (place <= before || place >= rows) throw new WireError('BAD_COLUMN', `row ${place} of ${rows}`)
    before = place
  }
  return places
}

/** `before` with `rows` rows. */
const resized = (type: ColumnType, before: Cells, rows: number): Cells => {
  if (Array.isArray(before)) {
    const texts = before.slice(0, rows)
    while (texts.length < rows) texts.push('')
    return texts
  }
  const numbers = numbersOf(type, rows)
  numbers.set(before.length > rows ? before.subarray(0, rows) : before)
  return numbers
}

const readHead = (r: Reader): { meta: unknown; blocks: number } => {
  if (r.frame.byteLength < HEADER_BYTES + 8) throw new WireError('TOO_SHORT', 'no view head')
  const [bytes, blocks] = new Uint32Array(r.frame.buffer, take(r, 8), 2) as unknown as [number, number]
  if (HEADER_BYTES + 8 + align8(bytes) > r.frame.byteLength)
    throw new WireError('BAD_LENGTH', 'view head reaches past the frame')
  try {
    const text = decoder.decode(new Uint8Array(r.frame.buffer, take(r, bytes), bytes))
    return { meta: JSON.parse(text) as unknown, blocks }
  } catch {
    throw new WireError('BAD_JSON', 'view head is not JSON')
  }
}

/** Whether a view frame can be read without the one before it. */
export const isWhole = ({ flags }: Pick<FrameHeader, 'flags'>): boolean => (flags & FLAG_WHOLE) !== 0

/**
 * Reads an opened view frame. A frame that is not whole changes `before`, the slice behind the frame before it; what
 * is answered is a new slice that shares the columns that did not change (it is `before` itself where none did), or
 * points into the frame. Columns that were not asked for are not there. Cells are not looked at: blanks are NaN.
 * @throws WireError
 */
export const readView = <S extends TableSchema>(
  schema: S,
  header: Pick<FrameHeader, 'rows' | 'flags'>,
  frame: Uint8Array<ArrayBuffer>,
  before: ColumnsOf<S> | null,
): { meta: unknown; data: ColumnsOf<S> } => {
  const r: Reader = { frame, at: HEADER_BYTES }
  const { meta, blocks } = readHead(r)
  const { rows } = header
  const whole = isWhole(header)
  if (!whole && !before) throw new WireError('BAD_COLUMN', 'changes of a slice that is not there')
  const columns: Record<string, Cells> = whole ? {} : { ...(before?.columns as Record<string, Cells>) }
  const rowsBefore = whole ? 0 : (before?.rows ?? 0)
  for (let b = 0; b < blocks; b++) {
    const head = new DataView(frame.buffer, take(r, 8), 8)
    const name = schema.names[head.getUint16(0, true)]
    const count = head.getUint16(2, true)
    if (name === undefined || count > rows) throw new WireError('BAD_COLUMN', `${count} cells of ${name}`)
    const type = schema.columns[name] as ColumnType
    const places = count < rows ? takePlaces(r, count, rows) : null
    const cells = isText(type) ? takeTexts(r, count, head.getUint32(4, true)) : takeNumbers(r, type, count)
    if (!places) {
      columns[name] = cells
      continue
    }
    const old = columns[name]
    if (!old) throw new WireError('BAD_COLUMN', `changes of ${name}, which is not there`)
    const next = resized(type, old, rows)
    for (let k = 0; k < count; k++) next[places[k] as number] = cells[k] as never
    columns[name] = next
  }
  if (r.at !== frame.byteLength) throw new WireError('BAD_COLUMN', 'bytes left over')
  if (blocks === 0 && rows === rowsBefore && before && !whole) return { meta, data: before }
  for (const name in columns) {
    const column = columns[name] as Cells
    if (column.length === rows) continue
    if (rows > column.length) throw new WireError('BAD_COLUMN', `${name} has too few cells`)
    columns[name] = resized(schema.columns[name] as ColumnType, column, rows)
  }
  return { meta, data: { rows, columns } as ColumnsOf<S> }
}
