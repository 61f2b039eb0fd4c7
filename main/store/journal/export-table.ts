import type { ExportTable } from '../transfer/export-all.ts'
import type { JournalLine, JournalSlice } from './companion.ts'

const AT_ONCE = 500

/** The journal as an export takes it, oldest line first. What was put into a call may be personal. */
export const journalTable = (after: (slice: JournalSlice) => Promise<JournalLine[]>): ExportTable => ({
  name: 'journal',
  columns: ['id', 'at', 'user', 'role', 'procedure', 'input', 'result'].map((name) => ({
    name,
    sealed: name === 'input',
  })),
  slices: async function* () {
    let last = 0
    while (true) {
      const lines = await after({ id: last, limit: AT_ONCE })
      if (lines.length === 0) return
      last = (lines[lines.length - 1] as JournalLine).id
      yield lines
    }
  },
})
