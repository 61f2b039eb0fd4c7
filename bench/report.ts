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

const sortedOf = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

export const median = (values: readonly number[]): number =>
  sortedOf(values)[Math.floor(values.length / 2)] as number

/** The value that a share of the values does not exceed. */
export const percentile = (values: readonly number[], share: number): number =>
  sortedOf(values)[Math.min(values.length - 1, Math.floor(values.length * share))] as number
