import { z } from 'zod'
import type { PartResult } from './result.ts'

const vitestSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int().default(0),
})

const playwrightSchema = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
})

type Outcome = { readonly code: number; readonly output: string; readonly report: unknown }

/** A runner that ended badly without a failed test (a file that did not load, a crash) counts as one failure. */
const failures = (counted: number, ok: boolean): number => (counted === 0 && !ok ? 1 : counted)

const unreadable = (output: string): PartResult => ({
  passed: 0,
  failed: 1,
  skipped: 0,
  output: output === '' ? 'The runner left no report.' : output,
  notes: [],
})

/** Vitest's JSON report as a part's result. */
export const fromVitest = ({ code, output, report }: Outcome): PartResult => {
  const read = vitestSchema.safeParse(report)
  if (!read.success) return unreadable(output)
  const { success, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read.data
  return {
    passed: numPassedTests,
    failed: failures(numFailedTests, success && code === 0),
    skipped: numPendingTests + numTodoTests,
    output,
    notes: [],
  }
}

/** Playwright's JSON report as a part's result; a test that passed only when repeated is named. */
export const fromPlaywright = ({ code, output, report }: Outcome): PartResult => {
  const read = playwrightSchema.safeParse(report)
  if (!read.success) return unreadable(output)
  const { expected, unexpected, flaky, skipped } = read.data.stats
  const errors = read.data.errors.map(({ message }) => message ?? '').join('\n')
  return {
    passed: expected + flaky,
    failed: failures(unexpected, code === 0 && read.data.errors.length === 0),
    skipped,
    output: `${output}\n${errors}`.trim(),
    notes: flaky > 0 ? [`${flaky} passed only when repeated`] : [],
  }
}
