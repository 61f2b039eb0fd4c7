import { useState } from 'react'
import { viewTables } from '../../../shared/api/views.ts'
import { systemClock } from '../../../shared/runtime/ports.ts'
import { rowAt } from '../../../shared/wire/schema.ts'
import { type Desk, useDesk } from '../../data/desk-context.ts'
import { useAsked } from '../../data/use-asked.ts'
import { createViewStore } from '../../data/view-store.ts'
import { type AskAccounts, distinctValues } from './distinct-values.ts'
import type { ScopePart } from './scope.ts'

export type ScopeChoices = Readonly<Record<ScopePart, readonly string[]>>

const PAGE = 1000
const none: ScopeChoices = { group: [], country: [], currency: [] }

/** One look at the accounts through a view that is closed again. */
const askOnce =
  ({ client, router }: Desk): AskAccounts =>
  (part, filter, from) =>
    new Promise((resolve, reject) => {
      const store = createViewStore<'accounts'>(
        { client, router, clock: systemClock, afterPaint: (fn) => fn() },
        {
          kind: 'accounts',
          filter,
          sort: { column: part, descending: false },
          from,
          count: PAGE,
          pace: 30,
          columns: [part],
          hold: false,
        },
      )
      store.subscribe(() => {
        const { meta, data, error } = store.get()
        if (error === null && (!meta || !data)) return
        store.close()
        if (!meta || !data) {
          reject(new Error(error ?? ''))
          return
        }
        const values = Array.from({ length: data.rows }, (_, i) => rowAt(viewTables.accounts, data, i)[part])
        resolve({ values, matched: meta.matched })
      })
    })

/** Groups, countries and deposit currencies the accounts have, looked up when the panel opens and on `refresh`. */
export const useScopeChoices = (): { readonly choices: ScopeChoices; readonly refresh: () => void } => {
  const desk = useDesk()
  const [turn, setTurn] = useState(0)
  const { value } = useAsked(`${turn}`, async () => {
    const ask = askOnce(desk)
    const [group, country, currency] = await Promise.all([
      distinctValues('group', ask),
      distinctValues('country', ask),
      distinctValues('currency', ask),
    ])
    return { group, country, currency }
  })
  return { choices: value ?? none, refresh: () => setTurn(turn + 1) }
}
