import { z } from 'zod'
import { procedure } from './procedure.ts'

/** The desk's own data as a whole: where it lies, how it is, copies of it, and ways out and in. */

const bytes = z.number().min(0)

export const backupSchema = z.object({
  /** Name of its folder among the backups. */
  name: z.string().max(120),
  at: z.number(),
  bytes,
  documents: z.int(),
  /** It was opened again and found whole. */
  verified: z.boolean(),
})
export type Backup = z.infer<typeof backupSchema>

export const storeStatusSchema = z.object({
  ok: z.boolean(),
  /** What is wrong, in plain words; where the file lies, when nothing is. */
  detail: z.string(),
  file: z.string(),
  bytes,
  freeBytes: bytes,
  /** Personal fields are sealed on the disk. */
  sealed: z.boolean(),
  collections: z.array(z.object({ name: z.string(), documents: z.int() })),
  backups: z.array(backupSchema),
  /** Name of a backup that the next start puts in place of the present file, or null. */
  restoresAtStart: z.string().nullable(),
})
export type StoreStatus = z.infer<typeof storeStatusSchema>

export const exportManifestSchema = z.strictObject({
  format: z.literal('deskline-export'),
  version: z.literal(1),
  createdAt: z.number(),
  /** Personal fields are in it, in the clear. */
  personal: z.boolean(),
  /** Format of the store it was read from. */
  storeFormat: z.int(),
  files: z.array(
    z.strictObject({
      path: z.string().max(300),
      collection: z.string().max(40),
      kind: z.enum(['jsonl', 'csv', 'attachment']),
      rows: z.int().min(0),
      bytes: z.int().min(0),
      /** Hex. */
      sha256: z.string().length(64),
    }),
  ),
})
export type ExportManifest = z.infer<typeof exportManifestSchema>

export const importReportSchema = z.object({
  dryRun: z.boolean(),
  collections: z.array(
    z.object({
      name: z.string(),
      rows: z.int(),
      added: z.int(),
      /** Were there already, and are different. */
      replaced: z.int(),
      same: z.int(),
      bad: z.int(),
    }),
  ),
  /** At most 1,000 of the rows that were refused. With any of them nothing was written. */
  badRows: z.array(z.object({ file: z.string(), line: z.int(), why: z.string() })),
  written: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportSchema>

const folderName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

export const data = {
  status: procedure.output(storeStatusSchema),
  /** Makes a copy while work goes on, opens it and looks whether it is whole; older ones go by the rule. */
  backup: procedure.output(backupSchema),
  /** Looks whether a backup is whole and plans it for the next start; the present file is then moved aside. */
  restore: procedure
    .input(z.strictObject({ name: folderName }))
    .output(z.object({ restartNeeded: z.boolean() })),
  /** Gives free space back to the file system. */
  compact: procedure.output(z.object({ bytesBefore: bytes, bytesAfter: bytes })),
  /** Reads the whole file; answers what is wrong with it, nothing for a sound one. */
  check: procedure.output(z.object({ faults: z.array(z.string()) })),
  /** Everything but personal fields, as JSON Lines and CSV in a folder of the desk's own. */
  export: procedure.output(z.object({ folder: z.string(), manifest: exportManifestSchema })),
  /** Everything. */
  exportPersonal: procedure.output(z.object({ folder: z.string(), manifest: exportManifestSchema })),
  /** Takes such a folder, by its name under `imports` or `exports` of the profile; whole or not at all. */
  import: procedure
    .input(z.strictObject({ name: folderName, dryRun: z.boolean() }))
    .output(importReportSchema),
}
