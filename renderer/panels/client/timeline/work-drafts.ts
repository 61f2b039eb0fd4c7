import { create } from 'zustand'
import type { CallOutcome } from '../../../../shared/api/models.ts'

/** What was written about a client and not saved yet; kept while other clients are looked at. */
export type WorkDraft = {
  readonly open: 'note' | 'call' | null
  readonly note: string
  readonly pinned: boolean
  readonly call: string
  readonly outcome: CallOutcome | null
  readonly direction: 'in' | 'out'
  /** As chosen among the client's numbers; '' = the first. */
  readonly number: string
  /** UTC ms when the form was opened: calls are logged when they end. */
  readonly startedAt: number
  readonly minutes: string
  /** Client's local time as the input writes it; '' = none. */
  readonly callBackLocal: string
}

const blank: WorkDraft = {
  open: null,
  note: '',
  pinned: false,
  call: '',
  outcome: null,
  direction: 'out',
  number: '',
  startedAt: 0,
  minutes: '',
  callBackLocal: '',
}

const useDrafts = create<Readonly<Record<number, WorkDraft>>>(() => ({}))

export const useWorkDraft = (login: number): WorkDraft => useDrafts((drafts) => drafts[login] ?? blank)

export const changeWork = (login: number, part: Partial<WorkDraft>): void =>
  useDrafts.setState((drafts) => ({ [login]: { ...(drafts[login] ?? blank), ...part } }))

/** After saving: the form closes and is blank again; what stands in the other one stays. */
export const dropNote = (login: number): void => changeWork(login, { open: null, note: '', pinned: false })

export const dropCall = (login: number): void => {
  const { call, outcome, direction, number, startedAt, minutes, callBackLocal } = blank
  changeWork(login, { open: null, call, outcome, direction, number, startedAt, minutes, callBackLocal })
}
