import { type ColumnInput, layoutColumns } from '../../shared/wire/columns.ts'
import { jsonFrame } from '../../shared/wire/frames.ts'
import { type FrameHeader, type FrameType, HEADER_BYTES, sealFrame } from '../../shared/wire/header.ts'
import type { TableSchema } from '../../shared/wire/schema.ts'

type SharedHeader = Omit<FrameHeader, 'n' | 'scope'>

/** A frame encoded once for all desks; only its number and scope differ, so each gets a sealed copy. */
export type SharedFrame = { readonly header: SharedHeader; readonly body: Uint8Array<ArrayBuffer> }

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

export const sealFor = (shared: SharedFrame, n: number, scope: number): Uint8Array<ArrayBuffer> =>
  sealFrame(shared.body.slice(), { ...shared.header, n, scope })

/** The same for a frame that no other desk will get: sealed where it is. */
export const sealOnly = ({ header, body }: SharedFrame, n: number, scope: number): Uint8Array<ArrayBuffer> =>
  sealFrame(body, { ...header, n, scope })

export const jsonShared = (type: FrameType, content: unknown): SharedFrame => {
  const header = { type, stream: 0, first: 0, flags: 0 }
  return { header: { ...header, rows: 0 }, body: jsonFrame({ ...header, n: 0, scope: 0 }, content) }
}
