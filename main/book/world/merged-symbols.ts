import { mergeSymbols, type Synonyms } from './synonyms.ts'
import type { World } from './world.ts'

/** For each symbol slot the slot of the symbol it is shown as (`mergeSymbols`). */
export const mergedSymbols = (world: World, synonyms: Synonyms): number[] => {
  const c = world.symbols.columns
  const slots: number[] = []
  for (let s = 0; s < world.symbols.high(); s++) if (world.symbols.alive()[s] === 1) slots.push(s)
  const list = slots.map((s) => ({
    symbol: c.symbol[s] as string,
    index: c.index[s] as number,
    profitMode: c.profitMode[s] as number,
    currency: world.pool.text(c.currency[s] as number),
    contractSize: c.contractSize[s] as number,
  }))
  const merged: number[] = []
  for (const [i, place] of mergeSymbols(list, synonyms).entries())
    merged[slots[i] as number] = slots[place] as number
  return merged
}
