import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportManifest } from '../../../shared/api/data.ts'
import type { Clock } from '../../../shared/runtime/ports.ts'
import { type CollectionName, collectionNames, FORMAT } from '../documents/collections.ts'
import { flush, renameDurably, stampOf } from '../maintenance/files.ts'
import type { Documents } from '../repository/documents.ts'
import { columnsOf } from './columns.ts'
import { csvLine } from './csv.ts'
import { hashingFile } from './hashing-file.ts'

/** Rows that leave with the documents and do not come back by an import. */
export type ExportTable = {
  readonly name: string
  /** `sealed`: personal. */
  readonly columns: readonly { readonly name: string; readonly sealed: boolean }[]
  readonly slices: () => AsyncIterable<readonly object[]>
}

export type ExportOptions = {
  readonly documents: Documents
  readonly tables: readonly ExportTable[]
  /** Where the folder is made. */
  readonly into: string
  /** Take personal fields along, in the clear. */
  readonly personal: boolean
  readonly clock: Clock
}

const AT_ONCE = 500

type Files = ExportManifest['files']

const tableOf = (documents: Documents, name: CollectionName): ExportTable => ({
  name,
  columns: columnsOf(name),
  slices: () => documents[name].slices(AT_ONCE),
})

const exportTable = async (
  { name, columns, slices }: ExportTable,
  folder: string,
  personal: boolean,
): Promise<Files> => {
  const names = columns.filter(({ sealed }) => personal || !sealed).map((column) => column.name)
  const jsonl = await hashingFile(join(folder, `${name}.jsonl`))
  const csv = await hashingFile(join(folder, `${name}.csv`))
  let rows = 0
  try {
    await csv.write(csvLine(names))
    for await (const slice of slices()) {
      const values = slice.map((row) => {
        const fields = row as Record<string, unknown>
        return names.map((field) => [field, fields[field]] as const)
      })
      await jsonl.write(values.map((each) => `${JSON.stringify(Object.fromEntries(each))}\n`).join(''))
      await csv.write(values.map((each) => csvLine(each.map(([, value]) => value))).join(''))
      rows += slice.length
    }
  } catch (error) {
    await Promise.all([jsonl.abandon(), csv.abandon()])
    throw error
  }
  return [
    { path: `${name}.jsonl`, collection: name, kind: 'jsonl', rows, ...(await jsonl.end()) },
    { path: `${name}.csv`, collection: name, kind: 'csv', rows, ...(await csv.end()) },
  ]
}

/**
 * Writes every document as JSON Lines and as CSV into a new folder, with a manifest of counts and hashes. The folder has
 * its name only when it is whole. A document that is written meanwhile is in it before or after, whole either way.
 */
export const exportAll = async (
  options: ExportOptions,
): Promise<{ folder: string; name: string; manifest: ExportManifest }> => {
  const { documents, tables, into, personal, clock } = options
  const createdAt = clock.now()
  const name = `export-${stampOf(createdAt)}${personal ? '' : '-without-personal'}`
  const folder = join(into, name)
  const making = join(into, `.making-${name}`)
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true, mode: 0o700 })
  try {
    const files: Files = []
    for (const table of [...collectionNames.map((each) => tableOf(documents, each)), ...tables])
      files.push(...(await exportTable(table, making, personal)))
    const manifest: ExportManifest = {
      format: 'deskline-export',
      version: 1,
      createdAt,
      personal,
      storeFormat: FORMAT,
      files,
    }
    const path = join(making, 'manifest.json')
    await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
    await flush(path)
    await flush(making)
    await renameDurably(making, folder)
    return { folder, name, manifest }
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    throw error
  }
}
