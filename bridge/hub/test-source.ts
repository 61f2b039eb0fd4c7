import type { BridgeStatus, Command } from '../../shared/bridge/protocol.ts'
import { ChangeKind } from '../../shared/bridge/streams.ts'
import type { GroupRecord, SymbolRecord, TradeRecord, UserRecord } from '../../shared/bridge/tables.ts'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { Change, Source, SourceAnswer, SourceSink } from '../source.ts'
import { below, seededRandom } from './seeded-random.ts'
import { groupRow, moneyRow, symbolRow, TEST_DAY, tradeRow, userRow } from './test-rows.ts'

export type TestSourceOptions = {
  seed?: number
  symbols?: number
  groups?: number
  accounts?: number
  trades?: number
  /** Server-local seconds at which commands are booked; without it, the source's own standing time. */
  bookedAt?: () => number
}

/** A source that moves only when told to, and always alike for the same seed. */
export type TestSource = Source & {
  /** So many random transactions: open, close, modify, delete, balance, group move, new account, symbol and group edits. */
  transact: (count?: number) => void
  /** So many random ticks. */
  tick: (count?: number) => void
  /** One transaction as given; for cases a random one would rarely meet. */
  apply: (changes: readonly Change[]) => void
  /** Reports another state of the manager connections. */
  report: (status: BridgeStatus) => void
  /** Replaces the world by a freshly seeded one. */
  reload: (seed: number) => void
  /** Commands executed so far, repeats included: an idempotent bridge runs each id once. */
  readonly executed: readonly Command[]
  /** When set, the next commands reject with this; tests of RET_TECH_PROBLEM. */
  failWith: (error: Error | undefined) => void
  /** When set, commands wait for this before they run. */
  holdUntil: (gate: Promise<void> | undefined) => void
  users: () => readonly UserRecord[]
  trades: () => readonly TradeRecord[]
}

type World = {
  symbols: SymbolRecord[]
  groups: GroupRecord[]
  users: Map<number, UserRecord>
  trades: Map<number, TradeRecord>
  prices: number[]
}

