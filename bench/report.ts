/** Prints a figure of a benchmark: `RESULT <name> <value> <unit> [vs <peer> <value> ratio <r>]`. */
export const report = (
  name: string,
  value: number,
  unit: string,
  peer?: { name: string; value: number },
): void => {
  const text = (n: number): string => String(Number(n.toPrecision(4)))
  const versus =
    peer === undefined ? '' : ` vs ${peer.name} ${text(peer.value)} ratio ${text(value / peer.value)}`
  console.log(`RESULT ${name} ${text(value)} ${unit}${versus}`)
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] as number
}
