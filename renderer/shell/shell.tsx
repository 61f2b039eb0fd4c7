import { useEffect, useState } from 'react'
import type { Role } from '../../shared/api/models.ts'
import { Toasts } from '../panels/alerts/toasts.tsx'
import { useAlertFeed } from '../panels/alerts/use-alert-feed.ts'
import { useOutboxFeed } from '../panels/outbox/use-outbox-feed.ts'
import { Workspace } from '../workspace/workspace.tsx'
import { cyclePanels } from '../workspace/workspace-store.ts'
import { Palette } from './palette.tsx'
import { TopBar } from './top-bar.tsx'
import './shell.css'

/** A window at work: top bar, panels, command palette, toasts. */
export const Shell = ({ role }: { readonly role: Role }) => {
  const [palette, setPalette] = useState(false)
  useAlertFeed()
  useOutboxFeed()

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setPalette((open) => !open)
      } else if (event.key === 'F6') {
        event.preventDefault()
        cyclePanels(event.shiftKey)
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  return (
    <div className="shell">
      <TopBar onPalette={() => setPalette(true)} />
      <main className="shell-main">
        <h1 className="visually-hidden">Deskline workspace</h1>
        <Workspace role={role} />
      </main>
      <Toasts />
      <Palette opened={palette} onClose={() => setPalette(false)} />
    </div>
  )
}
