import { create } from 'zustand'
import { MOST_HITS, type Shock, type ShockScope, type WhatIf } from '../../../shared/api/what-if.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { errorText } from '../../data/error-text.ts'

/** What is asked: all three choices are kept, so that going back and forth loses nothing. */
export type WhatIfForm = {
  readonly scope: ShockScope['kind']
  readonly symbol: string
  readonly currency: string
  /** Per cent, signed. */
  readonly percent: number
}

type WhatIfState = {
  readonly form: WhatIfForm
  /** The question that was asked last, for asking it again. */
  readonly asked: Shock | null
  readonly answer: WhatIf | null
  readonly error: string | null
  readonly busy: boolean
}

const first: WhatIfState = {
  form: { scope: 'symbol', symbol: '', currency: '', percent: -2 },
  asked: null,
  answer: null,
  error: null,
  busy: false,
}

const useStore = create<WhatIfState>(() => first)

export const useWhatIf = (): WhatIfState => useStore()

/** Changes the question; the answer stays that of the last one. */
export const changeForm = (part: Partial<WhatIfForm>): void =>
  useStore.setState(({ form }) => ({ form: { ...form, ...part } }))

/** The shock a form asks for; null while its symbol or currency is missing or nothing moves. */
export const shockOf = ({ scope, symbol, currency, percent }: WhatIfForm): Shock | null => {
  if (percent === 0 || !Number.isFinite(percent)) return null
  if (scope === 'symbol') return symbol === '' ? null : { scope: { kind: scope, symbol }, percent }
  if (scope === 'currency')
    return currency.length === 3 ? { scope: { kind: scope, currency }, percent } : null
  return { scope: { kind: 'all' }, percent }
}

let asked = 0

/** Asks the desk; an answer to an older question comes too late and is not shown. */
export const askWhatIf = async (api: DeskApi, shock: Shock): Promise<void> => {
  const own = ++asked
  useStore.setState({ asked: shock, busy: true, error: null })
  try {
    const answer = await api.risk.whatIf({ ...shock, limit: MOST_HITS })
    if (own === asked) useStore.setState({ answer, busy: false })
  } catch (error) {
    if (own === asked) useStore.setState({ error: errorText(error), busy: false })
  }
}
