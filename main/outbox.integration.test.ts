import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { seededRandom } from '../bridge/hub/seeded-random.ts'
import type { Payment } from '../shared/documents/payment.ts'
import { createStage, type Stage } from './link/integration-fixture.ts'
import { createOutboxRig, type OutboxRig } from './test-support/outbox-rig.ts'
import { until } from './test-support/test-until.ts'

/** Store, outbox, link and a real bridge: money is booked once, whatever happens on the way. */

const SERVER_OFFSET_S = 7200
const LOGINS = [1000, 1001, 1002]

/** Ids belong to a manager: all desks here are the same one. */
const signIn = (stage: Stage) => stage.desk({ credentials: { login: 1, password: 'demo' } }).link

const stand = async () => {
  const profile = await mkdtemp(join(tmpdir(), 'deskline-outbox-'))
  const stage = await createStage({ bookedAt: () => Math.floor(Date.now() / 1000) + SERVER_OFFSET_S })
  const closing: (() => unknown)[] = [() => rm(profile, { recursive: true }), stage.close]
  onTestFinished(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
  })
  const rig = async (link = signIn(stage)): Promise<OutboxRig> => {
    const made = await createOutboxRig(profile, link)
    let closed: Promise<void> | undefined
    const close = (): Promise<void> => (closed ??= made.close())
    closing.push(close)
    return { ...made, close }
  }
  return { stage, profile, rig }
}

const live = (stage: Stage) => {
  const link = signIn(stage)
  return until('the link to be live', () => link.status().phase === 'live').then(() => link)
}
const balanceOf = (stage: Stage, login: number): number =>
  stage.source.users().find((user) => user.login === login)?.balance ?? Number.NaN
const booked = (stage: Stage, login: number): number[] =>
  stage.source
    .trades()
    .filter((row) => row.login === login && row.cmd === 6)
    .toSorted((a, b) => a.order - b.order)
    .map(({ profit }) => profit)
const ask = (rig: OutboxRig, login: number, amount: number, kind: Payment['kind'] = 'deposit') =>
  rig.payments.request({ requestId: randomUUID(), login, kind, amount, comment: 'Test' }, 'ann')
const statesOf = async (rig: OutboxRig, login = 1000): Promise<string[]> =>
  (await rig.payments.ofLogin(login, 100)).map(({ state }) => state).toReversed()
const settled = async (rig: OutboxRig): Promise<void> => {
  await until('nothing to wait', async () => (await rig.outbox.counts()).waiting === 0)
  await until('the payments to know it', async () => {
    const open = await rig.store.documents.payments.count({ state: { $in: ['approved', 'sent'] } })
    return open === 0
  })
}

/** A desk in a process of its own, killed so many ms after its first deposit. Answers how many were acknowledged. */
const killedDesk = async (
  profile: string,
  url: string,
  login: number,
  first: number,
  afterMs: number,
): Promise<number> => {
  const script = fileURLToPath(new URL('./test-support/test-outbox-desk.ts', import.meta.url))
  const child = spawn(process.execPath, [script, profile, url, String(login), String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString()
  })
  await until('the first deposit', () => said.includes('acknowledged') || child.exitCode !== null)
  await wait(afterMs)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  return said.split('acknowledged').length - 1
}

describe('a payment', () => {
  it('waits while the bridge is away, and goes out in order when it is back', async () => {
    const { stage, rig } = await stand()
    const link = await live(stage)
    const one = await rig(link)
    const before = balanceOf(stage, 1000)
    const back = stage.restartBridge({ sameServer: true, awayMs: 1500 })
    await until('the link to be down', () => link.status().phase !== 'live')
    await ask(one, 1000, 10)
    await ask(one, 1000, 4, 'withdraw')
    await ask(one, 1000, 0.5)
    expect(await statesOf(one)).toEqual(['approved', 'approved', 'approved'])
    expect(await one.outbox.counts()).toEqual({ waiting: 3, held: 0 })
    await back
    await settled(one)
    expect(booked(stage, 1000).slice(-3)).toEqual([10, -4, 0.5])
    expect(balanceOf(stage, 1000)).toBe(before + 6.5)
    expect(await statesOf(one)).toEqual(['done', 'done', 'done'])
  })

  it('that was refused stops the account, and a person decides', async () => {
    const { stage, rig } = await stand()
    const one = await rig(await live(stage))
    const unknown = 999_999
    await ask(one, unknown, 10)
    await ask(one, unknown, 20)
    await until('it to be refused', async () => (await one.outbox.counts()).held === 1)
    const [failed, next] = await one.outbox.page(['failed', 'pending'], 10)
    expect(failed).toMatchObject({
      state: 'failed',
      hold: true,
      reason: expect.stringContaining('no account'),
    })
    expect(next).toMatchObject({ state: 'pending', attempts: 0 })
    await until('the payment to know it', async () => (await statesOf(one, unknown))[0] === 'failed')
    await one.outbox.cancel(next?.key ?? '', 'bob')
    const again = await one.outbox.retry(failed?.key ?? '', 'bob')
    expect(again.map(({ key }) => key)).toEqual([failed?.key, `${failed?.key}~2`])
    await until('it to be refused again', async () => (await one.outbox.counts()).held === 1)
    await one.outbox.release(`${failed?.key}~2`, 'bob')
    expect(await one.outbox.counts()).toEqual({ waiting: 0, held: 0 })
    await settled(one)
    expect(await statesOf(one, unknown)).toEqual(['failed', 'cancelled'])
  })

  it('asked for twice under one id is one', async () => {
    const { stage, rig } = await stand()
    const one = await rig(await live(stage))
    const before = balanceOf(stage, 1000)
    const request = { requestId: randomUUID(), login: 1000, kind: 'deposit', amount: 5, comment: '' } as const
    const answers = await Promise.all([1, 2, 3].map(() => one.payments.request(request, 'ann')))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    await expect(one.payments.request({ ...request, amount: 6 }, 'ann')).rejects.toThrow('asked for before')
    await settled(one)
    expect(balanceOf(stage, 1000)).toBe(before + 5)
  })
})

