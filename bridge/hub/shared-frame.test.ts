import { expect, it } from 'vitest'
import { readJson } from '../../shared/wire/frames.ts'
import { FrameType, openFrame } from '../../shared/wire/header.ts'
import { createLending, jsonShared } from './shared-frame.ts'

const shared = (text: string) => jsonShared(FrameType.CHECKPOINT, { text })
const received = (bytes: Uint8Array) => {
  const { header, frame } = openFrame(new Uint8Array(bytes))
  return [header.n, header.scope, (readJson(frame) as { text: string }).text]
}

it('a frame nobody has under way is sealed in place, for others there are copies', () => {
  const frame = shared('a')
  const [one, two] = [createLending(), createLending()]
  const first = one.seal(frame, 1, 7)
  const second = two.seal(frame, 5, 8)
  expect(first.buffer).toBe(frame.body.buffer)
  expect(second.buffer).not.toBe(frame.body.buffer)
  expect([first, second].map(received)).toEqual([
    [1, 7, 'a'],
    [5, 8, 'a'],
  ])
})

it('what was acknowledged is lent to the next, the rest is not', () => {
  const frames = ['a', 'b', 'c'].map(shared)
  const [one, two] = [createLending(), createLending()]
  frames.forEach((frame, i) => one.seal(frame, i + 1, 7))
  one.acked(2)
  const seconds = frames.map((frame, i) => two.seal(frame, i + 1, 8))
  expect(seconds.map((bytes, i) => bytes.buffer === frames[i]?.body.buffer)).toEqual([true, true, false])
  expect(seconds.map(received)).toEqual([
    [1, 8, 'a'],
    [2, 8, 'b'],
    [3, 8, 'c'],
  ])
  // Not its own any more: acknowledging again frees nothing.
  one.acked(2)
  expect(frames.map(({ lent }) => lent)).toEqual([true, true, true])
})
