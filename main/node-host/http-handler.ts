import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Assets } from '../host/assets.ts'
import { contentPolicy, securityHeaders } from '../host/content-policy.ts'
import type { Addresses } from './addresses.ts'
import type { Health } from './health.ts'
import type { Metrics } from './metrics.ts'
import { isToken, readBearer } from './token.ts'

export type HttpHandlerOptions = {
  readonly assets: Assets
  readonly addresses: Addresses
  /** Asked of `/health` and `/metrics` when the host listens beyond loopback; null = not asked. */
  readonly bearer: string | null
  /** null while the desk is starting. */
  readonly health: () => Health | null
  readonly metrics: () => Metrics | null
}

type Answer = { status: number; headers: Readonly<Record<string, string>>; body: string | Uint8Array }

/** Everything this host answers over plain HTTP: the windows' files, `/health` and `/metrics`. */
export const createHttpHandler = (options: HttpHandlerOptions) => {
  const { assets, addresses, bearer } = options
  const common = { ...securityHeaders(contentPolicy()), 'cache-control': 'no-store' }
  const text = (status: number, body: string, type = 'text/plain; charset=utf-8'): Answer => ({
    status,
    headers: { ...common, 'content-type': type },
    body,
  })

  const figures = async (path: string, request: IncomingMessage): Promise<Answer> => {
    const given = readBearer(request.headers.authorization)
    if (bearer !== null && (given === null || !isToken(bearer, given)))
      return text(401, 'Authorization: Bearer … with the access token is needed.')
    if (path === '/health') {
      const health = options.health()
      const json = 'application/json; charset=utf-8'
      if (health === null)
        return text(503, JSON.stringify({ ok: false, detail: 'The desk is starting.' }), json)
      return text(health.ok ? 200 : 503, JSON.stringify(health), json)
    }
    const metrics = options.metrics()
    return metrics === null
      ? text(503, 'The desk is starting.')
      : text(200, await metrics.text(), metrics.contentType)
  }

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { method = 'GET', url = '/' } = request
    if (addresses.hosts !== null && !addresses.hosts.has((request.headers.host ?? '').toLowerCase()))
      return text(421, 'This desk does not answer under that name.')
    const path = url.split(/[?#]/, 1)[0] ?? '/'
    if (method === 'GET' && (path === '/health' || path === '/metrics')) return figures(path, request)
    return assets.answer(method, path)
  }

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, headers, body } = await answer(request).catch(() =>
      text(500, 'The desk could not answer.'),
    )
    response.writeHead(status, headers)
    response.end(body)
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    respond(request, response).catch(() => response.destroy())
  }
}
