/** What one part of `npm test` came to. */
export type PartResult = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Shown when something failed. */
  readonly output: string
  /** Shown always, one line each. */
  readonly notes: readonly string[]
}

export type Part = { readonly name: string; readonly run: () => Promise<PartResult> }

/** A check that either holds or does not. */
export const check = (ok: boolean, output: string, notes: readonly string[] = []): PartResult => ({
  passed: ok ? 1 : 0,
  failed: ok ? 0 : 1,
  skipped: 0,
  output,
  notes,
})

export const skippedPart = (why: string): PartResult => ({
  passed: 0,
  failed: 0,
  skipped: 1,
  output: '',
  notes: [why],
})

export const sum = (results: readonly PartResult[]): PartResult => ({
  passed: results.reduce((n, { passed }) => n + passed, 0),
  failed: results.reduce((n, { failed }) => n + failed, 0),
  skipped: results.reduce((n, { skipped }) => n + skipped, 0),
  output: results
    .filter(({ failed }) => failed > 0)
    .map(({ output }) => output)
    .join('\n'),
  notes: results.flatMap(({ notes }) => notes),
})

/** The last line of the run. */
export const summaryLine = ({ passed, failed, skipped }: PartResult): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
