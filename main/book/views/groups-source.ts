import { books, type Grouping, groupsView, type ViewFilter } from '../../../shared/api/views.ts'
import { currencyDigits, roundTo, scaleOf } from '../../../shared/money/rounding.ts'
import { LevelType } from '../../../shared/mt4/enums.ts'
import { accountLevelType } from '../value/figures.ts'
import type { World } from '../world/world.ts'
import { type GroupPart, groupParts, isOfPositions, together } from './group-parts.ts'
import { createKeptQuestions } from './kept-questions.ts'
import type { Members } from './members.ts'
import { sumsByCell } from './position-sums.ts'
import { numberColumn, type ViewSource } from './source.ts'
import { plainColumn, textOrder } from './text-columns.ts'

/** Ids of rows: the question's number times this, plus the group's number. What is beyond is not shown. */
const ROWS_A_QUESTION = 1 << 13
/** Different filters whose groups are kept at once. */
const MAX_KEPT = 16
/** Of so many rows it is looked up only every so many valuations which belong where. */
const MANY_ROWS = 20_000
const CALM_VALUATIONS = 20

type Figures = Readonly<Record<string, number>>
type Group = { readonly part: GroupPart; readonly figures: Figures }

type Question = {
  readonly filter: ViewFilter
  /** Numbers that groups keep, by their key. */
  readonly numbers: Map<string, number>
  parts: readonly GroupPart[]
  /** All of them as one. */
  whole: GroupPart
  groups: readonly (Group | undefined)[]
  members: string
  parted: number
  /** Levels of many accounts by key, as of a valuation. */
  readonly levels: Map<string, Figures>
  counted: number
  valued: number
}

export type GroupsInput = {
  readonly world: World
  readonly base: string
  readonly valuation: () => number
  readonly accounts: ViewSource
  readonly positions: ViewSource
  readonly members: Members
}

