import { COVERAGE_GROUP } from '../../main/book/formulas/exposure.ts'
import { valueMargins } from '../../main/book/value/margins.ts'
import { cellOpenSum, Desk } from '../../main/book/world/cells.ts'
import { markMarginStale } from '../../main/book/world/links.ts'
import { symbolOfTrade, type World } from '../../main/book/world/world.ts'
import { currencyDigits, scaleOf, toUnits } from '../../shared/money/rounding.ts'
import { isMarketCmd, isMoneyCmd, isPendingCmd } from '../../shared/mt4/enums.ts'

/** The largest difference between what the book has kept adding up and what its records add up to, and where it is. */
export type Audit = { compared: number; worst: number; where: string }

/** A sum whose error does not grow with the number of its parts (Neumaier). */
const createSum = () => {
  let high = 0
  let low = 0
  return {
    add: (x: number): void => {
      const sum = high + x
      low += Math.abs(high) >= Math.abs(x) ? high - sum + x : x - sum + high
      high = sum
    },
    value: () => high + low,
  }
}

const cellParts = ['orders', 'volume', 'open', 'costs'] as const
const accountParts = [
  'positions',
  'lots',
  'costs',
  'floating',
  'money',
  'realised',
  'swap',
  'commission',
  'agent',
] as const
const tableOf = <P extends string>(parts: readonly P[]) => {
  const rows = new Map<string, Record<P, ReturnType<typeof createSum>>>()
  return {
    rows,
    row: (key: string) => {
      const fresh = () =>
        Object.fromEntries(parts.map((part) => [part, createSum()])) as Record<
          P,
          ReturnType<typeof createSum>
        >
      const known = rows.get(key) ?? fresh()
      rows.set(key, known)
      return known
    },
  }
}

/** Adds the records up anew, with no use of what the book keeps about them. */
const addUp = (world: World) => {
  const cells = tableOf(cellParts)
  const accounts = tableOf(accountParts)
  const { users, groups, pool } = world
  const t = world.trades.columns
  let [positions, pendings] = [0, 0]
  for (let i = 0; i < world.trades.high(); i++) {
    if (world.trades.alive()[i] !== 1) continue
    const cmd = t.cmd[i] as number
    const open = t.closeTime[i] === 0
    const account = users.slotOf(t.login[i] as number)
    const name = account < 0 ? '' : pool.text(users.columns.group[account] as number)
    const group = groups.slotOf(name)
    const currency = group < 0 ? '' : pool.text(groups.columns.currency[group] as number)
    const scale = scaleOf(currencyDigits(currency))
    const sums = accounts.row(String(account))
    const volume = t.volume[i] as number
    if (open && isMarketCmd(cmd)) {
      positions++
      const passedOn = t.gwVolume[i] !== 0 || t.gwOrder[i] !== 0 || world.isABook(name)
      const desk = name === COVERAGE_GROUP ? Desk.COVERAGE : passedOn ? Desk.A_BOOK : Desk.B_BOOK
      const symbol = symbolOfTrade(world, i)
      const cell = cells.row(symbol < 0 ? 'unknown' : [symbol, currency, cmd === 1, desk].join('/'))
      const extra = (t.storage[i] as number) + (t.commission[i] as number) + (t.taxes[i] as number)
      const costs = account < 0 ? 0 : toUnits(extra, scale)
      cell.orders.add(1)
      cell.volume.add(volume)
      cell.open.add((t.openPrice[i] as number) * volume)
      cell.costs.add(costs)
      sums.positions.add(1)
      sums.lots.add(volume)
      sums.costs.add(costs)
      const place = t.place[i] as number
      if (place < 0) continue
      const result = world.ledger.columns.results[place] as number
      // A blank price result counts as nothing.
      sums.floating.add((Number.isFinite(result) ? result : 0) + costs)
    } else if (open && isPendingCmd(cmd)) pendings++
    else if (isMoneyCmd(cmd)) {
      if ((t.openTime[i] as number) >= world.dayStart) sums.money.add(toUnits(t.profit[i] as number, scale))
    } else if (isMarketCmd(cmd) && (t.closeTime[i] as number) >= world.dayStart) {
      sums.realised.add(toUnits(t.profit[i] as number, scale))
      sums.swap.add(toUnits(t.storage[i] as number, scale))
      sums.commission.add(toUnits((t.commission[i] as number) + (t.taxes[i] as number), scale))
      sums.agent.add(toUnits(t.commissionAgent[i] as number, scale))
    }
  }
  return { cells, accounts, positions, pendings }
}

