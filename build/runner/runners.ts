import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { inProject } from '../project.ts'
import { fromPlaywright, fromVitest } from './reports.ts'
import type { PartResult } from './result.ts'
import { tool } from './tools.ts'

const reportFolder = inProject('.cache/reports')

const freshReport = (name: string): string => {
  mkdirSync(reportFolder, { recursive: true })
  const path = `${reportFolder}/${name}.json`
  rmSync(path, { force: true })
  return path
}

const readReport = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** Lines with which tests say that they were skipped for want of data or a platform. */
const noticesOf = (output: string): string[] => [
  ...new Set(
    output
      .split('\n')
      .filter((line) => line.startsWith('notice: '))
      .map((line) => line.slice('notice: '.length)),
  ),
]

/** Runs a vitest project, whole or cut by arguments, and counts its tests. */
export const runVitest = async (name: string, args: readonly string[]): Promise<PartResult> => {
  const path = freshReport(name)
  const { code, output } = await tool('vitest', [
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${path}`,
    ...args,
  ])
  return { ...fromVitest({ code, output, report: readReport(path) }), notes: noticesOf(output) }
}

/** Runs the Playwright specs and counts their tests. */
export const runPlaywright = async (chromium: string): Promise<PartResult> => {
  const path = freshReport('playwright')
  const { code, output } = await tool('playwright', ['test', '--reporter=line,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: path, CHROMIUM_PATH: chromium },
  })
  const result = fromPlaywright({ code, output, report: readReport(path) })
  return { ...result, notes: [...result.notes, ...noticesOf(output)] }
}
