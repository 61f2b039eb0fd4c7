import { describe, expect, it } from 'vitest'
import { createFakeSocket, createHeldTimers } from './fake-socket.ts'
import { greet } from './greeting.ts'

const meet = () => {
  const { socket, done } = createFakeSocket()
  const held = createHeldTimers()
  const outcomes: string[] = []
  greet(socket, 'right', held.timers, (outcome) => outcomes.push(outcome))
  return { socket, done, held, outcomes }
}

describe('greet', () => {
  it('lets the right token in, once, and forgets its timer', () => {
    const { socket, done, held, outcomes } = meet()
    socket.emit('message', Buffer.from('{"token":"right"}'), false)
    socket.emit('message', Buffer.from('{"token":"wrong"}'), false)
    expect({ outcomes, done, timers: held.count() }).toEqual({ outcomes: ['welcome'], done: [], timers: 0 })
  })

  it('sends a wrong token away with 4401', () => {
    const { socket, done, outcomes } = meet()
    socket.emit('message', Buffer.from('{"token":"wrong"}'), false)
    expect({ outcomes, done }).toEqual({ outcomes: ['wrong token'], done: ['close 4401'] })
  })

  it('does not wait for a silent one', () => {
    const { done, held, outcomes } = meet()
    held.fire()
    expect({ outcomes, done }).toEqual({ outcomes: ['silent'], done: ['close 4401'] })
  })
})
