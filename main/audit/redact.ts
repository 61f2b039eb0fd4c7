/** Parts of key names whose values never leave memory, compared without case, `_` and `-`. */
const secretParts = [
  'password',
  'passwd',
  'passphrase',
  'token',
  'secret',
  'authorization',
  'cookie',
  'credential',
  'apikey',
  'privatekey',
]
/** Contents of files: the journal says which file, not what stood in it. */
const fileNames = new Set(['gzip'])

const secretNames = new Set(['otp', 'pin', 'pwd'])

const isSecret = (key: string): boolean => {
  const plain = key.toLowerCase().replaceAll(/[_-]/g, '')
  return secretNames.has(plain) || secretParts.some((part) => plain.includes(part))
}

const ELLIPSIS = '…'

/** The text in at most `limit` UTF-16 units, never ending in half a character. */
export const cut = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  const kept = text.slice(0, limit - ELLIPSIS.length)
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}${ELLIPSIS}`
}

/**
 * Any value as one JSON text of at most `limit` characters, with secrets (by key, at any depth) left out.
 * A value that cannot be written as JSON answers a remark: writing the journal never fails for it.
 */
export const safeJson = (value: unknown, limit: number): string => {
  try {
    const json = JSON.stringify(value, (key, inner: unknown) => {
      if (isSecret(key)) return '[redacted]'
      if (fileNames.has(key)) return '[contents]'
      if (typeof inner === 'bigint') return inner.toString()
      return typeof inner === 'string' ? cut(inner, limit) : inner
    }) as string | undefined
    return cut(json ?? '', limit)
  } catch {
    return '[not JSON]'
  }
}
