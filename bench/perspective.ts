import perspective from '@perspective-dev/client/node'

const RESULT = `("price" - "open") * "lots" * "unit"`

/**
 * The peer: Perspective keeps the same positions in a table indexed by ticket, reckons each one's result from its price
 * in an expression, and adds the results up in a view grouped by account and one grouped by symbol. A round brings every
 * position its new price, as a tick of every symbol does, and waits until both views have taken it in. It does not round,
 * convert through moving rates, or know margins; `unit` carries contract size, rate and sign.
 *
 * @returns milliseconds of each round
 */
export const runPerspective = async (
  size: { readonly positions: number; readonly accounts: number; readonly symbols: number },
  rounds: number,
  random: () => number,
): Promise<number[]> => {
  const column = (cell: (i: number) => number): number[] =>
    Array.from({ length: size.positions }, (_, i) => cell(i))
  const order = column((i) => 10_000_000 + i)
  const symbol = column(() => Math.min(size.symbols - 1, Math.floor(size.symbols ** random()) - 1))
  const prices = (): number[] => {
    const now = Array.from({ length: size.symbols }, () => 1 + random())
    return symbol.map((at) => now[at] as number)
  }
  const table = await perspective.table(
    {
      order: 'integer',
      account: 'integer',
      symbol: 'integer',
      lots: 'float',
      open: 'float',
      unit: 'float',
      price: 'float',
    },
    { index: 'order' },
  )
  await table.update({
    order,
    symbol,
    account: column(() => Math.floor(random() * size.accounts)),
    lots: column(() => random() * 3),
    open: column(() => 1 + random()),
    unit: column((i) => (i % 2 === 0 ? 100_000 : -100_000)),
    price: prices(),
  })
  const group = (by: string) =>
    table.view({
      group_by: [by],
      columns: ['result'],
      expressions: { result: RESULT },
      aggregates: { result: 'sum' },
    })
  const views = [await group('account'), await group('symbol')]
  const look = async (): Promise<void> => {
    for (const view of views) await view.to_columns({ start_row: 0, end_row: 60 })
  }
  await look()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const price = prices()
    const start = performance.now()
    await table.update({ order, price })
    await look()
    times.push(performance.now() - start)
  }
  for (const view of views) await view.delete()
  await table.delete()
  return times
}
