import { useState } from 'react'
import type { ClientCard } from '../../shared/api/models.ts'
import { useDesk } from './desk-context.ts'
import { useLinkFact } from './link-store.ts'
import { useAsked } from './use-asked.ts'

export type CardState = {
  readonly card: ClientCard | null
  readonly error: string | null
  readonly retry: () => void
}

/** The card of a client; asked for again after a reconnect and whenever `revision` changes. */
export const useCard = (login: number | undefined, revision = ''): CardState => {
  const { client } = useDesk()
  const connection = useLinkFact((link) => link.window.connection)
  const [attempt, setAttempt] = useState(0)
  const key = login === undefined ? null : `${login}/${connection}/${attempt}/${revision}`
  const { value, error, busy } = useAsked(key, () => client.api.clients.card({ login: login ?? 0 }))
  // A card of another client must never stand under this one's name while its own is on the way.
  const card = value?.login === login ? value : null
  return { card, error: card || busy ? null : error, retry: () => setAttempt((n) => n + 1) }
}
