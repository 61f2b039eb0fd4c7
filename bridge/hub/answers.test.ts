import { describe, expect, it } from 'vitest'
import type { CommandAnswer } from '../../shared/bridge/protocol.ts'
import { createAnswers } from './answers.ts'

const limits = { answers: 3, answersMs: 1000, answersCap: 6 }
const answer = (requestId: string): CommandAnswer => ({ requestId, code: 0, message: 'done' })

const store = (of = limits) => {
  let now = 0
  let runs = 0
  const answers = createAnswers(of, () => now)
  return {
    answers,
    runs: () => runs,
    at: (time: number) => {
      now = time
    },
    ask: (id: string, body = 'a', keep = true) =>
      answers.once(id, body, keep, () => {
        runs++
        return Promise.resolve(answer(id))
      }),
  }
}

describe('idempotency store', () => {
  it('runs an id once and gives the same answer again', async () => {
    const s = store()
    const first = await s.ask('id')
    expect(await s.ask('id')).toBe(first)
    expect(s.runs()).toBe(1)
  })

  it('lets a repeat wait for the one that is running', async () => {
    const { answers } = store()
    let finish: (a: CommandAnswer) => void = () => {}
    const running = new Promise<CommandAnswer>((resolve) => {
      finish = resolve
    })
    const first = answers.once('id', 'a', true, () => running)
    const second = answers.once('id', 'a', true, () => Promise.reject(new Error('ran twice')))
    expect(answers.running()).toBe(1)
    finish(answer('id'))
    expect(await second).toBe(await first)
    expect(answers.running()).toBe(0)
  })

  it('refuses another body under the same id, before and after the answer', async () => {
    const s = store()
    const first = s.ask('id', 'a')
    expect(s.ask('id', 'b')).toBe('conflict')
    await first
    expect(s.ask('id', 'b')).toBe('conflict')
    expect(s.runs()).toBe(1)
  })

  it('asks a question again, but still knows its id', async () => {
    const s = store()
    await s.ask('id', 'a', false)
    await s.ask('id', 'a', false)
    expect(s.runs()).toBe(2)
    expect(s.ask('id', 'b', false)).toBe('conflict')
  })

  it('forgets only beyond the count and the time', async () => {
    const s = store()
    for (const id of ['1', '2', '3', '4', '5']) await s.ask(id)
    expect(s.answers.stored()).toBe(5)
    s.at(1000)
    await s.ask('6')
    expect(s.answers.stored()).toBe(4)
    await s.ask('5')
    expect(s.runs()).toBe(6)
    await s.ask('1')
    expect(s.runs()).toBe(7)
  })

  it('turns new commands away rather than break its promise', async () => {
    const s = store()
    for (const id of ['1', '2', '3', '4', '5', '6']) await s.ask(id)
    expect(s.ask('7')).toBe('full')
    expect(s.ask('1')).toBeInstanceOf(Promise)
    s.at(1000)
    expect(s.ask('7')).toBeInstanceOf(Promise)
  })

  it('is not held up by a command that never ends', async () => {
    const s = store()
    void s.answers.once('stuck', 'a', true, () => new Promise(() => {}))
    for (const id of ['1', '2', '3', '4', '5']) await s.ask(id)
    s.at(1000)
    await s.ask('6')
    expect(s.answers.stored()).toBe(4)
    expect(s.ask('stuck')).toBeInstanceOf(Promise)
    expect(s.runs()).toBe(6)
  })

  it('keeps what was begun before a new epoch out of it', async () => {
    const { answers } = store()
    let finish: (a: CommandAnswer) => void = () => {}
    const old = answers.once('id', 'a', true, () => new Promise((resolve) => (finish = resolve)))
    answers.clear()
    finish(answer('id'))
    await old
    expect(answers.stored()).toBe(0)
  })
})
