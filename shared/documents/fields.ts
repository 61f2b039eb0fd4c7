import { z } from 'zod'

/**
 * What the documents of the desk are made of. Everything that a list is ordered by or looked up by has a greatest
 * length or a range, because the store indexes it. There are no optional fields: '' is no text, 0 is never.
 */

/** The last moment a JavaScript date knows: when something that has no end ends. */
export const NEVER = 8_640_000_000_000_000

/** UTC ms; 0 = never happened. */
export const moment = z.int().min(0).max(NEVER).multipleOf(1)

/** Identifier of a document. */
export const documentId = z.string().min(1).max(120)
/** Identifier of a document, or '' for none. */
export const documentRef = z.string().max(120)

/** MT4 account; 0 = none. */
export const loginNumber = z.int().min(0).max(2_147_483_647).multipleOf(1)

/** Who works at the desk. */
export const userName = z.string().max(60)

/** A short word that people choose: a source, a stage, a tag. */
export const word = z.string().max(60)
/** A line of text. */
export const line = z.string().max(200)
/** Some paragraphs. */
export const paragraphs = z.string().max(20_000)

/** Days without a clock: `1980-02-29`, or '' where it is not known. */
export const day = z.union([z.literal(''), z.iso.date()])

/** No duplicates; order has no meaning. */
export const tags = z.array(word.min(1)).max(100)

/** Who changed a field last, and when. */
export const editSchema = z.strictObject({ by: userName, at: moment })
export type Edit = z.infer<typeof editSchema>

/** A version of a field: its value, who wrote it and when. */
export const fieldVersionSchema = z.strictObject({ value: z.unknown(), by: userName, at: moment })

/**
 * Two people changed the same field without knowing of each other. `kept` stands in the document, `other` waits
 * here until somebody chooses; `base` is what both had started from.
 */
export const fieldConflictSchema = z.strictObject({
  id: documentId,
  field: z.string().max(60),
  base: z.unknown(),
  kept: fieldVersionSchema,
  other: fieldVersionSchema,
})
export type FieldConflict = z.infer<typeof fieldConflictSchema>

/** What every document says of its own making. */
export const madeFields = {
  createdAt: moment,
  createdBy: userName,
  updatedAt: moment,
  updatedBy: userName,
}

/** What documents carry that several people edit at once. `conflictAt`: when the oldest open conflict arose, or 0. */
export const mergedFields = {
  ...madeFields,
  edits: z.record(z.string().max(60), editSchema),
  conflicts: z.array(fieldConflictSchema).max(200),
  conflictAt: moment,
}
