/**
 * RxDB compares index strings as JavaScript does: by UTF-16 code unit. SQLite compares text by UTF-8 bytes, where an
 * emoji sorts behind U+FFFF, which RxDB pads its upper bounds with: such rows would silently vanish from every range.
 * So keys are BLOBs in CESU-8: each code unit is encoded on its own, which keeps their order byte by byte, loses no
 * lone surrogate, and takes one byte for ASCII.
 */
const surrogate = /[\uD800-\uDFFF]/

/** Bytes that sort and compare exactly as the string does in JavaScript. */
export const indexKey = (text: string): Buffer => {
  if (!surrogate.test(text)) return Buffer.from(text, 'utf8')
  const bytes = Buffer.allocUnsafe(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes[at++] = unit
    else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6)
      bytes[at++] = 0x80 | (unit & 0x3f)
    } else {
      bytes[at++] = 0xe0 | (unit >> 12)
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f)
      bytes[at++] = 0x80 | (unit & 0x3f)
    }
  }
  return bytes.subarray(0, at)
}
