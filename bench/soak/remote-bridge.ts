import { type ChildProcess, fork } from 'node:child_process'
import type { StateHash } from '../../shared/wire/state-hash.ts'
import type { SoakWorld, ToBridge } from './bridge.ts'

export type RemoteBridge = {
  readonly port: number
  readonly tell: (order: ToBridge) => void
  readonly hashes: () => Promise<Record<string, StateHash>>
  /** SIGKILL: no farewell, nothing is put away. */
  readonly kill: () => Promise<void>
}

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

export const startBridge = (world: SoakWorld): Promise<RemoteBridge> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('bridge.ts', import.meta.url), [JSON.stringify(world)], { execArgv: [] })
    children.add(child)
    const ended = new Promise<void>((done) => child.once('exit', () => done()))
    child.once('exit', (code) => reject(new Error(`the bridge ended with code ${code}`)))
    const heard = <T>(name: string): Promise<T> =>
      new Promise((answered) => {
        const hear = (message: unknown): void => {
          const { [name]: value } = message as Record<string, T>
          if (value === undefined) return
          child.off('message', hear)
          answered(value)
        }
        child.on('message', hear)
      })
    void heard<number>('port').then((port) =>
      resolve({
        port,
        tell: (order) => void child.send(order),
        hashes: () => {
          const answer = heard<Record<string, StateHash>>('hashes')
          child.send({ do: 'hashes' } satisfies ToBridge)
          return answer
        },
        kill: async () => {
          child.kill('SIGKILL')
          await ended
          children.delete(child)
        },
      }),
    )
  })
