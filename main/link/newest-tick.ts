import { quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import { align8, type FrameHeader, FrameType, HEADER_BYTES } from '../../shared/wire/header.ts'

const sizes: Record<string, number> = { u8: 1, u16: 2, i32: 4, f64: 8 }

/**
 * Time of the newest tick in a TICKS or QUOTES frame, server-local ms; 0 when there is none. Looks at the time
 * column alone: whether the rest makes sense is for the sink to say.
 */
export const newestTick = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): number => {
  const table =
    header.type === FrameType.TICKS ? ticksTable : header.type === FrameType.QUOTES ? quotesTable : undefined
  if (!table) return 0
  let at = HEADER_BYTES
  for (const [name, type] of Object.entries(table.columns)) {
    if (name === 'time') break
    at += align8(header.rows * (sizes[type] as number))
  }
  if (at + header.rows * 8 > frame.byteLength) return 0
  const times = new Float64Array(frame.buffer, frame.byteOffset + at, header.rows)
  let newest = 0
  for (const time of times) if (time > newest && Number.isFinite(time)) newest = time
  return newest
}
