import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RetCode } from '../../shared/mt4/ret-code.ts'
import type { Effect, LinkEvent } from './events.ts'
import { reduce } from './machine.ts'
import { defaultSettings as settings } from './settings.ts'
import { initialState, isSignedIn, type LinkState, nextDeadline, phaseOf } from './state.ts'

const text = fc.constantFrom('', 'because')
const code = fc.constantFrom(...Object.values(RetCode))
const small = fc.nat(20)

const anyEvent: fc.Arbitrary<LinkEvent> = fc.oneof(
  fc.constantFrom<LinkEvent>(
    { type: 'start' },
    { type: 'close' },
    { type: 'reconnect' },
    { type: 'resync' },
    { type: 'wake' },
    { type: 'connected' },
    { type: 'signed-in' },
    { type: 'heard' },
  ),
  fc.record({ type: fc.constant('time' as const), late: fc.integer({ min: -10_000, max: 10_000 }) }),
  fc.record({ type: fc.constant('lost' as const), reason: text }),
  fc.record({ type: fc.constant('hello' as const), epoch: text, pumping: fc.boolean(), detail: text }),
  fc.record({ type: fc.constant('hello-refused' as const), code, message: text }),
  fc.record({
    type: fc.constant('sign-in-refused' as const),
    code,
    message: text,
    retryAfterMs: fc.nat(60_000),
  }),
  fc.record({ type: fc.constant('followed' as const), resumed: fc.boolean() }),
  fc.record({ type: fc.constant('follow-refused' as const), message: text }),
  fc.record({ type: fc.constant('nonsense' as const), what: text }),
  fc.record({ type: fc.constant('bridge-status' as const), pumping: fc.boolean(), detail: text }),
  fc.record({ type: fc.constant('bye' as const), code, message: text }),
  fc.record({ type: fc.constant('frame' as const), n: small, epoch: text }),
  fc.record({
    type: fc.constant('frame' as const),
    n: small,
    milestone: fc.constantFrom('begin' as const, 'end' as const, 'checkpoint' as const),
    epoch: text,
  }),
  fc.record({ type: fc.constant('gap' as const), reason: text }),
  fc.record({ type: fc.constant('unsound' as const), reason: text }),
  fc.record({ type: fc.constant('applied' as const), n: small, settled: fc.boolean() }),
  fc.record({
    type: fc.constant('beat' as const),
    mine: fc.boolean(),
    lastFrame: small,
    seen: small,
    full: fc.boolean(),
    settled: fc.boolean(),
  }),
)

