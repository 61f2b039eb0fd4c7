import { accountText } from '../world/account-texts.ts'
import type { World } from '../world/world.ts'

/** Which accounts and symbols a filter's text is found on. */
export type Matching = {
  readonly text: string
  /** By account slot. */
  readonly account: (slot: number) => boolean
  /** By symbol slot. */
  readonly symbol: (slot: number) => boolean
}

export type Matcher = (text: string | undefined) => Matching | null

/** Finds texts on accounts and symbols; flags of the last few texts are kept until an account's texts change. */
export const createMatcher = (world: World): Matcher => {
  const kept = new Map<string, { version: string; flags: Uint8Array }>()
  const flagsFor = (text: string): Uint8Array => {
    const version = `${world.textChanges}|${world.users.membership()}`
    const known = kept.get(text)
    if (known?.version === version) return known.flags
    const flags = new Uint8Array(world.users.high())
    for (let a = 0; a < flags.length; a++)
      if (world.users.alive()[a] === 1 && accountText(world, a).filter.includes(text)) flags[a] = 1
    if (kept.size >= 8) kept.clear()
    kept.set(text, { version, flags })
    return flags
  }
  return (given) => {
    const text = given?.trim().toLowerCase() ?? ''
    if (text === '') return null
    const flags = flagsFor(text)
    const symbols = world.symbols.columns.symbol
    return {
      text,
      account: (slot) => flags[slot] === 1,
      symbol: (slot) => slot >= 0 && (symbols[slot] as string).toLowerCase().includes(text),
    }
  }
}
