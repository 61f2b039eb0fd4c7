import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import type { Alert } from '../../shared/api/models.ts'
import { silentLog } from '../../shared/runtime/ports.ts'
import { createStore } from '../store/create-store.ts'
import { createRisk } from './create-risk.ts'
import { factsOf, type MarkRow, marksOf, testRule } from './marks-fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const START = 1_800_000_000_000

it('raises, works and remembers alerts on the real store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'deskline-risk-'))
  /** One run of the desk: all marks at one moment, then what is open and closed, and what was newly raised. */
  const run = async (now: number, rows: Partial<MarkRow>[], close: string[] = []) => {
    const clock = { now: () => now }
    const store = await createStore({ path: join(folder, 'desk.sqlite'), clock, log: silentLog })
    const risk = await createRisk({
      store,
      account: async (login) => factsOf(login),
      base: 'USD',
      clock,
      log: silentLog,
      defaults: [testRule],
    })
    const raised: string[] = []
    risk.watch(({ kind, alerts }) => {
      if (kind === 'changed') raised.push(...alerts.filter((a) => a.state === 'new').map((a) => a.id))
    })
    risk.marks(marksOf(rows, now))
    await risk.idle()
    for (const id of close)
      await risk.outcome(id, { outcome: 'reached', note: 'fine', callBackAt: null, by: 'ann' })
    let list: Alert[] = []
    risk.watch(({ alerts }) => {
      list = alerts
    })()
    await risk.close()
    await store.close()
    return { raised, list }
  }
  try {
    const rows = Array.from({ length: 300 }, (_, i) => ({ login: i + 1, floating: 6_000 + i }))
    const first = await run(START, rows, ['open:7:profit:0'])
    expect(first.raised).toHaveLength(300)
    expect(first.raised[0]).toBe('open:300:profit:0')
    const second = await run(START + 60_000, [...rows, { login: 900, floating: -9_000 }])
    expect(second.raised).toEqual(['open:900:loss:0'])
    expect(second.list).toHaveLength(301)
    expect(second.list.find(({ login }) => login === 7)).toMatchObject({ state: 'done', note: 'fine' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
