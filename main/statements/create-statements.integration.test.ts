import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { statementReportSchema } from '../../shared/api/statements.ts'
import { silentLog, systemTimers } from '../../shared/runtime/ports.ts'
import { createStatements, type Statements } from './create-statements.ts'
import { reconcileFile } from './reconcile-file.ts'
import { bytesOf, statementHtml } from './testing/statement-fixture.ts'

let statements: Statements
const start = (limitMs?: number): Statements => {
  statements = createStatements({
    workerUrl: new URL('worker.ts', import.meta.url),
    timers: systemTimers,
    log: silentLog,
    ...(limitMs === undefined ? {} : { limitMs }),
  })
  return statements
}
afterEach(() => statements.close())

const zipped = (text: string): Uint8Array => gzipSync(bytesOf(text))

describe('a statement in its worker', () => {
  it('comes out as the command line has it, and fits the schema', async () => {
    const report = await start().reconcile('a.htm', zipped(statementHtml))
    expect(report).toEqual(reconcileFile('a.htm', bytesOf(statementHtml)))
    expect(statementReportSchema.parse(report)).toEqual(report)
  })

  it('several wait for each other', async () => {
    const { reconcile } = start()
    const reports = await Promise.all(['a', 'b', 'c'].map((file) => reconcile(file, zipped(statementHtml))))
    expect(reports.map((r) => r.file)).toEqual(['a', 'b', 'c'])
  })

  it.each([
    ['TRUNCATED', zipped(statementHtml.slice(0, 6000))],
    ['NOT_TEXT', bytesOf('not gzipped at all')],
    ['TOO_LARGE', gzipSync(new Uint8Array(64 * 1024 * 1024))],
  ])('is refused as %s, and the next one is read', async (fault, gzip) => {
    const { reconcile } = start()
    await expect(reconcile('bad', gzip)).rejects.toMatchObject({ name: 'StatementError', fault })
    await expect(reconcile('good', zipped(statementHtml))).resolves.toMatchObject({ agrees: true })
  })

  it('is given up when it takes too long', async () => {
    await expect(start(1).reconcile('slow', zipped(statementHtml))).rejects.toMatchObject({
      fault: 'TOO_COMPLEX',
    })
  })

  it('is refused by a closing desk', async () => {
    const { reconcile, close } = start()
    await close()
    await expect(reconcile('late', zipped(statementHtml))).rejects.toMatchObject({ name: 'StatementError' })
  })
})
