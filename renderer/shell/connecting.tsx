import { useDesk } from '../data/desk-context.ts'
import { useLinkFact } from '../data/link-store.ts'
import { useSecond } from '../data/use-second.ts'
import './welcome.css'

/** Before the desk has answered for the first time. */
export const Connecting = () => {
  const { client } = useDesk()
  const state = useLinkFact((link) => link.window)
  const now = useSecond()
  const wait = Math.max(0, Math.ceil((state.nextAttempt - now) / 1000))

  return (
    <main className="welcome">
      <div className="welcome-card" role="status">
        <h1>Deskline</h1>
        {state.phase === 'refused' ? (
          <p>The desk refused this window: {state.detail}</p>
        ) : state.phase === 'waiting' ? (
          <p>
            {state.detail} Next attempt in {wait} s.
          </p>
        ) : (
          <p>Connecting to the desk…</p>
        )}
        {state.phase !== 'connecting' && (
          <button type="button" className="button" onClick={client.retry}>
            Try now
          </button>
        )}
      </div>
    </main>
  )
}
