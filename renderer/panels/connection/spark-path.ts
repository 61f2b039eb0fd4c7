/** SVG path of a small line chart from 0 at the bottom to the peak at the top. */
export const sparkPath = (values: readonly number[], width: number, height: number): string => {
  const peak = Math.max(...values, Number.MIN_VALUE)
  const step = width / Math.max(1, values.length - 1)
  return values
    .map((value, i) => {
      const y = height - 1 - (Math.max(0, value) / peak) * (height - 2)
      return `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}
