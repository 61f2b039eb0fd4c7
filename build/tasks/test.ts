import { parts } from '../runner/parts.ts'
import { check, type Part, type PartResult, sum, summaryLine } from '../runner/result.ts'

const runPart = async ({ name, run }: Part): Promise<PartResult> => {
  const started = performance.now()
  console.log(`· ${name} …`)
  const result = await run().catch((error: unknown) =>
    check(false, error instanceof Error ? (error.stack ?? error.message) : String(error)),
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (result.failed > 0) console.log(`\n${result.output}\n`)
  for (const note of result.notes) console.log(`    ${note}`)
  console.log(`${result.failed > 0 ? '✘' : '✔'} ${name}: ${summaryLine(result)} (${seconds} s)`)
  return result
}

/** `npm test`: everything; `npm test -- unit lint`: these parts. */
export const run = async (argv: readonly string[]): Promise<number> => {
  const unknown = argv.filter((name) => !parts.some((part) => part.name === name))
  if (unknown.length > 0) {
    console.error(
      `There is no part "${unknown.join('", "')}"; parts: ${parts.map(({ name }) => name).join(', ')}.`,
    )
    return 2
  }
  const results: PartResult[] = []
  for (const part of parts)
    if (argv.length === 0 || argv.includes(part.name)) results.push(await runPart(part))
  const total = sum(results)
  console.log(`\n${summaryLine(total)}`)
  return total.failed > 0 ? 1 : 0
}
