import type { ReadStream, WriteStream } from 'node:tty'

const ENTER = /[\r\n]/
const BACKSPACE = new Set(['\b', '\u007f'])
/** Ctrl+C and Ctrl+D: nothing is given. */
const GIVE_UP = new Set(['\u0003', '\u0004'])

type Input = Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause' | 'setEncoding'>

/** One line without showing it. Null when the person gave up or the terminal ended. */
const readHidden = (input: Input): Promise<string | null> =>
  new Promise((done) => {
    let typed: string[] = []
    const end = (answer: string | null): void => {
      input.off('data', take)
      input.off('end', giveUp)
      input.setRawMode(false)
      input.pause()
      done(answer)
    }
    const giveUp = (): void => end(null)
    const take = (chunk: string): void => {
      for (const key of chunk) {
        if (ENTER.test(key)) return end(typed.length === 0 ? null : typed.join(''))
        if (GIVE_UP.has(key)) return end(null)
        if (BACKSPACE.has(key)) typed = typed.slice(0, -1)
        else typed.push(key)
      }
    }
    input.setEncoding('utf8')
    input.setRawMode(true)
    input.on('data', take)
    input.on('end', giveUp)
    input.resume()
  })

/** Asks for a secret at the terminal, without showing what is typed. Null where there is no terminal. */
export const terminalAsk = (
  input: Input,
  output: Pick<WriteStream, 'isTTY' | 'write'>,
): ((prompt: string) => Promise<string | null>) | null =>
  input.isTTY && output.isTTY
    ? async (prompt) => {
        output.write(prompt)
        const answer = await readHidden(input)
        output.write('\n')
        return answer
      }
    : null
