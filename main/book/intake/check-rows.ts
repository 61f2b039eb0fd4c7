import { secGroupsSchema, secMarginsSchema, sessionsSchema } from '../../../shared/bridge/nested.ts'
import { ChangeKind, type RecordStream, recordKeys } from '../../../shared/bridge/streams.ts'
import { WireError } from '../../../shared/wire/errors.ts'
import type { Bounds, DictColumn, PackedOf, TableSchema, TextBlock } from '../../../shared/wire/schema.ts'
import { textsOf } from '../../../shared/wire/text-columns.ts'
import { createNestedJson } from './nested-json.ts'

/** Decoded rows of any table; change frames carry `changeKind` besides. */
export type Rows = PackedOf<TableSchema>

/** Symbols are numbered below this; the native server has room for 1,024. */
export const MAX_SYMBOL_INDEX = 8191

type Range = readonly [min: number, max: number]
type Rules = { readonly ranges: Readonly<Record<string, Range>>; readonly keyLength?: number }

const flag: Range = [0, 1]
/** A feed may send nonsense; what is not above zero counts as no quote, and no frame is lost for it. */
const price: Range = [-1e15, 1e15]
/** Amounts have an end far beyond any broker's, so that no product or sum of them is infinite. */
const amount: Range = [0, 1e15]
const money: Range = [-1e15, 1e15]
const whole: Range = [0, 0x7fffffff]

const rules: Record<RecordStream, Rules> = {
  symbols: {
    keyLength: 11,
    ranges: {
      index: [0, MAX_SYMBOL_INDEX],
      type: [0, 31],
      digits: [0, 8],
      trade: [0, 2],
      profitMode: [0, 2],
      exemode: [0, 2],
      swapType: [0, 3],
      gtcPendings: [0, 2],
      marginMode: [0, 4],
      contractSize: amount,
      tickValue: amount,
      tickSize: amount,
      marginInitial: amount,
      marginMaintenance: amount,
      marginHedged: amount,
      marginDivider: amount,
      swapLong: money,
      swapShort: money,
    },
  },
  groups: {
    keyLength: 15,
    ranges: {
      enable: flag,
      marginMode: [0, 3],
      marginType: flag,
      hedgeLargeLeg: flag,
      stopoutSkipHedged: flag,
      credit: money,
      defaultDeposit: money,
      interestRate: money,
    },
  },
  users: {
    ranges: {
      login: [1, 0x7fffffff],
      enable: flag,
      enableReadOnly: flag,
      leverage: whole,
      balance: money,
      credit: money,
      prevBalance: money,
      prevMonthBalance: money,
      prevEquity: money,
      prevMonthEquity: money,
      interestRate: money,
      taxes: money,
    },
  },
  trades: {
    ranges: {
      order: [1, 0x7fffffff],
      login: [1, 0x7fffffff],
      digits: [0, 8],
      cmd: [0, 7],
      volume: whole,
      state: [0, 6],
      reason: [0, 7],
      openTime: whole,
      closeTime: whole,
      openPrice: amount,
      closePrice: amount,
      sl: amount,
      tp: amount,
      marginRate: amount,
      commission: money,
      commissionAgent: money,
      storage: money,
      profit: money,
      taxes: money,
      activation: [-4, 4],
    },
  },
}

const allowedKinds: Record<RecordStream, readonly number[]> = {
  symbols: [ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.DELETED],
  groups: [ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.DELETED],
  users: [ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.DELETED, ChangeKind.MOVED],
  trades: [ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.ACTIVATED, ChangeKind.CLOSED, ChangeKind.DELETED],
}

const refuse = (name: string, value: number | string): never => {
  throw new WireError('BAD_VALUE', `${name} cannot be ${String(value).slice(0, 40)}`)
}

