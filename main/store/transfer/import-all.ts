import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExportManifest, exportManifestSchema, type ImportReport } from '../../../shared/api/data.ts'
import { type CollectionName, collectionNames, collections, FORMAT } from '../documents/collections.ts'
import { ImportRefused } from '../errors.ts'
import { sha256Of } from '../maintenance/files.ts'
import { same } from '../merge/same.ts'
import type { Documents } from '../repository/documents.ts'
import type { Repository } from '../repository/types.ts'
import { readRows } from './read-rows.ts'
import { createUndoLog, type UndoFile, undoImport } from './undo-log.ts'

export type ImportOptions = {
  readonly folder: string
  readonly documents: Documents
  /** Where what is overwritten is kept until the import has ended. */
  readonly undoFile: UndoFile
  /** Only look. */
  readonly dryRun: boolean
}

const AT_ONCE = 200
const MAX_BAD_ROWS = 1_000

type File = ExportManifest['files'][number]
type Row = { id: string; outgoing?: unknown }

/** @throws ImportRefused */
const readManifest = async (folder: string): Promise<ExportManifest> => {
  let manifest: ExportManifest
  try {
    manifest = exportManifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  } catch (error) {
    throw new ImportRefused(`${folder} has no manifest of a Deskline export: ${(error as Error).message}`)
  }
  if (!manifest.personal)
    throw new ImportRefused('This export was made without personal fields; documents cannot be made of it.')
  if (manifest.storeFormat > FORMAT)
    throw new ImportRefused(
      `This export is of format ${manifest.storeFormat}; this version knows ${FORMAT}. Import it with the newer Deskline.`,
    )
  return manifest
}

/** JSON Lines where they are, else CSV. @throws ImportRefused where a file is not what the manifest says */
const fileOf = async (
  manifest: ExportManifest,
  folder: string,
  name: CollectionName,
): Promise<File | null> => {
  const listed = manifest.files.filter((file) => file.collection === name && file.kind !== 'attachment')
  for (const kind of ['jsonl', 'csv'] as const) {
    const file = listed.find((each) => each.kind === kind)
    // The name is ours: a manifest cannot lead out of its folder.
    if (!file || file.path !== `${name}.${kind}`) continue
    const path = join(folder, file.path)
    if (!(await stat(path).catch(() => null))) continue
    const sha256 = await sha256Of(path)
    if (sha256 !== file.sha256)
      throw new ImportRefused(`${file.path} is not the file that was exported: its hash is ${sha256}.`)
    return file
  }
  if (listed.length > 0)
    throw new ImportRefused(`${name} is in the manifest, and neither of its files is there.`)
  return null
}

const hasOutgoing = (name: CollectionName): boolean =>
  Object.hasOwn(collections[name].rxSchema.properties, 'outgoing')

/**
 * Takes an export in, whole or not at all: every row is judged by its schema before the first is written, bad ones are
 * named by file and line, and what a failed or killed import had written is undone. A document that is there already
 * is replaced by the imported one.
 * @throws ImportRefused, and what the store throws when a write fails; then nothing is left of the import
 */
export const importAll = async (options: ImportOptions): Promise<ImportReport> => {
  const { folder, documents, undoFile, dryRun } = options
  const manifest = await readManifest(folder)
  const report: ImportReport = { dryRun, collections: [], badRows: [], written: false }
  const files = new Map<CollectionName, File>()
  for (const name of collectionNames) {
    const file = await fileOf(manifest, folder, name)
    if (file) files.set(name, file)
  }

  const repositoryOf = (name: CollectionName) => documents[name] as unknown as Repository<Row>
  /** Good rows in groups, with what is stored under their ids. */
  const groups = async function* (
    name: CollectionName,
    file: File,
    bad: (line: number, why: string) => void,
  ): AsyncGenerator<readonly { row: Row; before: Row | null }[]> {
    const { schema } = collections[name]
    const seen = new Set<string>()
    let group: Row[] = []
    const stored = async (rows: Row[]) => {
      const found = await repositoryOf(name).getMany(rows.map(({ id }) => id))
      const byId = new Map(found.map((each) => [each.id, each]))
      return rows.map((row) => ({ row, before: byId.get(row.id) ?? null }))
    }
    for await (const read of readRows(join(folder, file.path), file.kind as 'jsonl' | 'csv', name)) {
      if ('why' in read) {
        bad(read.line, read.why)
        continue
      }
      const given = read.value as object
      const parsed = schema.safeParse(hasOutgoing(name) ? { ...given, outgoing: [] } : given)
      if (!parsed.success) {
        bad(
          read.line,
          parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
        )
        continue
      }
      const row = parsed.data as Row
      if (seen.has(row.id)) {
        bad(read.line, `The id ${row.id} is there twice.`)
        continue
      }
      seen.add(row.id)
      group.push(row)
      if (group.length < AT_ONCE) continue
      yield stored(group)
      group = []
    }
    if (group.length > 0) yield stored(group)
  }
  const isSame = (row: Row, before: Row): boolean => same({ ...row, outgoing: 0 }, { ...before, outgoing: 0 })

  for (const [name, file] of files) {
    const counted = { name, rows: 0, added: 0, replaced: 0, same: 0, bad: 0 }
    report.collections.push(counted)
    const bad = (line: number, why: string): void => {
      counted.rows += 1
      counted.bad += 1
      if (report.badRows.length < MAX_BAD_ROWS)
        report.badRows.push({ file: file.path, line, why: why.slice(0, 500) })
    }
    for await (const group of groups(name, file, bad))
      for (const { row, before } of group) {
        counted.rows += 1
        if (before === null) counted.added += 1
        else if (isSame(row, before)) counted.same += 1
        else counted.replaced += 1
      }
    if (counted.rows !== file.rows)
      throw new ImportRefused(`${file.path} has ${counted.rows} rows; the manifest says ${file.rows}.`)
  }
  if (dryRun || report.badRows.length > 0) return report

  const undo = createUndoLog(undoFile)
  try {
    for (const [name, file] of files)
      for await (const group of groups(name, file, () => {})) {
        const changed = group.filter(({ row, before }) => before === null || !isSame(row, before))
        if (changed.length === 0) continue
        await undo.note(
          changed.map(({ row, before }) => ({
            collection: name,
            id: row.id,
            // Commands it caused once are with the outbox.
            before: before && (hasOutgoing(name) ? { ...before, outgoing: [] } : { ...before }),
          })),
        )
        await Promise.all(changed.map(({ row }) => repositoryOf(name).put(row)))
      }
    await undo.forget()
  } catch (error) {
    await undoImport(undoFile, documents)
    throw error
  }
  return { ...report, written: true }
}