export const createTestSource = (options: TestSourceOptions = {}): TestSource => {
  const { symbols = 8, groups = 4, accounts = 200, trades = 400 } = options
  let random = seededRandom(options.seed ?? 1)
  let sink: SourceSink | undefined
  let clock = TEST_DAY * 1000 + 36_000_000
  let nextOrder = 1000
  let nextLogin = 1000
  let failure: Error | undefined
  let gate: Promise<void> | undefined
  const executed: Command[] = []
  const world: World = { symbols: [], groups: [], users: new Map(), trades: new Map(), prices: [] }

  const pick = <T>(list: readonly T[]): T => list[below(random, list.length)] as T
  const seconds = (): number => Math.floor(clock / 1000)
  const booked = (): number => options.bookedAt?.() ?? seconds()

  const someOf = <T>(map: Map<number, T>, upTo: number): T | undefined => {
    for (let i = 0; i < 8; i++) {
      const found = map.get(1000 + below(random, upTo - 1000))
      if (found) return found
    }
    return map.values().next().value
  }
  const someUser = (): UserRecord => someOf(world.users, nextLogin) as UserRecord

  const newTrade = (user: UserRecord): TradeRecord => {
    const symbol = pick(world.symbols)
    const price = world.prices[symbol.index] as number
    return tradeRow(
      nextOrder++,
      user.login,
      symbol,
      below(random, 4),
      1 + below(random, 500),
      price,
      seconds(),
    )
  }

  const seedWorld = (): void => {
    world.symbols = Array.from({ length: symbols }, (_, i) => symbolRow(i))
    world.groups = Array.from({ length: groups }, (_, i) => groupRow(i))
    world.prices = world.symbols.map((s) => (s.digits === 3 ? 150 : 1.1))
    world.users = new Map()
    world.trades = new Map()
    for (let i = 0; i < accounts; i++) {
      const user = userRow(nextLogin++, pick(world.groups).group)
      world.users.set(user.login, user)
    }
    for (let i = 0; i < trades; i++) {
      const trade = newTrade(someUser())
      world.trades.set(trade.order, trade)
    }
  }

  const keep = (change: Change): void => {
    const gone = change.kind === ChangeKind.DELETED
    if (change.stream === 'trades') {
      if (gone) world.trades.delete(change.row.order)
      else world.trades.set(change.row.order, change.row)
    } else if (change.stream === 'users') {
      if (gone) world.users.delete(change.row.login)
      else world.users.set(change.row.login, change.row)
    }
  }

  const apply = (changes: readonly Change[]): void => {
    for (const change of changes) keep(change)
    sink?.transaction(changes)
  }

  const tradeChange = (kind: ChangeKind, row: TradeRecord): Change => ({ stream: 'trades', kind, row })
  const userChange = (kind: ChangeKind, row: UserRecord): Change => ({ stream: 'users', kind, row })

  const closing = (trade: TradeRecord): Change[] => {
    const user = world.users.get(trade.login)
    const profit = Math.round((random() - 0.5) * 100_000) / 100
    const closed = { ...trade, closeTime: seconds(), profit, timestamp: seconds() }
    const change = tradeChange(ChangeKind.CLOSED, closed)
    return user
      ? [change, userChange(ChangeKind.UPDATED, { ...user, balance: user.balance + profit })]
      : [change]
  }

  const money = (user: UserRecord, cmd: number, amount: number, comment: string): Change[] => [
    tradeChange(ChangeKind.ADDED, moneyRow(nextOrder++, user.login, cmd, amount, comment, booked())),
    userChange(
      ChangeKind.UPDATED,
      cmd === 6 ? { ...user, balance: user.balance + amount } : { ...user, credit: user.credit + amount },
    ),
  ]

  const randomTransaction = (): readonly Change[] => {
    const trade = someOf(world.trades, nextOrder)
    const dice = random()
    if (!trade || dice < 0.3) return [tradeChange(ChangeKind.ADDED, newTrade(someUser()))]
    if (dice < 0.5) return closing(trade)
    if (dice < 0.6) return [tradeChange(ChangeKind.UPDATED, { ...trade, sl: random(), tp: random() })]
    if (dice < 0.75) return [tradeChange(ChangeKind.DELETED, trade)]
    if (dice < 0.9) return money(someUser(), 6, below(random, 1000), 'Deposit')
    if (dice < 0.94) return [userChange(ChangeKind.MOVED, { ...someUser(), group: pick(world.groups).group })]
    if (dice < 0.97) return [userChange(ChangeKind.ADDED, userRow(nextLogin++, pick(world.groups).group))]
    if (dice < 0.985) {
      const row = { ...pick(world.symbols), swapLong: random() }
      return [{ stream: 'symbols', kind: ChangeKind.UPDATED, row }]
    }
    return [{ stream: 'groups', kind: ChangeKind.UPDATED, row: { ...pick(world.groups), marginCall: 100 } }]
  }

  const tick = (count = 1): void => {
    for (let i = 0; i < count; i++) {
      clock += 10
      const symbol = below(random, world.symbols.length)
      const bid = (world.prices[symbol] as number) * (1 + (random() - 0.5) * 0.0002)
      world.prices[symbol] = bid
      sink?.tick(symbol, bid, bid + 0.0002, clock)
    }
  }

  const load = (): void => {
    sink?.load({
      symbols: world.symbols,
      groups: world.groups,
      users: world.users.values(),
      trades: world.trades.values(),
      quotes: world.symbols.map(({ index }) => {
        const bid = world.prices[index] as number
        return { symbol: index, bid, ask: bid + 0.0002, high: bid, low: bid, time: clock }
      }),
    })
  }

  const moneyCommand = (login: number, cmd: number, amount: number, comment: string): SourceAnswer => {
    const user = world.users.get(login)
    if (!user) return { code: RetCode.BAD_ACCOUNT_INFO, message: `no account ${login}` }
    apply(money(user, cmd, amount, comment))
    return { code: RetCode.OK, message: 'done' }
  }

  const openCommand = (command: Extract<Command, { type: 'trade:open' }>): SourceAnswer => {
    const symbol = world.symbols.find((s) => s.symbol === command.symbol)
    const user = world.users.get(command.login)
    if (!symbol || !user) return { code: RetCode.ERROR, message: 'no such account or symbol' }
    const price = command.price || (world.prices[symbol.index] as number)
    const row = tradeRow(nextOrder++, user.login, symbol, command.cmd, command.volume, price, seconds())
    apply([tradeChange(ChangeKind.ADDED, { ...row, comment: command.comment })])
    return { code: RetCode.OK, message: 'opened', data: { order: row.order } }
  }

  const run = (command: Command): SourceAnswer => {
    switch (command.type) {
      case 'balance:deposit':
        return moneyCommand(command.login, 6, command.amount, command.comment)
      case 'balance:withdraw':
        return moneyCommand(command.login, 6, -command.amount, command.comment)
      case 'credit:in':
        return moneyCommand(command.login, 7, command.amount, command.comment)
      case 'credit:out':
        return moneyCommand(command.login, 7, -command.amount, command.comment)
      case 'trade:open':
        return openCommand(command)
      case 'trade:close': {
        const trade = world.trades.get(command.order)
        if (!trade) return { code: RetCode.ERROR, message: `no order ${command.order}` }
        apply(closing(trade))
        return { code: RetCode.OK, message: 'closed' }
      }
      case 'trade:history': {
        const { login, from, to } = command
        const within = ({ closeTime }: TradeRecord): boolean => closeTime >= from && closeTime <= to
        const rows = [...world.trades.values()].filter((row) => row.login === login && within(row))
        return { code: RetCode.OK, message: 'done', data: rows }
      }
      default:
        return { code: RetCode.OK_NONE, message: `${command.type} does nothing here` }
    }
  }

  return {
    name: 'test',
    serverTimeOffset: 7200,
    start: (given) => {
      sink = given
      // A bridge that is started again finds the server as it was.
      if (world.users.size === 0) seedWorld()
      load()
      sink.status({ direct: true, pumping: true, dealing: true, detail: 'test source' })
      return Promise.resolve()
    },
    command: async (command) => {
      await gate
      executed.push(command)
      if (failure) throw failure
      return run(command)
    },
    close: () => {
      sink = undefined
      return Promise.resolve()
    },
    transact: (count = 1) => {
      for (let i = 0; i < count; i++) {
        clock += 100
        apply(randomTransaction())
      }
    },
    tick,
    apply,
    report: (status) => sink?.status(status),
    reload: (seed) => {
      random = seededRandom(seed)
      seedWorld()
      load()
    },
    executed,
    failWith: (error) => {
      failure = error
    },
    holdUntil: (given) => {
      gate = given
    },
    users: () => [...world.users.values()],
    trades: () => [...world.trades.values()],
  }
}
