import { useEffect, useState } from 'react'
import type { AccountExplanation, PositionExplanation } from '../../../shared/api/explain.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { useDesk } from '../../data/desk-context.ts'
import { errorText } from '../../data/error-text.ts'

/** How often an open explanation follows the market, ms. */
const RENEW_MS = 1000

type Explanation = PositionExplanation | AccountExplanation
export type Explained = { readonly explanation: Explanation | null; readonly error: string | null }

const ask = (api: DeskApi, kind: Explanation['kind'], id: number): Promise<Explanation> =>
  kind === 'position' ? api.positions.explain({ order: id }) : api.accounts.explain({ login: id })

/** The explanation of a position (by order) or an account (by login), renewed while it is looked at. */
export const useExplanation = (kind: Explanation['kind'], id: number): Explained => {
  const { api } = useDesk().client
  const [explained, setExplained] = useState<Explained>({ explanation: null, error: null })

  useEffect(() => {
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const renew = async (): Promise<void> => {
      try {
        const explanation = await ask(api, kind, id)
        if (!left) setExplained({ explanation, error: null })
      } catch (error) {
        if (!left) setExplained((before) => ({ ...before, error: errorText(error) }))
      }
      if (!left) timer = setTimeout(() => void renew(), RENEW_MS)
    }
    void renew()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [api, kind, id])

  return explained
}
