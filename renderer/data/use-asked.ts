import { useEffect, useEffectEvent, useState } from 'react'
import { errorText } from './error-text.ts'

type Answer<T> = { readonly key: string; readonly value: T | null; readonly error: string | null }

/** The last answer, whichever question it was to; `busy` while the present question has none. */
export type Asked<T> = Answer<T> & { readonly busy: boolean }

/** Asks the desk once for every new `key` (null: asks nothing). Answers that come too late are dropped. */
export const useAsked = <T>(key: string | null, ask: () => Promise<T>): Asked<T> => {
  const [answer, setAnswer] = useState<Answer<T>>({ key: '', value: null, error: null })
  const askNow = useEffectEvent(ask)

  useEffect(() => {
    if (key === null) return
    let left = false
    const run = async (): Promise<void> => {
      let next: Answer<T>
      try {
        next = { key, value: await askNow(), error: null }
      } catch (error) {
        next = { key, value: null, error: errorText(error) }
      }
      if (!left) setAnswer(next)
    }
    void run()
    return () => {
      left = true
    }
  }, [key])

  return { ...answer, busy: key !== null && answer.key !== key }
}
