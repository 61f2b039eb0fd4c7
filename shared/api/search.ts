import { z } from 'zod'
import { documentId, documentRef, loginNumber, moment } from '../documents/fields.ts'
import { interactionKinds } from '../documents/interaction.ts'

/** What a document is that was found. */
export const documentHitKinds = ['client', 'lead', ...interactionKinds] as const

const place = z.int().min(0)

/** A document that was found, and where in it. Best field first. */
export const documentHitSchema = z.object({
  kind: z.enum(documentHitKinds),
  id: documentId,
  /** The client or lead it is about: itself, or whom a note or ticket belongs to; '' where that is gone. */
  subject: documentRef,
  /** The account to show; 0 = none. */
  login: loginNumber,
  /** Name of the client or lead. */
  name: z.string(),
  /** When it was changed, or happened. */
  at: moment,
  matches: z.array(
    z.object({
      field: z.string(),
      /** The field's text, or the part of a long one around the first place. */
      text: z.string(),
      /** What was found in it: UTF-16 places in `text`, in order, not overlapping. */
      ranges: z.array(z.tuple([place, place])),
    }),
  ),
})
export type DocumentHit = z.infer<typeof documentHitSchema>

export const documentHitsSchema = z.object({
  /** Best first. */
  hits: z.array(documentHitSchema),
  /** False while the index is being built, and when the search was cut off at its time limit. */
  complete: z.boolean(),
  progress: z.object({ indexed: place, total: place }),
})
export type DocumentHits = z.infer<typeof documentHitsSchema>
