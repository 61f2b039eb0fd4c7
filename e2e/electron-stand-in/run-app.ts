import { type ChildProcess, fork } from 'node:child_process'
import { inProject, root } from '../../build/project.ts'
import { type CommandName, type Commands, READY, type Reply } from './commands.ts'

export type App = {
  readonly ask: <K extends CommandName>(command: K, ask: Commands[K]['ask']) => Promise<Commands[K]['answer']>
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>
  readonly kill: () => void
}

const here = (file: string): string => inProject('e2e/electron-stand-in', file)

/** Starts the built app on the stand-in and waits until it is ready. Rejects with what it wrote if it ends before. */
export const runApp = (args: readonly string[]): Promise<App> => {
  const child: ChildProcess = fork(here('host.ts'), [...args], {
    cwd: root,
    execArgv: ['--import', here('register.ts')],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  const written: string[] = []
  child.stdout?.on('data', (chunk) => written.push(String(chunk)))
  child.stderr?.on('data', (chunk) => written.push(String(chunk)))
  const waiting = new Map<number, { done: (answer: unknown) => void; fail: (error: Error) => void }>()
  const ended = new Promise<number | null>((done) => {
    child.once('exit', (code) => {
      const error = new Error(`the app ended with ${code}: ${written.join('')}`)
      for (const { fail } of waiting.values()) fail(error)
      done(code)
    })
  })
  let lastId = 0
  const ask: App['ask'] = (command, given) =>
    new Promise((done, fail) => {
      lastId += 1
      waiting.set(lastId, { done: done as (answer: unknown) => void, fail })
      child.send({ id: lastId, command, ask: given })
    })

  return new Promise((resolve, reject) => {
    child.on('message', (message: Reply | typeof READY) => {
      if (message === READY) return resolve({ ask, ended, kill: () => void child.kill('SIGKILL') })
      const asked = waiting.get(message.id)
      waiting.delete(message.id)
      if ('error' in message) asked?.fail(new Error(message.error))
      else asked?.done(message.answer)
    })
    ended.then(
      (code) => reject(new Error(`the app ended with ${code} before it was ready: ${written.join('')}`)),
      reject,
    )
  })
}
