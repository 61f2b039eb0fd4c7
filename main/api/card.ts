import type { ClientCard } from '../../shared/api/models.ts'
import { clientCard } from '../crm/client-card.ts'
import type { Services } from './services.ts'

/** Alerts shown on a card. */
const RECENT_ALERTS = 20

/** The card of an account, or null when the book does not know it. */
export const clientCardFor = async (
  { book, store, link }: Pick<Services, 'book' | 'store' | 'link'>,
  login: number,
): Promise<ClientCard | null> => {
  const [facts, otherLogins, alerts] = await Promise.all([
    book.account(login),
    book.otherLogins(login),
    store.alerts.forLogin(login, RECENT_ALERTS),
  ])
  if (facts === null) return null
  return clientCard(facts, { alerts, otherLogins, serverTimeOffset: link.status().serverTimeOffset })
}
