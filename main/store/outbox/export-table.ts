import type { ExportTable } from '../transfer/export-all.ts'
import { historyColumns, type OutboxHistory } from './table.ts'

const AT_ONCE = 500

/** The outbox as an export takes it: every command that ever was, by key, without its contents. */
export const outboxTable = (
  history: (slice: { after: string; limit: number }) => Promise<OutboxHistory[]>,
): ExportTable => ({
  name: 'outbox',
  columns: historyColumns.map((name) => ({ name, sealed: false })),
  slices: async function* () {
    let after = ''
    while (true) {
      const rows = await history({ after, limit: AT_ONCE })
      if (rows.length === 0) return
      after = (rows[rows.length - 1] as OutboxHistory).key
      yield rows
    }
  },
})
