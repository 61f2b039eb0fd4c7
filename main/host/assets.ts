import { readFile } from 'node:fs/promises'
import { assetPath } from './asset-path.ts'
import { contentPolicy, securityHeaders } from './content-policy.ts'
import { mediaType } from './media-type.ts'

/** An answer both hosts can give: as `Response` under `app://`, as HTTP by the Node host. */
export type AssetAnswer = {
  readonly status: 200 | 404 | 405
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

export type Assets = {
  /** @param path path of the URL as received, without query and fragment */
  readonly answer: (method: string, path: string) => Promise<AssetAnswer>
}

/** Files under `assets/` carry a hash of their content in their name. */
const cacheControl = (path: string): string =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'

/**
 * The built windows (`out/renderer`), each file with the policy on it.
 * @param sockets WebSocket origins the page may open; see `contentPolicy`
 */
export const createAssets = (root: string, sockets: readonly string[] = []): Assets => {
  const common = securityHeaders(contentPolicy(sockets))
  const plain = (status: 404 | 405, text: string): AssetAnswer => ({
    status,
    headers: {
      ...common,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
    },
    body: new TextEncoder().encode(text),
  })
  return {
    answer: async (method, path) => {
      if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET and HEAD.')
      const file = assetPath(root, path)
      if (file === null) return plain(404, 'Not found.')
      try {
        const body = new Uint8Array(await readFile(file))
        return {
          status: 200,
          headers: {
            ...common,
            'content-type': mediaType(file),
            'content-length': String(body.byteLength),
            'cache-control': cacheControl(path),
          },
          body: method === 'HEAD' ? new Uint8Array() : body,
        }
      } catch {
        return plain(404, 'Not found.')
      }
    },
  }
}
