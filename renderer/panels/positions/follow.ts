import type { ViewFilter } from '../../../shared/api/views.ts'
import type { Selection } from '../../data/selection-store.ts'

/** What the panel follows of the linked selection. */
export type Follow = 'off' | 'login' | 'symbol'

/** The followed part of the selection as the desk's filter; nothing selected means nothing filtered. */
export const followFilter = (follow: Follow, { login, symbol }: Selection): ViewFilter => {
  if (follow === 'login' && login !== undefined) return { login }
  if (follow === 'symbol' && symbol !== undefined) return { symbol }
  return {}
}

/** The same in words, for chip and foot line. */
export const followWords = (follow: Follow, selection: Selection): string => {
  const { login, symbol } = followFilter(follow, selection)
  if (login !== undefined) return `login ${login}`
  return symbol === undefined ? '' : `symbol ${symbol}`
}