/**
 * Every incremental sum of a valued world against its records: cells, accounts, ledger, counts, and each account's
 * margin worked out anew.
 */
export const auditWorld = (world: World): Audit => {
  const found: Audit = { compared: 0, worst: 0, where: '' }
  const compare = (where: string, kept: number | undefined, fresh: number): void => {
    found.compared++
    if (Object.is(kept, fresh)) return
    const by = Math.abs((kept ?? Number.NaN) - fresh)
    if (by <= found.worst) return
    found.worst = Number.isNaN(by) ? Number.POSITIVE_INFINITY : by
    found.where = `${where}: ${kept} kept, ${fresh} in the records`
  }

  const { cells: kept, users, currencies } = world
  const u = users.columns
  const fresh = addUp(world)
  compare('open positions', world.positions, fresh.positions)
  compare('pending orders', world.pendings, fresh.pendings)

  const seen = new Set<string>()
  for (let c = 0; c < kept.symbol.length; c++) {
    const currency = currencies[kept.currency[c] as number] ?? ''
    const key = c === 0 ? 'unknown' : [kept.symbol[c], currency, kept.sell[c], kept.desk[c]].join('/')
    seen.add(key)
    const sums = fresh.cells.row(key)
    compare(`orders of cell ${key}`, kept.orders[c], sums.orders.value())
    compare(`volume of cell ${key}`, kept.volume[c], sums.volume.value())
    compare(`open · volume of cell ${key}`, cellOpenSum(kept, c), sums.open.value())
    compare(`costs of cell ${key}`, kept.costs[c], sums.costs.value())
  }
  for (const key of fresh.cells.rows.keys()) if (!seen.has(key)) compare(`cell ${key}`, undefined, 1)

  const { count, costs, floating, trade, cell } = world.ledger.columns
  const margins = u.margin.slice()
  let inLedger = 0
  for (let a = 0; a < users.high(); a++) {
    if (users.alive()[a] !== 1) continue
    const login = u.login[a]
    const sums = fresh.accounts.row(String(a))
    inLedger += count[a] as number
    compare(`positions of ${login}`, count[a], sums.positions.value())
    compare(`lots of ${login}`, u.lots[a], sums.lots.value())
    compare(`costs of ${login}`, costs[a], sums.costs.value())
    compare(`open result of ${login}`, floating[a], sums.floating.value())
    compare(`money moved of ${login}`, u.moneyUnits[a], sums.money.value())
    compare(`realised of ${login}`, u.realisedUnits[a], sums.realised.value())
    compare(`swap of ${login}`, u.swapUnits[a], sums.swap.value())
    compare(`commission of ${login}`, u.commissionUnits[a], sums.commission.value())
    compare(`agent's of ${login}`, u.agentUnits[a], sums.agent.value())
    markMarginStale(world, a)
  }
  valueMargins(world)
  for (let a = 0; a < users.high(); a++)
    if (users.alive()[a] === 1) compare(`margin of ${u.login[a]}`, margins[a], u.margin[a] as number)

  let places = 0
  for (let p = 0; p < world.ledger.high(); p++) {
    if (cell[p] === 0 && trade[p] === -1) continue
    places++
    compare(`place ${p}`, world.trades.columns.place[trade[p] as number], p)
  }
  compare('places in the ledger', places, inLedger)
  return found
}
