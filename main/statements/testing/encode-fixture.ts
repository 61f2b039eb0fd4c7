/** Text in a legacy code page: the platform only decodes them, so the table is made by decoding every byte and pair. */
const tables = new Map<string, Map<string, number[]>>()

const tableOf = (encoding: string): Map<string, number[]> => {
  const known = tables.get(encoding)
  if (known !== undefined) return known
  const table = new Map<string, number[]>()
  const decoder = new TextDecoder(encoding)
  const add = (...bytes: number[]): void => {
    const letter = decoder.decode(Uint8Array.from(bytes))
    if (letter.length === 1 && letter !== '\ufffd' && !table.has(letter)) table.set(letter, bytes)
  }
  for (let a = 0; a < 256; a++) add(a)
  if (!/^(?:windows|iso|koi)/u.test(encoding))
    for (let a = 0x81; a < 0xff; a++) for (let b = 0x40; b < 0xff; b++) add(a, b)
  tables.set(encoding, table)
  return table
}

export const encode = (text: string, encoding: string): Uint8Array => {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  if (encoding.startsWith('utf-16')) {
    const buffer = Buffer.from(text, 'utf16le')
    return new Uint8Array(encoding === 'utf-16be' ? buffer.swap16() : buffer)
  }
  const table = tableOf(encoding)
  const bytes: number[] = []
  for (const letter of text) {
    const found = table.get(letter)
    if (found === undefined) throw new Error(`${letter} is not in ${encoding}`)
    bytes.push(...found)
  }
  return Uint8Array.from(bytes)
}
