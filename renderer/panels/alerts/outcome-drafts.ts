import { create } from 'zustand'
import type { CallOutcome } from '../../../shared/api/models.ts'

/** What was entered about a call and not yet saved; kept while other alerts are looked at. */
export type OutcomeDraft = {
  readonly outcome: CallOutcome | null
  readonly note: string
  /** Client's local time as the input writes it; empty = none. */
  readonly callBackLocal: string
}

const blank: OutcomeDraft = { outcome: null, note: '', callBackLocal: '' }

type Drafts = Readonly<Record<string, OutcomeDraft>>

const useDraftStore = create<{ readonly drafts: Drafts }>(() => ({ drafts: {} }))

export const useDraft = (id: string): OutcomeDraft => useDraftStore(({ drafts }) => drafts[id] ?? blank)

export const changeDraft = (id: string, part: Partial<OutcomeDraft>): void =>
  useDraftStore.setState(({ drafts }) => ({
    drafts: { ...drafts, [id]: { ...(drafts[id] ?? blank), ...part } },
  }))

export const dropDraft = (id: string): void =>
  useDraftStore.setState(({ drafts }) => {
    const { [id]: _, ...rest } = drafts
    return { drafts: rest }
  })
