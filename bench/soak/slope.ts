/** Least-squares slope of points, in units of y per unit of x, and its standard error. */
export const slope = (
  points: readonly { readonly x: number; readonly y: number }[],
): { slope: number; error: number } => {
  const n = points.length
  const mean = (of: 'x' | 'y'): number => points.reduce((sum, p) => sum + p[of], 0) / n
  const [mx, my] = [mean('x'), mean('y')]
  const xx = points.reduce((sum, p) => sum + (p.x - mx) ** 2, 0)
  const xy = points.reduce((sum, p) => sum + (p.x - mx) * (p.y - my), 0)
  const by = xy / xx
  const rest = points.reduce((sum, p) => sum + (p.y - my - by * (p.x - mx)) ** 2, 0)
  return { slope: by, error: Math.sqrt(rest / Math.max(1, n - 2) / xx) }
}
