import { useState } from 'react'
import { viewTables } from '../../../shared/api/views.ts'
import { systemClock } from '../../../shared/runtime/ports.ts'
import { rowAt } from '../../../shared/wire/schema.ts'
import { type Desk, useDesk } from '../../data/desk-context.ts'
import { useAsked } from '../../data/use-asked.ts'
import { createViewStore } from '../../data/view-store.ts'
import type { ScopePart } from './scope.ts'

export type ScopeChoices = Readonly<Record<ScopePart, readonly string[]>>

/** So many choices of one kind are offered at most; nobody chooses from more by eye. */
const MOST = 1000
const none: ScopeChoices = { group: [], country: [], currency: [], manager: [] }

/** What the accounts have in common by `part`, in order: one look through a view that is closed again. */
const keysOf = ({ client, router }: Desk, part: ScopePart): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const store = createViewStore<'groups'>(
      { client, router, clock: systemClock, afterPaint: (fn) => fn() },
      {
        kind: 'groups',
        groupBy: part,
        filter: {},
        sort: { column: 'key', descending: false },
        from: 0,
        count: MOST,
        pace: 30,
        columns: ['key'],
        hold: false,
      },
    )
    store.subscribe(() => {
      const { data, error } = store.get()
      if (!data && error === null) return
      store.close()
      if (data) resolve(Array.from({ length: data.rows }, (_, i) => rowAt(viewTables.groups, data, i).key))
      else reject(new Error(error ?? ''))
    })
  })

/** Groups, countries, deposit currencies and managers there are, looked up when the panel opens and on `refresh`. */
export const useScopeChoices = (): { readonly choices: ScopeChoices; readonly refresh: () => void } => {
  const desk = useDesk()
  const [turn, setTurn] = useState(0)
  const { value } = useAsked(`${turn}`, async () => {
    const named = async (part: ScopePart): Promise<string[]> =>
      (await keysOf(desk, part)).filter((key) => key !== '')
    const [group, country, currency, manager] = await Promise.all([
      named('group'),
      named('country'),
      named('currency'),
      named('manager'),
    ])
    return { group, country, currency, manager }
  })
  return { choices: value ?? none, refresh: () => setTurn(turn + 1) }
}
