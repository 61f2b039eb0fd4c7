import type { DeskStatus } from '../../shared/api/models.ts'
import type { LinkView } from '../data/link-store.ts'
import { DESK_SILENCE_MS } from '../data/view-status.ts'
import { formatAge, formatMoment, formatMs, formatPercent } from '../ui/format.ts'

export type LinkTone = 'good' | 'busy' | 'behind' | 'bad'
export type LinkWords = {
  readonly tone: LinkTone
  /** One or two words: the state. */
  readonly state: string
  /** Figures beside it; they change often and are not read out. */
  readonly facts: string
  /** 0…1 while something progresses with a measure. */
  readonly progress: number | null
}

const said = (tone: LinkTone, state: string, facts = '', progress: number | null = null): LinkWords => ({
  tone,
  state,
  facts,
  progress,
})

/** Since when figures are old. A desk that was never reached in this run may have the last book all the same. */
const heardWords = ({ link, book }: DeskStatus, deskNow: number): string => {
  if (book.source === 'file')
    return `book as of ${formatMoment(book.asOf, deskNow)}, ${formatAge(deskNow - book.asOf)} ago`
  return link.lastHeard > 0 ? `heard ${formatAge(deskNow - link.lastHeard)} ago` : 'never heard'
}

/** The way from the trade server to this window in a word: the worst of its parts is told. */
export const linkWords = ({ window, status, heardAt, deskOffset }: LinkView, now: number): LinkWords => {
  if (window.phase === 'refused') return said('bad', 'Refused by the desk')
  if (window.phase !== 'open') return said('bad', 'Desk not reached', window.detail)
  if (!status) return said('busy', 'Starting')
  if (now - heardAt > DESK_SILENCE_MS) return said('bad', 'Desk silent', `for ${formatAge(now - heardAt)}`)
  const { link } = status
  const heard = heardWords(status, now + deskOffset)
  switch (link.phase) {
    case 'live':
      return said('good', 'Live', `lag ${formatMs(link.lagMs)}`)
    case 'synchronising':
      return said('busy', 'Synchronising', formatPercent(link.progress, 0), link.progress)
    case 'connecting':
      return said('busy', 'Connecting', heard)
    case 'stale':
      return said('behind', 'Stale', heard)
    case 'offline':
      return said('bad', 'Offline', heard)
    default:
      return said('behind', 'Not connected')
  }
}
