import perspective from '@perspective-dev/client/node'

/**
 * The peer: Perspective keeps the same positions in a table indexed by ticket, with a view that groups them by account
 * and adds their results up. A round gives every position a new result, as a tick of every symbol does, and waits until
 * the view has taken it in.
 *
 * @returns milliseconds of each round
 */
export const runPerspective = async (
  positions: number,
  accounts: number,
  rounds: number,
  random: () => number,
): Promise<number[]> => {
  const order = Array.from({ length: positions }, (_, i) => 10_000_000 + i)
  const account = order.map(() => Math.floor(random() * accounts))
  const table = await perspective.table(
    { order: 'integer', account: 'integer', profit: 'float' },
    { index: 'order' },
  )
  await table.update({ order, account, profit: order.map(() => 0) })
  const view = await table.view({
    group_by: ['account'],
    columns: ['profit'],
    aggregates: { profit: 'sum' },
  })
  const look = (): Promise<unknown> => view.to_columns({ start_row: 0, end_row: 60 })
  await look()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const profit = order.map(() => random() * 1000)
    const start = performance.now()
    await table.update({ order, profit })
    await look()
    times.push(performance.now() - start)
  }
  await view.delete()
  await table.delete()
  return times
}
