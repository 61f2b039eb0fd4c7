import { type ColumnInput, layoutColumns } from '../../shared/wire/columns.ts'
import { jsonFrame } from '../../shared/wire/frames.ts'
import { type FrameHeader, type FrameType, HEADER_BYTES, sealFrame } from '../../shared/wire/header.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'

type SharedHeader = Omit<FrameHeader, 'n' | 'scope'>

/** A frame encoded once for all desks; only its number and scope differ. */
export type SharedFrame = {
  readonly header: SharedHeader
  readonly body: Uint8Array<ArrayBuffer>
  /** The body itself is on its way to a desk, see `createLending`. */
  lent?: boolean
}

export const sharedFrame = <S extends TableSchema>(
  header: Omit<SharedHeader, 'rows'>,
  schema: S,
  data: ColumnInput<S>,
): SharedFrame => {
  const layout = layoutColumns(schema, data)
  const body = new Uint8Array(HEADER_BYTES + layout.bytes)
  layout.put(body, HEADER_BYTES)
  return { header: { ...header, rows: data.rows }, body }
}

/** A sealed copy. */
export const sealFor = (shared: SharedFrame, n: number, scope: number): Uint8Array<ArrayBuffer> =>
  sealFrame(shared.body.slice(), { ...shared.header, n, scope })

/** The same for a frame that no other desk will get: sealed where it is. */
export const sealOnly = ({ header, body }: SharedFrame, n: number, scope: number): Uint8Array<ArrayBuffer> =>
  sealFrame(body, { ...header, n, scope })

export const jsonShared = (type: FrameType, content: unknown): SharedFrame => {
  const header = { type, stream: 0, first: 0, flags: 0 }
  return { header: { ...header, rows: 0 }, body: jsonFrame({ ...header, n: 0, scope: 0 }, content) }
}

/** Seals frames of which others get their copies, in place where nobody else has the body under way. */
export type Lending = {
  readonly seal: typeof sealFor
  /** The desk has all frames up to this number: what it was lent of them is free. */
  readonly acked: (n: number) => void
}

/**
 * The frames of a large snapshot are tens of megabytes, and mostly one desk asks for them: copies would only be garbage.
 * What a desk never acknowledges stays lent, since it may still stand in a queue of its socket; then others get copies.
 */
export const createLending = (): Lending => {
  const lent: { readonly n: number; readonly frame: SharedFrame }[] = []
  return {
    seal: (frame, n, scope) => {
      if (frame.lent === true) return sealFor(frame, n, scope)
      frame.lent = true
      lent.push({ n, frame })
      return sealOnly(frame, n, scope)
    },
    acked: (n) => {
      const free = lent.findIndex((loan) => loan.n > n)
      for (const { frame } of lent.splice(0, free < 0 ? lent.length : free)) frame.lent = false
    },
  }
}
