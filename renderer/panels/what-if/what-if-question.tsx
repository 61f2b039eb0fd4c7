import { useDesk } from '../../data/desk-context.ts'
import { useSelection } from '../../data/selection-store.ts'
import { useSession } from '../../data/session-store.ts'
import { useView } from '../../data/use-view.ts'
import { WhatIfForm } from './what-if-form.tsx'
import { askWhatIf, type WhatIfForm as Form, shockOf, useWhatIf } from './what-if-store.ts'

const list = { filter: {}, from: 0, count: 1000, pace: 0.2, hold: false } as const

/** Names to choose from, as the book has them. */
const useNames = (): { symbols: readonly string[]; currencies: readonly string[] } => {
  const quotes = useView({
    ...list,
    kind: 'quotes',
    sort: { column: 'symbol', descending: false },
    columns: ['symbol'],
  })
  const amounts = useView({
    ...list,
    kind: 'currencies',
    sort: { column: 'currency', descending: false },
    columns: ['currency'],
  })
  return { symbols: quotes.data?.columns.symbol ?? [], currencies: amounts.data?.columns.currency ?? [] }
}

/** The form with the names there are; it follows them, the answer beside it does not. */
export const WhatIfQuestion = () => {
  const { api } = useDesk().client
  const base = useSession()?.base ?? ''
  const selection = useSelection()
  const { form, busy } = useWhatIf()
  const { symbols, currencies } = useNames()
  const shown: Form = {
    ...form,
    symbol: form.symbol || (selection.symbol ?? symbols[0] ?? ''),
    currency: form.currency || (currencies.find((currency) => currency !== base) ?? ''),
  }
  const ask = (asked: Form): void => {
    const shock = shockOf(asked)
    if (shock) void askWhatIf(api, shock)
  }
  return <WhatIfForm form={shown} symbols={symbols} currencies={currencies} busy={busy} onAsk={ask} />
}
