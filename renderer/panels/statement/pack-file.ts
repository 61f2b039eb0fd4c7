import { MAX_STATEMENT_BASE64 } from '../../../shared/api/statements.ts'

/** Files beyond this are no statement; the desk refuses them as well. */
const MAX_BYTES = 32 * 1024 * 1024
/** Bytes turned into letters at a time: more would be too many arguments of one call. */
const PIECE = 32_768

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  return btoa(text)
}

/**
 * A file gzipped, in base64: a statement of 3 MB becomes about 300 KB.
 *
 * @throws Error in words for the person who dropped it: empty, too large
 */
export const packFile = async (file: Blob): Promise<string> => {
  if (file.size === 0) throw new Error('The file is empty.')
  if (file.size > MAX_BYTES)
    throw new Error(`The file has ${Math.round(file.size / 1_048_576)} MB; statements up to 32 MB are read.`)
  const gzip = file.stream().pipeThrough(new CompressionStream('gzip'))
  const packed = base64(new Uint8Array(await new Response(gzip).arrayBuffer()))
  if (packed.length > MAX_STATEMENT_BASE64)
    throw new Error('The file is too large to send to the desk. Save a shorter period as a report.')
  return packed
}
