import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bytesOf, statementHtml } from '../../main/statements/testing/statement-fixture.ts'
import { run } from '../tasks/reconcile.ts'

let folder: string
let said: string[]
let complained: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deskline-reconcile-'))
  said = []
  complained = []
  vi.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text))
  vi.spyOn(console, 'error').mockImplementation((text: string) => void complained.push(text))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, bytesOf(text))
  return path
}
const right = (): string => file('right.htm', statementHtml)
const wrong = (): string => file('wrong.htm', statementHtml.replace('>50.00<', '>90.00<'))
const half = (): string => file('half.htm', statementHtml.slice(0, 5000))

describe('npm run reconcile', () => {
  it('ends with 0 when everything agrees, 1 when something differs, 2 when a file cannot be read', async () => {
    expect(await run([right()])).toBe(0)
    expect(await run([right(), wrong()])).toBe(1)
    expect(await run([right(), wrong(), half()])).toBe(2)
    expect(await run([join(folder, 'nowhere.htm')])).toBe(2)
    expect(await run([])).toBe(2)
    expect(await run(['--yaml', right()])).toBe(2)
    expect(complained).toHaveLength(2)
  })

  it('prints a table a person reads', async () => {
    await run([wrong(), half()])
    const text = said.join('\n')
    expect(text).toContain('wrong.htm: 14 differences')
    expect(text).toContain('First difference: Row 2, ticket 1002 (buy 0.50 eurusd): profit 90.00')
    expect(text).toMatch(/closed +6 +5 +0 +1/u)
    expect(text).toContain('Contract size inferred: idx30 10 (3 of 3)')
    expect(text).toMatch(/Balance +1028\.1 +1068\.1 +-40 +✗/u)
    expect(text).toMatch(/Maximal drawdown +25 \/ 2\.32 +25 \/ 2\.23 +0\.09 +✗/u)
    expect(text).toContain('half.htm: TRUNCATED: The statement is cut off')
  })

  it('prints one array for machines: counts, reasons, every line, the rows that differ', async () => {
    await run(['--json', right(), wrong(), half()])
    const answer = JSON.parse(said.join('\n'))
    expect(answer[0]).toMatchObject({
      file: 'right.htm',
      agrees: true,
      closed: { read: 6, exact: 6, differing: 0, notComputable: 0 },
      reasons: {},
      rows: [],
    })
    expect(answer[0].lines).toContainEqual({
      block: 'summary',
      line: 'equity',
      name: 'Equity',
      printed: [1120.9],
      recomputed: [1120.9],
      difference: 0,
      state: 'agrees',
      note: '',
    })
    expect(answer[1]).toMatchObject({ agrees: false, rows: [{ order: 1002, printed: 90, recomputed: 50 }] })
    expect(answer[2]).toMatchObject({ file: 'half.htm', error: { fault: 'TRUNCATED' } })
    said = []
    await run(['--json', '--rows', right()])
    expect(JSON.parse(said.join('\n'))[0].rows).toHaveLength(9)
  })
})
