import { spawn } from 'node:child_process'
import { root } from '../project.ts'

export type Captured = { readonly code: number; readonly output: string }

/** Runs a program silently in the project and answers its exit code and all it wrote. */
export const capture = (
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Captured> =>
  new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, FORCE_COLOR: '0', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // The tools of node_modules/.bin are command files there.
      shell: process.platform === 'win32',
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', fail)
    child.once('close', (code) =>
      done({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8').trim() }),
    )
  })