describe('the outcome is unknown', () => {
  const cases: [string, (stage: Stage) => unknown][] = [
    ['the connection was cut', (stage) => stage.bridge().faults.disconnect('all')],
    ['the bridge started anew', (stage) => stage.bridge().faults.restart()],
    ['the answer was lost', (stage) => stage.bridge().faults.set({ answers: { drop: { next: 1 } } })],
    ['the bridge was ended and started again', (stage) => stage.restartBridge({ sameServer: true })],
  ]

  it.each(cases)('%s while a deposit was executed: it is booked once', async (_, fault) => {
    const { stage, rig } = await stand()
    const one = await rig(await live(stage))
    const before = balanceOf(stage, 1000)
    let open: () => void = () => {}
    stage.source.holdUntil(
      new Promise((resolve) => {
        open = resolve
      }),
    )
    await ask(one, 1000, 10)
    await until('it to arrive', () => stage.bridge().stats().counters.commands === 1)
    const done = fault(stage)
    open()
    stage.source.holdUntil(undefined)
    await done
    await ask(one, 1000, 1)
    await settled(one)
    expect(booked(stage, 1000).slice(-2)).toEqual([10, 1])
    expect(balanceOf(stage, 1000)).toBe(before + 11)
    expect(await statesOf(one)).toEqual(['done', 'done'])
  })

  it('the bridge was ended before a deposit was executed: it is sent again', async () => {
    const { stage, rig } = await stand()
    const one = await rig(await live(stage))
    const before = balanceOf(stage, 1000)
    stage.bridge().faults.set({ mute: true })
    await ask(one, 1000, 10)
    await until('it to go out', async () => (await one.outbox.page(['sending'], 1)).length === 1)
    await stage.restartBridge({ sameServer: true })
    await settled(one)
    expect(balanceOf(stage, 1000)).toBe(before + 10)
  })
})

describe('a desk that is killed', () => {
  it('has booked, after the next start, exactly what was written', async () => {
    const { stage, profile, rig } = await stand()
    const before = balanceOf(stage, 1000)
    let amount = 1
    for (let kill = 0; kill < 4; kill++) {
      const acknowledged = await killedDesk(profile, stage.bridge().url, 1000, amount, 150 + kill * 130)
      amount += acknowledged + 1
    }
    const one = await rig(await live(stage))
    await settled(one)
    const written = await one.payments.ofLogin(1000, 10_000)
    expect(written.length).toBeGreaterThanOrEqual(amount - 5)
    expect(written.filter(({ state }) => state !== 'done')).toEqual([])
    const amounts = written.map((payment) => payment.amount).toSorted((a, b) => a - b)
    expect(
      booked(stage, 1000)
        .slice(-written.length)
        .toSorted((a, b) => a - b),
    ).toEqual(amounts)
    expect(balanceOf(stage, 1000)).toBe(before + amounts.reduce((sum, each) => sum + each, 0))
  }, 120_000)
})

describe('everything at once', () => {
  it('the balances are exactly the sums', async () => {
    const { stage, rig } = await stand()
    const random = seededRandom(5)
    const before = LOGINS.map((login) => balanceOf(stage, login))
    const sums = new Map(LOGINS.map((login) => [login, 0]))
    let link = signIn(stage)
    let one = await rig(link)
    const faults: (() => unknown)[] = [
      () => stage.bridge().faults.disconnect('all'),
      () => stage.bridge().faults.restart(),
      () => stage.bridge().faults.set({ answers: { drop: 0.3, corrupt: 0.2 } }),
      () => stage.bridge().faults.clear(),
      () => stage.restartBridge({ sameServer: true, awayMs: 200 }),
      async () => {
        await one.close()
        link = signIn(stage)
        one = await rig(link)
      },
    ]
    await one.outbox.pause('mt4', true, 'ann')
    for (let i = 0; i < 120; i++) {
      const login = LOGINS[i % LOGINS.length] ?? 0
      const amount = Math.ceil(random() * 10_000) / 100
      await ask(one, login, amount)
      sums.set(login, (sums.get(login) ?? 0) + amount)
    }
    // The server takes its time, so that faults strike commands that are under way.
    const slow = setInterval(() => stage.source.holdUntil(wait(60)), 50)
    onTestFinished(() => clearInterval(slow))
    await one.outbox.pause('mt4', false, 'ann')
    for (let i = 0; i < 24; i++) {
      await until('the link to be live', () => link.status().phase === 'live')
      await wait(random() * 150)
      await faults[i % faults.length]?.()
    }
    clearInterval(slow)
    stage.bridge().faults.clear()
    await settled(one)
    for (const [i, login] of LOGINS.entries())
      expect(balanceOf(stage, login)).toBeCloseTo((before[i] ?? 0) + (sums.get(login) ?? 0), 6)
    // Faults struck: outcomes had to be looked for.
    const looked = stage.source.executed.filter(({ type }) => type === 'trade:history')
    expect(looked.length).toBeGreaterThan(2)
    const states = (await Promise.all(LOGINS.map((login) => statesOf(one, login)))).flat()
    expect(states).toEqual(Array.from({ length: 120 }, () => 'done'))
  }, 120_000)
})