const history = fc.array(
  fc.record({ event: anyEvent, after: fc.nat(8000), roll: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  { maxLength: 80 },
)

type Run = { state: LinkState; now: number; effects: Effect[] }

const take = (run: Run, event: LinkEvent, roll = 0.5): Run => {
  const [state, effects] = reduce(run.state, event, { now: run.now, roll, settings })
  return { state, now: run.now, effects: [...effects] }
}

const started = (): Run => take({ state: initialState, now: 1e12, effects: [] }, { type: 'start' })

const after = (steps: { event: LinkEvent; after: number; roll: number }[]): Run => {
  let run = started()
  for (const { event, after: ms, roll } of steps)
    if (event.type !== 'close') run = take({ ...run, now: run.now + ms }, event, roll)
  return run
}

/** What a bridge in good order says next, or the passing of time when it has nothing to say. */
const goodAnswer = (run: Run): { event: LinkEvent; now: number } => {
  const { state, now } = run
  const soon = now + 5
  switch (state.step.at) {
    case 'connecting':
      return { event: { type: 'connected' }, now: soon }
    case 'hello':
      return { event: { type: 'hello', epoch: 'e', pumping: true, detail: '' }, now: soon }
    case 'sign-in':
      return { event: { type: 'signed-in' }, now: soon }
    case 'follow':
      return { event: { type: 'followed', resumed: state.everLive }, now: soon }
    case 'snapshot':
      return { event: { type: 'frame', n: 50, milestone: 'end', epoch: 'e' }, now: soon }
    case 'settling':
      return state.step.target === null
        ? {
            event: { type: 'beat', mine: true, lastFrame: 3, seen: 3, full: false, settled: true },
            now: soon,
          }
        : { event: { type: 'applied', n: state.step.target, settled: true }, now: soon }
    default:
      return { event: { type: 'time', late: 0 }, now: Math.max(now, nextDeadline(state, settings)) }
  }
}

describe('the machine', () => {
  it('takes any event in any state, and always has a next deadline', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let run = started()
        for (const { event, after: ms, roll } of steps) {
          const before = run.state
          run = take({ ...run, now: run.now + ms }, event, roll)
          expect(run.state.connection).toBeGreaterThanOrEqual(before.connection)
          expect(run.state.follow).toBeGreaterThanOrEqual(before.follow)
          const due = nextDeadline(run.state, settings)
          expect(run.state.step.at === 'idle' ? due === Infinity : due < run.now + 61_000).toBe(true)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('comes back to live from anywhere within a minute and a half once the bridge behaves', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let run = after(steps)
        const from = run.now
        for (let i = 0; i < 60 && phaseOf(run.state) !== 'live'; i++) {
          const { event, now } = goodAnswer(run)
          run = take({ ...run, now }, event)
          if (run.state.step.at === 'following' && !run.state.pumping)
            run = take(run, { type: 'bridge-status', pumping: true, detail: '' })
          if (run.state.silent) run = take(run, { type: 'heard' })
        }
        expect(phaseOf(run.state)).toBe('live')
        expect(run.now - from).toBeLessThan(90_000)
      }),
      { numRuns: 1000 },
    )
  })

  it('does not spin: with nobody answering, time goes on after a few events', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let run = after(steps)
        let atOnce = 0
        for (let i = 0; i < 200; i++) {
          const due = nextDeadline(run.state, settings)
          atOnce = due <= run.now ? atOnce + 1 : 0
          expect(atOnce).toBeLessThan(6)
          run = take({ ...run, now: Math.max(run.now, due) }, { type: 'time', late: 0 })
        }
      }),
    )
  })

  it('opens a socket only after having dropped the one before, and asks for the book only when signed in', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let run = started()
        let sockets = 0
        for (const { event, after: ms, roll } of steps) {
          run = take({ ...run, now: run.now + ms }, event, roll)
          for (const { do: what } of run.effects) {
            if (what === 'drop') sockets = 0
            if (what === 'open') sockets++
            const needsSignIn = what === 'follow' || what === 'beat' || what === 'commands'
            expect(needsSignIn && !isSignedIn(run.state)).toBe(false)
          }
          expect(sockets).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('never shows live while the numbers are void', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const run = take(after(steps), { type: 'unsound', reason: 'x' })
        expect(phaseOf(run.state)).not.toBe('live')
        expect(run.effects).toContainEqual({ do: 'unfollow', sound: false })
      }),
    )
  })

  it('calls figures old rather than missing when it starts with a book', () => {
    const signedIn = (held: boolean): Run => {
      let run = take({ state: initialState, now: 1e12, effects: [] }, { type: 'start', held })
      while (run.state.step.at !== 'follow') run = take(run, goodAnswer(run).event)
      return run
    }
    expect(phaseOf(signedIn(true).state)).toBe('stale')
    expect(phaseOf(signedIn(false).state)).toBe('synchronising')
    expect(phaseOf(take(signedIn(false), { type: 'start', held: true }).state)).toBe('stale')
  })

  it('stays idle once closed, whatever comes but a start', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { state, now } = take(started(), { type: 'close' })
        let run: Run = { state, now, effects: [] }
        for (const { event, roll } of steps) if (event.type !== 'start') run = take(run, event, roll)
        expect(run.state).toBe(state)
        expect(run.effects).toEqual([])
      }),
    )
  })

  const through = (events: LinkEvent[]): Run => {
    let run = started()
    for (const event of events) run = take({ ...run, now: run.now + 5 }, event)
    return run
  }
  const signIn: LinkEvent[] = [
    { type: 'connected' },
    { type: 'hello', epoch: 'e', pumping: true, detail: '' },
    { type: 'signed-in' },
  ]
  const beat = { type: 'beat', mine: true, lastFrame: 0, seen: 0, full: false, settled: true } as const

  it('misses a frame that the bridge says it sent: by the third beat, or after 3 s without any', () => {
    const live = through([
      ...signIn,
      { type: 'followed', resumed: false },
      { type: 'frame', n: 1, epoch: 'e', milestone: 'end' },
      { type: 'applied', n: 1, settled: true },
    ])
    expect(phaseOf(live.state)).toBe('live')
    const ahead: LinkEvent = { ...beat, lastFrame: 9, seen: 5 }
    const two = take(take(live, ahead), ahead)
    expect(two.state.step.at).toBe('following')
    expect(take(two, { type: 'frame', n: 9, epoch: 'e' }).state.ahead).toBe(null)
    const third = take(two, ahead)
    expect(third.state.step.at).toBe('follow')
    expect(third.effects).toContainEqual({ do: 'count', what: 'gaps' })
    const later = { ...two, now: two.now + settings.aheadMs }
    expect(take(later, { type: 'time', late: 0 }).state.step.at).toBe('follow')
  })

  it('having resumed, is live once all that a beat tells of is applied, unless the window was full', () => {
    const resumed = through([...signIn, { type: 'followed', resumed: true }])
    expect(take(resumed, beat).state.step.at).toBe('following')
    const full = take(resumed, { ...beat, lastFrame: 200, seen: 200, full: true })
    expect(full.state.step).toEqual({ at: 'settling', resumed: true, target: null })
    const told = take(full, { ...beat, lastFrame: 210, seen: 210 })
    expect(told.state.step.at).toBe('settling')
    expect(take(told, { type: 'applied', n: 209, settled: true }).state.step.at).toBe('settling')
    expect(take(told, { type: 'applied', n: 210, settled: false }).state.step.at).toBe('settling')
    expect(take(told, { type: 'applied', n: 210, settled: true }).state.step.at).toBe('following')
  })

  it('hurries nothing after a wrong password but what the user asks for', () => {
    let run = started()
    for (const event of [
      { type: 'connected' },
      { type: 'hello', epoch: 'e', pumping: true, detail: '' },
      { type: 'sign-in-refused', code: RetCode.BAD_ACCOUNT_INFO, message: '', retryAfterMs: 0 },
    ] as LinkEvent[])
      run = take(run, event)
    expect(run.state.step).toMatchObject({ at: 'waiting', slow: true })
    expect(nextDeadline(run.state, settings) - run.now).toBeGreaterThanOrEqual(30_000)
    expect(take(run, { type: 'wake' }).state.step.at).toBe('waiting')
    expect(take(run, { type: 'reconnect' }).state.step.at).toBe('connecting')
  })
})
