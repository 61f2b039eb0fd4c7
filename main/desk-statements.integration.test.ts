import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MAX_STATEMENT_BASE64 } from '../shared/api/statements.ts'
import { silentLog, systemClock } from '../shared/runtime/ports.ts'
import { bytesOf, statementHtml } from './statements/testing/statement-fixture.ts'
import { createStore } from './store/create-store.ts'
import { keyFileOnly } from './store/keys/types.ts'
import { testDesk } from './test-support/desk-fixture.ts'

const packed = (text: string): string => gzipSync(bytesOf(text)).toString('base64')
const refusal = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error)

describe('a statement dropped into a window', () => {
  it('is reconciled for those who may, and journalled with its verdict but not its contents', async () => {
    const { start, window, profile } = await testDesk({ accounts: 20, trades: 20 })
    const desk = await start()
    const { api } = await window(desk, { role: 'compliance' })
    const given = { name: 'client.htm', gzip: packed(statementHtml) }
    expect(await api.statements.reconcile(given)).toMatchObject({
      file: 'client.htm',
      agrees: true,
      differences: 0,
    })
    const forged = packed(statementHtml.replace('>50.00<', '>90.00<'))
    expect(await api.statements.reconcile({ name: 'forged.htm', gzip: forged })).toMatchObject({
      agrees: false,
      firstDifference: { order: 1002, printed: 90, recomputed: 50 },
    })
    expect(
      await refusal(api.statements.reconcile({ name: 'cv.htm', gzip: packed('<html>Hello</html>') })),
    ).toMatchObject({
      defined: true,
      code: 'UNREADABLE',
      status: 422,
      data: { fault: 'NOT_A_STATEMENT' },
      message: 'No trades and no summary were found: this is no statement of an MT4 terminal.',
    })
    const long = 'A'.repeat(MAX_STATEMENT_BASE64)
    expect(await refusal(api.statements.reconcile({ name: 'long', gzip: long }))).toMatchObject({
      code: 'UNREADABLE',
    })
    expect(await refusal(api.statements.reconcile({ name: 'longer', gzip: `${long}AAAA` }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
    const sales = await window(desk, { role: 'sales' })
    expect(await refusal(sales.api.statements.reconcile(given))).toMatchObject({ code: 'FORBIDDEN' })
    await desk.close()

    const store = await createStore({
      path: join(profile, 'desk.sqlite'),
      keys: keyFileOnly,
      clock: systemClock,
      log: silentLog,
    })
    const lines = (await store.journal.recent(100)).filter((l) => l.procedure === 'statements.reconcile')
    await store.close()
    expect(lines.map((l) => [l.role, l.input, l.result]).toReversed()).toEqual([
      ['compliance', '{"name":"client.htm","gzip":"[contents]"}', 'agrees'],
      [
        'compliance',
        '{"name":"forged.htm","gzip":"[contents]"}',
        'differs: Row 2, ticket 1002 (buy 0.50 eurusd): profit 90.00 does not follow from its prices, which give 50.00.',
      ],
      ['compliance', '{"name":"cv.htm","gzip":"[contents]"}', 'StatementError: NOT_A_STATEMENT'],
      ['compliance', '{"name":"long","gzip":"[contents]"}', 'StatementError: NOT_TEXT'],
      ['compliance', '{"name":"longer","gzip":"[contents]"}', 'BAD_REQUEST'],
      ['sales', '{"name":"client.htm","gzip":"[contents]"}', 'FORBIDDEN'],
    ])
  })
})
