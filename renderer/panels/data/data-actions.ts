import { create } from 'zustand'
import type { ImportReport, StoreStatus } from '../../../shared/api/data.ts'
import type { DeskApi } from '../../data/desk-client.ts'
import { errorText } from '../../data/error-text.ts'
import { notify } from '../../data/notice-store.ts'
import { formatBytes, formatNumber } from '../../ui/format.ts'

/** What runs over the whole store; one at a time, however often the panel is opened. */
export type Work = 'backup' | 'restore' | 'compact' | 'check' | 'export' | 'import'

type DataState = {
  readonly status: StoreStatus | null
  /** How often the status was read: what else is shown is read with it. */
  readonly reads: number
  readonly error: string | null
  readonly running: Work | null
  readonly report: ImportReport | null
  /** What the last export of this window came to, and where it lies. */
  readonly exported: string | null
}

export const useData = create<DataState>(() => ({
  status: null,
  reads: 0,
  error: null,
  running: null,
  report: null,
  exported: null,
}))

export const loadStatus = async (api: DeskApi): Promise<void> => {
  try {
    const status = await api.data.status()
    useData.setState(({ reads }) => ({ status, reads: reads + 1, error: null }))
  } catch (error) {
    useData.setState({ error: errorText(error) })
  }
}

/** Runs one work; says what came of it, and looks at the store anew. */
const run = async (api: DeskApi, work: Work, failed: string, go: () => Promise<string>): Promise<void> => {
  if (useData.getState().running !== null) return
  useData.setState({ running: work })
  try {
    notify(await go(), 'done')
  } catch (error) {
    notify(`${failed} ${errorText(error)}`, 'error')
  } finally {
    useData.setState({ running: null })
  }
  await loadStatus(api)
}

export const backUp = (api: DeskApi): Promise<void> =>
  run(api, 'backup', 'No backup was made.', async () => {
    const { name, documents, bytes, verified } = await api.data.backup()
    const found = verified ? 'opened again and found whole' : 'not verified'
    return `Backup ${name}: ${formatNumber(documents)} documents, ${formatBytes(bytes)}, ${found}.`
  })

export const restore = (api: DeskApi, name: string): Promise<void> =>
  run(api, 'restore', 'Nothing was changed.', async () => {
    await api.data.restore({ name })
    return `Backup ${name} is whole. It takes its place at the next start; the present file is kept aside.`
  })

export const compact = (api: DeskApi): Promise<void> =>
  run(api, 'compact', 'The file is as it was.', async () => {
    const { bytesBefore, bytesAfter } = await api.data.compact()
    return `The file has ${formatBytes(bytesAfter)} now; it had ${formatBytes(bytesBefore)}.`
  })

export const check = (api: DeskApi): Promise<void> =>
  run(api, 'check', 'The file was not found sound.', async () => {
    const { faults } = await api.data.check()
    if (faults.length > 0)
      throw new Error(
        `It is damaged: ${faults.slice(0, 3).join('; ')}. Export what can be read, then restore a backup.`,
      )
    return 'The whole file was read and is sound.'
  })

export const exportAll = (api: DeskApi, personal: boolean): Promise<void> =>
  run(api, 'export', 'Nothing was exported.', async () => {
    const { folder, manifest } = await (personal ? api.data.exportPersonal() : api.data.export())
    const exported = `${formatNumber(manifest.files.length)} files ${personal ? 'with' : 'without'} personal data in ${folder}`
    useData.setState({ exported })
    return `${exported}.`
  })

/** A dry run fills the report; with `write` the same folder is taken in, whole or not at all. */
export const importFolder = (api: DeskApi, name: string, write: boolean): Promise<void> =>
  run(api, 'import', 'Nothing was imported.', async () => {
    const report = await api.data.import({ name, dryRun: !write })
    useData.setState({ report })
    if (report.written) return `The folder ${name} was taken in.`
    return report.badRows.length > 0
      ? `${formatNumber(report.badRows.length)} rows are refused; nothing was written.`
      : 'Looked through; nothing was written yet.'
  })
