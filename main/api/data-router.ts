import { ORPCError } from '@orpc/server'
import type { StoreData } from '../store/maintenance/store-data.ts'
import type { Chain } from './chain.ts'

/** The desk's own data as a whole. */
export const dataRouter = (os: Chain, stored: StoreData | null) => {
  const data = (): StoreData => {
    if (stored !== null) return stored
    throw new ORPCError('NOT_FOUND', {
      defined: true,
      status: 404,
      message: 'This desk keeps its data in memory.',
      data: { what: 'file' },
    })
  }
  return {
    data: {
      status: os.data.status.handler(() => data().status()),
      backup: os.data.backup.handler(() => data().backup()),
      restore: os.data.restore.handler(async ({ input }) => {
        await data().planRestore(input.name)
        return { restartNeeded: true }
      }),
      compact: os.data.compact.handler(() => data().compact()),
      check: os.data.check.handler(async () => ({ faults: [...(await data().check())] })),
      export: os.data.export.handler(({ context }) => data().export(false, context.window.user)),
      exportPersonal: os.data.exportPersonal.handler(({ context }) =>
        data().export(true, context.window.user),
      ),
      import: os.data.import.handler(({ input }) => data().import(input.name, input.dryRun)),
    },
  }
}
