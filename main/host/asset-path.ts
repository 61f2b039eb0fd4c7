import { join, resolve, sep } from 'node:path'

/** One path segment of a built asset: no leading dot, no drive letter, no backslash, no control character. */
const segment = /^[A-Za-z0-9_@-][A-Za-z0-9_@.+-]*$/

/**
 * The file behind a request path, or null when the path could leave the folder or names nothing the build emits.
 * `/` is the page itself.
 * @param requestPath path of the URL as received, still percent-encoded, without query and fragment
 */
export const assetPath = (root: string, requestPath: string): string | null => {
  let decoded: string
  try {
    decoded = decodeURIComponent(requestPath)
  } catch {
    return null
  }
  if (!decoded.startsWith('/')) return null
  const segments = decoded === '/' ? ['index.html'] : decoded.slice(1).split('/')
  if (!segments.every((part) => segment.test(part))) return null
  const base = resolve(root)
  const file = join(base, ...segments)
  return file.startsWith(base + sep) ? file : null
}
