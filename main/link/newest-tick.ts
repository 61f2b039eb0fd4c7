import { quotesTable, ticksTable } from '../../shared/bridge/tables.ts'
import { readColumns } from '../../shared/wire/columns.ts'
import { WireError } from '../../shared/wire/errors.ts'
import { type FrameHeader, FrameType, HEADER_BYTES } from '../../shared/wire/header.ts'

const timesOf = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): ArrayLike<number> => {
  if (header.type !== FrameType.TICKS && header.type !== FrameType.QUOTES) return []
  const table = header.type === FrameType.TICKS ? ticksTable : quotesTable
  try {
    return readColumns(table, frame, HEADER_BYTES, header.rows, false).columns.time
  } catch (error) {
    if (error instanceof WireError) return []
    throw error
  }
}

/**
 * Time of the newest tick in a TICKS or QUOTES frame, server-local ms; 0 when there is none. Of a frame that cannot be
 * read nothing is said here: that is for the sink.
 */
export const newestTick = (header: FrameHeader, frame: Uint8Array<ArrayBuffer>): number => {
  const times = timesOf(header, frame)
  let newest = 0
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number
    if (time > newest && Number.isFinite(time)) newest = time
  }
  return newest
}
