import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Session } from '../../shared/api/contract.ts'
import { type Role, roles } from '../../shared/api/models.ts'
import { useDesk } from '../data/desk-context.ts'
import { errorText } from '../data/error-text.ts'
import { chooseRole } from '../data/session-store.ts'
import { roleNames } from './role-names.ts'
import './welcome.css'

const comesFor: Readonly<Record<Role, string>> = {
  dealer: 'Watch the book move, see who wins and loses, cut exposure, call.',
  sales: 'Phone the clients who matter now, note the outcome, agree the next step.',
  compliance: 'See what happened and who did what. Nothing can be changed from here.',
  admin: 'Rules, rights and the connection. Every right of the desk.',
}

/** Chooses the role of this window: 1–4, arrow keys and Enter, or a click. */
export const Welcome = ({ session }: { readonly session: Session }) => {
  const { client } = useDesk()
  const [busy, setBusy] = useState<Role | null>(null)
  const [error, setError] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    list.current?.querySelector('button')?.focus()
  }, [])

  const choose = async (role: Role): Promise<void> => {
    setBusy(role)
    setError(null)
    try {
      await chooseRole(client.api, role)
    } catch (failure) {
      setError(errorText(failure))
      setBusy(null)
    }
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    const byNumber = roles[Number(event.key) - 1]
    if (byNumber) return void choose(byNumber)
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    buttons[(at + step + buttons.length) % buttons.length]?.focus()
  }

  return (
    <main className="welcome">
      {/* Keys of the whole list, wherever in it the focus stands. */}
      <div className="welcome-card" onKeyDown={onKeyDown}>
        <h1>Deskline</h1>
        <p className="muted">{session.demo ? 'This desk runs on the demo broker. ' : ''}Who are you today?</p>
        <div ref={list} className="welcome-roles">
          {roles.map((role, i) => (
            <button
              key={role}
              type="button"
              className="welcome-role"
              disabled={busy !== null && busy !== role}
              aria-busy={busy === role}
              onClick={() => void choose(role)}
            >
              <kbd>{i + 1}</kbd>
              <span>
                <strong>{roleNames[role]}</strong>
                <span className="muted">{comesFor[role]}</span>
              </span>
            </button>
          ))}
        </div>
        {error && (
          <p role="alert" className="welcome-error">
            {error}
          </p>
        )}
        <p className="muted small">
          <kbd>1</kbd>–<kbd>4</kbd> or arrow keys and <kbd>Enter</kbd>. The role can be changed later. Version{' '}
          {session.version}.
        </p>
      </div>
    </main>
  )
}
