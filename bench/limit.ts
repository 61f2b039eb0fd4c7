/**
 * The limit of every pass: adding up as many bytes of Float64 once, with four accumulators. Answers a function that does
 * it and a check that the sums were not optimised away.
 */
export const createLimit = (bytes: number) => {
  const cells = new Float64Array(Math.ceil(bytes / 32) * 4).fill(1.5)
  let guard = 0
  return {
    sum: (): void => {
      let [a, b, c, d] = [0, 0, 0, 0]
      for (let i = 0; i < cells.length; i += 4) {
        a += cells[i] as number
        b += cells[i + 1] as number
        c += cells[i + 2] as number
        d += cells[i + 3] as number
      }
      guard += a + b + c + d
    },
    done: (): boolean => guard > 0,
  }
}
