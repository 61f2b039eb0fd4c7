import { type FormEvent, useState } from 'react'
import { errorText } from '../../data/error-text.ts'

export type Saving = {
  readonly busy: boolean
  /** Why the last try failed. */
  readonly failure: string | null
  readonly submit: (event: FormEvent) => void
}

/** Saves a form once at a time; `save` is null while there is nothing that could be saved. What was written is the caller's. */
export const useSaving = (save: (() => Promise<void>) | null): Saving => {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      setFailure(errorText(error))
      setBusy(false)
    }
  }
  return {
    busy,
    failure,
    submit: (event) => {
      event.preventDefault()
      if (!busy && save !== null) void run(save)
    },
  }
}
