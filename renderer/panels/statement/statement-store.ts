import { create } from 'zustand'
import type { StatementReport } from '../../../shared/api/statements.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { errorText } from '../../data/error-text.ts'
import { packFile } from './pack-file.ts'

/** What the panel shows; kept while its tab is not. */
export type StatementState =
  | { readonly phase: 'none' }
  | { readonly phase: 'reading'; readonly file: string }
  | { readonly phase: 'done'; readonly report: StatementReport }
  | { readonly phase: 'failed'; readonly file: string; readonly why: string }

const useStore = create<{ state: StatementState }>(() => ({ state: { phase: 'none' } }))

export const useStatement = (): StatementState => useStore(({ state }) => state)

let asked = 0

/** Gives a file to the desk and shows what it says; an answer to an older file comes too late and is not shown. */
export const readStatementFile = async (api: DeskApi, file: File): Promise<void> => {
  const own = ++asked
  const show = (state: StatementState): void => {
    if (own === asked) useStore.setState({ state })
  }
  show({ phase: 'reading', file: file.name })
  try {
    const gzip = await packFile(file)
    const report = await api.statements.reconcile({ name: file.name.slice(-200), gzip })
    show({ phase: 'done', report })
  } catch (error) {
    show({ phase: 'failed', file: file.name, why: errorText(error) })
  }
}

export const forgetStatement = (): void => {
  asked++
  useStore.setState({ state: { phase: 'none' } })
}
