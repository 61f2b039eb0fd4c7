import { useAlerts } from '../data/alerts-store.ts'
import { useLink } from '../data/link-store.ts'
import { leaveRole, useSession } from '../data/session-store.ts'
import { toggleMuted, toggleTheme, useSettings } from '../data/settings-store.ts'
import { useSecond } from '../data/use-second.ts'
import { formatOffset, formatServerTime, formatTime } from '../ui/format.ts'
import { BellIcon, MoonIcon, MuteIcon, SearchIcon, SoundIcon, SunIcon } from '../ui/icons.tsx'
import { openPanel } from '../workspace/workspace-store.ts'
import { LinkChip } from './link-chip.tsx'
import { OutboxCounter } from './outbox-counter.tsx'
import { roleNames } from './role-names.ts'

const Clocks = () => {
  const now = useSecond()
  const { status, deskOffset } = useLink()
  const desk = now + deskOffset
  const offset = status?.link.serverTimeOffset
  return (
    <div className="top-bar-clocks">
      {offset !== undefined && status && status.link.lastHeard > 0 && (
        <span title={`Clock of the trade server, ${formatOffset(offset)}`}>
          {formatServerTime(desk + status.link.clockOffset + offset * 1000)}{' '}
          <span className="muted">server</span>
        </span>
      )}
      <span title="Clock of this desk, local time">
        {formatTime(desk)} <span className="muted">desk</span>
      </span>
    </div>
  )
}

const AlertCounter = () => {
  const unseen = useAlerts((book) => book.open.filter((alert) => alert.state === 'new').length)
  const open = useAlerts((book) => book.open.length)
  const critical = useAlerts((book) => book.open.some((a) => a.state === 'new' && a.severity === 'critical'))
  return (
    <button
      type="button"
      className="button alert-counter"
      data-critical={critical}
      onClick={() => openPanel('alerts')}
      title="Alerts unseen, of those open"
    >
      <BellIcon />
      <span>
        <span className="visually-hidden">Alerts unseen: </span>
        {unseen} <span className="alert-counter-rest">of {open}</span>
      </span>
    </button>
  )
}

export const TopBar = ({ onPalette }: { readonly onPalette: () => void }) => {
  const session = useSession()
  const { theme, muted } = useSettings()
  return (
    <header className="top-bar">
      <span className="top-bar-product">Deskline</span>
      {session?.demo && <span className="top-bar-demo">Demo</span>}
      <LinkChip />
      <div className="top-bar-space" />
      <button type="button" className="top-bar-search" onClick={onPalette}>
        <SearchIcon />
        <span>Client, symbol or command</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="top-bar-space" />
      <Clocks />
      <OutboxCounter />
      <AlertCounter />
      <button
        type="button"
        className="button button-icon"
        aria-pressed={muted}
        aria-label="Mute alerts"
        title={muted ? 'Alert sounds are off' : 'Alert sounds are on'}
        onClick={toggleMuted}
      >
        {muted ? <MuteIcon /> : <SoundIcon />}
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        title={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        onClick={toggleTheme}
      >
        {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
      </button>
      {session?.role && (
        <button type="button" className="button" onClick={leaveRole} title="Change role">
          {roleNames[session.role]}
        </button>
      )}
    </header>
  )
}
