import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')
export const inProject = (...parts: string[]): string => resolve(root, ...parts)

/**
 * Runs a program on our terminal and answers its exit code. It gets our signals too; Ctrl+C in a
 * terminal reaches it by itself.
 */
export const runInherited = (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> =>
  new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env })
    const pass = (signal: NodeJS.Signals): void => {
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM'] as const
    for (const signal of signals) process.on(signal, pass)
    child.once('error', fail)
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      done(code ?? (signal === null ? 1 : 128))
    })
  })
