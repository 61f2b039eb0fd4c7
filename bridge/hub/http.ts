import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { BridgeOptions } from './types.ts'

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|\[::1\]|localhost)$/

export const isLoopback = (host: string): boolean => loopback.test(host)

/** The bridge's own http server: `GET /health` answers JSON, everything else that Socket.IO does not take answers 404. */
export const createHttp = (tls: BridgeOptions['tls'], health: () => object): Server => {
  const answer: RequestListener = (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]
    const found = request.method === 'GET' && path === '/health'
    response.writeHead(found ? 200 : 404, {
      'content-type': found ? 'application/json' : 'text/plain',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    response.end(found ? JSON.stringify(health()) : 'not found')
  }
  return tls ? createTlsServer(tls, answer) : createServer(answer)
}

/** Starts to listen; answers the port. */
export const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
