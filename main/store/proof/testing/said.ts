import { readFileSync } from 'node:fs'
import type { Act } from './slots.ts'

/** What a child wrote down of its doing, up to the moment it was killed. */
export type Said = {
  readonly issued: readonly Act[]
  readonly done: ReadonlySet<number>
  readonly journal: readonly number[]
  /** Commands whose end was told, by key. */
  readonly settled: ReadonlyMap<string, string>
  readonly failed: readonly string[]
}

/** The last line may be cut off: then it was never said. */
export const readSaid = (path: string): Said => {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  const of = (word: string): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))
  return {
    issued: of('issued').map((line) => JSON.parse(line) as Act),
    done: new Set(of('done').map(Number)),
    journal: of('journal').map(Number),
    settled: new Map(of('settled').map((line) => line.split(' ') as [string, string])),
    failed: of('failed'),
  }
}
