/** How a field is read: which words of it count as a name, which digits as a phone, and so on. */
export type FieldKind = 'name' | 'login' | 'phone' | 'email' | 'tag' | 'text'

/** One searchable text of a document. `field` is the name the answer gives back. */
export type SearchField = { readonly field: string; readonly kind: FieldKind; readonly text: string }

/** Where a query was found in one field: places in `text`, as UTF-16 offsets, in order, not overlapping. */
export type FieldMatch = {
  readonly field: string
  /** The field, or the part of a long one around the first place. */
  readonly text: string
  readonly ranges: readonly (readonly [start: number, end: number])[]
}

/** A found document. `kind` is what the host's extraction called it. */
export type DocumentHit = {
  readonly kind: string
  readonly id: string
  /** Best field first. */
  readonly matches: readonly FieldMatch[]
  /** 0 is an exact login, phone or e-mail; the larger the weaker. Hits come in this order, newest first within it. */
  readonly rank: number
}

export type SearchProgress = { readonly indexed: number; readonly total: number }

export type SearchAnswer = {
  readonly hits: readonly DocumentHit[]
  /** False while the index is being built, and when a query was cut off at its time limit. */
  readonly complete: boolean
  readonly progress: SearchProgress
}