/** One loop for each sort of array, or each would be compiled for all of them. */
const wholeInRange = (cells: ArrayLike<number>, min: number, max: number): boolean => {
  for (let i = 0; i < cells.length; i++)
    if ((cells[i] as number) < min || (cells[i] as number) > max) return false
  return true
}
const floatsInRange = (cells: Float64Array, min: number, max: number): boolean => {
  for (let i = 0; i < cells.length; i++)
    if (!((cells[i] as number) >= min && (cells[i] as number) <= max)) return false
  return true
}
const inRange = (cells: ArrayLike<number>, min: number, max: number): boolean =>
  cells instanceof Float64Array ? floatsInRange(cells, min, max) : wholeInRange(cells, min, max)

const checkRange = (name: string, cells: ArrayLike<number>, [min, max]: Range, kinds?: Uint8Array): void => {
  if (inRange(cells, min, max)) return
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number
    if (!(cell >= min && cell <= max) && kinds?.[i] !== ChangeKind.DELETED) refuse(name, cell)
  }
}

const liesWithin = (bounds: Bounds | undefined, [min, max]: Range): boolean =>
  bounds !== undefined && bounds[0] >= min && bounds[1] <= max

/** Of a column that is the same in every row the first cell is enough, unless rows are excused. */
const cellsToCheck = ({ columns, constant, rows }: Rows, name: string): ArrayLike<number> => {
  const cells = (columns as Readonly<Record<string, unknown>>)[name] as Int32Array
  return constant.has(name) && rows > 0 && !('changeKind' in columns) ? cells.subarray(0, 1) : cells
}

export type RowCheck = {
  /** Refuses rows of a record table that no MT4 server could mean. @throws WireError BAD_VALUE or BAD_JSON */
  readonly records: (stream: RecordStream, rows: Rows) => void
  /** The same for ticks (`bid`, `ask`, `time`) and quotes (`high` and `low` too). @throws WireError BAD_VALUE */
  readonly prices: (rows: Pick<Rows, 'columns'>) => void
  readonly secMargins: ReturnType<typeof createNestedJson<(typeof secMarginsSchema)['_output']>>
}

export const createRowCheck = (): RowCheck => {
  const sessions = createNestedJson('sessions', sessionsSchema)
  const secGroups = createNestedJson('secGroups', secGroupsSchema)
  const secMargins = createNestedJson('secMargins', secMarginsSchema)
  const json: Partial<Record<RecordStream, readonly (readonly [string, (text: string) => unknown])[]>> = {
    symbols: [['sessions', sessions]],
    groups: [
      ['secGroups', secGroups],
      ['secMargins', secMargins],
    ],
  }

  const checkKeys = (stream: RecordStream, cells: readonly string[], length: number): void => {
    for (const key of cells) if (key.length === 0 || key.length > length) refuse(recordKeys[stream], key)
  }

  return {
    secMargins,
    records: (stream, rows) => {
      const columns: Readonly<Record<string, unknown>> = rows.columns
      const kinds = columns['changeKind'] as Uint8Array | undefined
      if (kinds)
        for (const kind of kinds) if (!allowedKinds[stream].includes(kind)) refuse('changeKind', kind)
      const { ranges, keyLength } = rules[stream]
      const key = recordKeys[stream]
      if (keyLength !== undefined) checkKeys(stream, textsOf(columns[key] as TextBlock, rows.rows), keyLength)
      for (const name in ranges) {
        const range = ranges[name] as Range
        if (!liesWithin(rows.bounds?.get(name), range))
          checkRange(name, cellsToCheck(rows, name), range, name === key ? undefined : kinds)
      }
      for (const [name, parse] of json[stream] ?? []) {
        const { words, codes } = columns[name] as DictColumn
        for (let i = 0; i < codes.length; i++)
          if (kinds?.[i] !== ChangeKind.DELETED) parse(words[codes[i] as number] as string)
      }
    },
    prices: (rows) => {
      const columns = rows.columns as unknown as Record<string, ArrayLike<number>>
      checkRange('symbol', columns['symbol'] as ArrayLike<number>, [0, MAX_SYMBOL_INDEX])
      for (const name of ['bid', 'ask', 'high', 'low'])
        if (columns[name]) checkRange(name, columns[name], price)
      checkRange('time', columns['time'] as ArrayLike<number>, amount)
    },
  }
}
