import { useEffect, useState } from 'react'
import type { Explanation } from '../../../shared/api/models.ts'
import { useDesk } from '../../data/desk-context.ts'
import { errorText } from '../../data/error-text.ts'

/** How often an open explanation follows the market, ms. */
const RENEW_MS = 1000

export type Explained = { readonly explanation: Explanation | null; readonly error: string | null }

/** The explanation of a position's figure, renewed while it is looked at. */
export const useExplanation = (order: number): Explained => {
  const { api } = useDesk().client
  const [explained, setExplained] = useState<Explained>({ explanation: null, error: null })

  useEffect(() => {
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async (): Promise<void> => {
      try {
        const explanation = await api.positions.explain({ order })
        if (!left) setExplained({ explanation, error: null })
      } catch (error) {
        if (!left) setExplained((before) => ({ ...before, error: errorText(error) }))
      }
      if (!left) timer = setTimeout(() => void ask(), RENEW_MS)
    }
    void ask()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [api, order])

  return explained
}
