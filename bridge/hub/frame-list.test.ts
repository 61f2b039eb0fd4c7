import { describe, expect, it } from 'vitest'
import { createFrameList } from './frame-list.ts'
import { jsonShared, type SharedFrame } from './shared-frame.ts'

/** So many frames that count how often they are made. */
const setUp = (frames: number, failAt = -1) => {
  const made: SharedFrame[] = []
  function* source(): Generator<SharedFrame, undefined> {
    for (let i = 0; i < frames; i++) {
      if (i === failAt) throw new Error('not this one')
      const frame = jsonShared(1, { i })
      made.push(frame)
      yield frame
    }
  }
  return { list: createFrameList(source()), made }
}

describe('a list of frames', () => {
  it('is read from the beginning by everybody, at any pace, and made once', () => {
    const { list, made } = setUp(5)
    const [one, other] = [list[Symbol.iterator](), list[Symbol.iterator]()]
    expect(list.grow()).toBe(true)
    const first = [one.next().value, one.next().value, one.next().value]
    expect(made).toHaveLength(3)
    const second = [other.next().value, other.next().value]
    expect(list.grow()).toBe(true)
    second.push(other.next().value, other.next().value, other.next().value)
    first.push(one.next().value, one.next().value)
    expect([one.next().done, other.next().done, list.grow()]).toEqual([true, true, false])
    expect(made).toHaveLength(5)
    for (const frames of [first, second, [...list]])
      frames.forEach((frame, i) => {
        expect(frame).toBe(made[i])
      })
    expect(list.bytes()).toBe(made.reduce((sum, { body }) => sum + body.byteLength, 0))
  })

  it('goes on when a reader ends early', () => {
    const { list, made } = setUp(3)
    for (const _ of list) break
    expect([...list]).toEqual(made)
  })

  it('does not take a frame that could not be made for its end', () => {
    const { list } = setUp(3, 2)
    expect(list.grow()).toBe(true)
    expect(list.broken()).toBe(false)
    for (let i = 0; i < 2; i++) expect(() => [...list]).toThrow('not this one')
    expect(() => list.grow()).toThrow('not this one')
    expect(list.broken()).toBe(true)
  })
})
