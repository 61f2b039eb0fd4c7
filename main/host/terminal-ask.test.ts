import { PassThrough } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { describe, expect, it } from 'vitest'
import { terminalAsk } from './terminal-ask.ts'

const terminal = () => {
  const raw: boolean[] = []
  const written: string[] = []
  const input = Object.assign(new PassThrough(), {
    isTTY: true as const,
    setRawMode: (on: boolean) => {
      raw.push(on)
      return input as unknown as ReadStream
    },
  })
  const output = { isTTY: true as const, write: (text: string) => written.push(text) > 0 }
  const ask = terminalAsk(input as unknown as ReadStream, output)
  if (!ask) throw new Error('there is no terminal')
  return { input, ask, raw, written }
}

describe('asking at a terminal', () => {
  it('takes a line without showing it, and gives the terminal back as it was', async () => {
    const { input, ask, raw, written } = terminal()
    const answer = ask('Passphrase: ')
    input.write('hors')
    input.write('x\u007fe 😀y\b battery\rmore')
    expect(await answer).toBe('horse 😀 battery')
    expect(written).toEqual(['Passphrase: ', '\n'])
    expect(raw).toEqual([true, false])
    expect(input.listenerCount('data')).toBe(0)
  })

  it.each(['\r', 'abc\u0003', '\u0004'])('answers nothing when nothing is given: %j', async (keys) => {
    const { input, ask, raw } = terminal()
    const answer = ask('Passphrase: ')
    input.write(keys)
    expect(await answer).toBeNull()
    expect(raw).toEqual([true, false])
  })

  it('answers nothing when the terminal ends', async () => {
    const { input, ask } = terminal()
    const answer = ask('Passphrase: ')
    input.end('abc')
    expect(await answer).toBeNull()
  })

  it('is not to be had without a terminal', () => {
    const no = { isTTY: false } as unknown as ReadStream
    expect(terminalAsk(no, { isTTY: true, write: () => true })).toBeNull()
  })
})
