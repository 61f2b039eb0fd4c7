import type { Documents } from '../protocol.ts'

/** Characters of JSON in one piece: about a millisecond of parsing. */
const PIECE = 262_144

/** Collects documents' JSON into arrays of bearable size. */
export const createPieces = (): { add: (json: string) => void; done: () => Documents } => {
  const pieces: string[] = []
  let open: string[] = []
  let length = 0
  const cut = (): void => {
    if (open.length === 0) return
    pieces.push(`[${open.join(',')}]`)
    open = []
    length = 0
  }
  return {
    add: (json) => {
      open.push(json)
      length += json.length
      if (length >= PIECE) cut()
    },
    done: () => {
      cut()
      return pieces
    },
  }
}