/** Accounts or positions added up by what they have in common; figures are the totals of the views they are rows of. */
export const groupsSource = (
  { world, base, valuation, accounts, positions, members }: GroupsInput,
  by: Grouping,
): ViewSource => {
  const digits = currencyDigits(base)
  const source = isOfPositions(by) ? positions : accounts
  const questions = createKeptQuestions<Question>(MAX_KEPT)

  const levels = (ids: Int32Array): Figures => {
    const counts = [0, 0, 0]
    for (const a of ids) {
      const level = accountLevelType(world, a)
      counts[level] = (counts[level] as number) + 1
    }
    return {
      marginCalls: counts[LevelType.MARGINCALL] as number,
      stopOuts: counts[LevelType.STOPOUT] as number,
    }
  }

  /** `whole`: the filter that all of the rows pass and no others do. */
  const figuresOf = ({ rows, accounts: ids, buy, sell }: GroupPart, whole: ViewFilter): Figures => {
    const totals = source.totals(rows, rows.length, whole)
    const own = isOfPositions(by) ? { floatingBase: totals['totalBase'] as number, ...levels(ids) } : totals
    return {
      positions: rows.length,
      ...own,
      accounts: ids.length,
      buyLots: buy,
      sellLots: sell,
      netLots: buy - sell,
    }
  }

  /** Results of many positions by key: one look at the cells instead of one at every position. */
  const resultsByKey = ({ filter, whole }: Question): Map<string, number> => {
    const { units } = sumsByCell(world, digits, whole.rows, whole.rows.length, filter)
    const results = new Map<string, number>()
    for (let c = 0; c < units.length; c++) {
      const symbol = world.cells.symbol[c] as number
      const key = by === 'book' ? books[world.cells.desk[c] as number] : world.symbols.columns.symbol[symbol]
      if (key !== undefined)
        results.set(key, (results.get(key) ?? 0) + (units[c] as number) / scaleOf(digits))
    }
    return results
  }

  /** Levels of many accounts are counted no more often than their rows are looked up. */
  const levelsOfMany = (question: Question, key: string, ids: Int32Array): Figures => {
    const known = question.levels.get(key)
    if (known && valuation() - question.counted < CALM_VALUATIONS) return known
    const counted = levels(ids)
    question.levels.set(key, counted)
    return counted
  }

  const figuresOfMany = (question: Question): ((part: GroupPart) => Figures) => {
    const results = resultsByKey(question)
    return ({ key, rows, accounts: ids, buy, sell }) => ({
      floatingBase: roundTo(results.get(key) ?? 0, digits),
      positions: rows.length,
      ...levelsOfMany(question, key, ids),
      accounts: ids.length,
      buyLots: buy,
      sellLots: sell,
      netLots: buy - sell,
    })
  }

  const refresh = (question: Question): void => {
    const { filter, numbers } = question
    const now = valuation()
    if (question.valued === now) return
    question.valued = now
    const known = members(filter)
    const calm = question.whole.rows.length > MANY_ROWS && now - question.parted < CALM_VALUATIONS
    if (known !== question.members && !calm) {
      question.members = known
      question.parted = now
      question.parts = groupParts(world, source, by, filter)
      question.whole = together(question.parts, world.users.high())
    }
    const many = isOfPositions(by) && question.whole.rows.length > world.rowsAddedUp
    const figures = many
      ? figuresOfMany(question)
      : (part: GroupPart) => figuresOf(part, { ...filter, [by]: part.key })
    const groups: Group[] = []
    for (const part of question.parts) {
      const number = numbers.get(part.key) ?? numbers.size
      if (number >= ROWS_A_QUESTION) continue
      numbers.set(part.key, number)
      groups[number] = { part, figures: figures(part) }
    }
    if (now - question.counted >= CALM_VALUATIONS) question.counted = now
    question.groups = groups
  }

  const placeOf = (filter: ViewFilter): number => {
    const place = questions.placeOf(JSON.stringify(filter), () => ({
      filter,
      numbers: new Map(),
      parts: [],
      whole: together([], 0),
      groups: [],
      members: '',
      parted: 0,
      levels: new Map(),
      counted: 0,
      valued: -1,
    }))
    refresh(questions.at(place) as Question)
    return place
  }

  const groupAt = (id: number): Group | undefined =>
    questions.at(Math.floor(id / ROWS_A_QUESTION))?.groups[id % ROWS_A_QUESTION]
  const keyAt = (id: number): string => groupAt(id)?.part.key ?? ''
  const figure = (name: string) => numberColumn((id) => groupAt(id)?.figures[name] ?? Number.NaN)

  return {
    table: groupsView,
    // As many as any filter has brought: to look for more would cost as much as showing them.
    all: () => Math.max(0, ...questions.all().map(({ parts }) => parts.length)),
    capacity: () => ROWS_A_QUESTION,
    idLimit: () => ROWS_A_QUESTION * MAX_KEPT,
    select: (filter, out) => {
      const at = placeOf(filter)
      let n = 0
      for (const [number, group] of (questions.at(at) as Question).groups.entries())
        if (group) out[n++] = at * ROWS_A_QUESTION + number
      return n
    },
    identities: () => null,
    ties: (ids, n) => textOrder(ids, n, keyAt),
    columns: {
      key: plainColumn(keyAt),
      accounts: figure('accounts'),
      positions: figure('positions'),
      buyLots: figure('buyLots'),
      sellLots: figure('sellLots'),
      netLots: figure('netLots'),
      floatingBase: figure('floatingBase'),
      dayPlBase: figure('dayPlBase'),
      balanceBase: figure('balanceBase'),
      equityBase: figure('equityBase'),
      marginBase: figure('marginBase'),
      marginCalls: figure('marginCalls'),
      stopOuts: figure('stopOuts'),
    },
    totals: (_ids, _n, filter) => figuresOf((questions.at(placeOf(filter)) as Question).whole, filter),
  }
}
