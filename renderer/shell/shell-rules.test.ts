import { describe, expect, it } from 'vitest'
import type { LinkStatus, Role } from '../../shared/api/models.ts'
import type { DeskApi } from '../data/desk-client.ts'
import { fakeStatus } from '../data/fake/fake-status.ts'
import type { LinkView } from '../data/link-store.ts'
import { commandsFor, matchCommands } from './commands.ts'
import { linkWords } from './link-words.ts'

const now = 1_000_000
const view = (phase: LinkStatus['phase'], progress = 1): LinkView => ({
  window: { phase: 'open', detail: '', connection: 1, nextAttempt: 0 },
  status: fakeStatus(phase, progress, now, now - 60_000),
  heardAt: now,
  deskOffset: 0,
  lagHistory: [],
})
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('the link in a word', () => {
  it('tells the worst part of the way first', () => {
    const live = view('live')
    expect(linkWords({ ...live, window: { ...live.window, phase: 'refused' } }, now).state).toMatch(/Refused/)
    expect(linkWords({ ...live, window: { ...live.window, phase: 'waiting' } }, now).tone).toBe('bad')
    expect(linkWords({ ...live, status: null }, now).state).toBe('Starting')
    expect(linkWords(live, now + 6000)).toMatchObject({ tone: 'bad', state: 'Desk silent' })
  })

  it('shows lag when live, progress while synchronising, last heard otherwise', () => {
    expect(plain(linkWords(view('live'), now).facts)).toMatch(/^lag \d+ ms$/)
    const busy = linkWords(view('synchronising', 0.42), now)
    expect(busy).toMatchObject({ tone: 'busy', progress: 0.42 })
    expect(plain(busy.facts)).toBe('42 %')
    expect(plain(linkWords(view('stale'), now).facts)).toBe('heard 8.0 s ago')
    expect(linkWords(view('offline'), now).tone).toBe('bad')
  })

  it('tells of which moment the book from disk is, where no bridge was heard', () => {
    const { status, ...rest } = view('offline')
    if (!status) throw new Error('no status')
    const asOf = now - 120_000
    const facts = (phase: LinkStatus['phase']): string => {
      const link = { ...status.link, phase, lastHeard: 0 }
      const book = { ...status.book, source: 'file' as const, asOf }
      return plain(linkWords({ ...rest, status: { ...status, link, book } }, now).facts)
    }
    expect(facts('offline')).toMatch(/^book as of \d\d:\d\d:\d\d, 2 min ago$/)
    expect(facts('connecting')).toBe(facts('offline'))
    expect(facts('stale')).toBe(facts('offline'))
  })
})

describe('commands', () => {
  const of = (role: Role): string[] => commandsFor({} as DeskApi, role).map(({ id }) => id)

  it('offer link control to those who have the right, and no role its own', () => {
    expect(of('dealer')).toContain('link:resync')
    expect(of('sales')).not.toContain('link:resync')
    expect(of('compliance')).not.toContain('link:reconnect')
    expect(of('sales')).not.toContain('role:sales')
    expect(of('sales')).toContain('role:admin')
  })

  it('are found by every word typed, in any order and case', () => {
    const commands = commandsFor({} as DeskApi, 'dealer')
    expect(matchCommands(commands, 'alerts open').map(({ id }) => id)).toContain('panel:alerts')
    expect(matchCommands(commands, 'RESET').map(({ id }) => id)).toEqual(['layout:reset'])
    expect(matchCommands(commands, 'no such thing')).toEqual([])
    expect(matchCommands(commands, '  ')).toHaveLength(commands.length)
  })
})
