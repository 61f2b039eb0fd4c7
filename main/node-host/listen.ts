import { readFile } from 'node:fs/promises'
import { createServer as createHttp, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Listen } from './arguments.ts'

/** Where the desk listens when nothing else is said; fixed, so that a browser finds its settings again. */
const USUAL_PORT = 4780

/** The host cannot listen; the message is for the person who started it. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)

const bind = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

const pem = async (option: string, file: string): Promise<Buffer> => {
  try {
    return await readFile(file)
  } catch (error) {
    throw new ListenError(`--${option}: ${file} cannot be read (${codeOf(error)}).`)
  }
}

const createServer = async (tls: Listen['tls']): Promise<Server> => {
  if (tls === null) return createHttp()
  const [cert, key] = await Promise.all([pem('tls-cert', tls.cert), pem('tls-key', tls.key)])
  try {
    return createHttps({ cert, key, minVersion: 'TLSv1.2' })
  } catch {
    throw new ListenError('The certificate and key do not fit together or are not PEM.')
  }
}

/**
 * A server that listens; answers are added by the caller.
 * @throws ListenError
 */
export const openServer = async (listen: Listen): Promise<{ server: Server; port: number }> => {
  const server = await createServer(listen.tls)
  try {
    await bind(server, listen.host, listen.port ?? USUAL_PORT)
  } catch (error) {
    const code = codeOf(error)
    const taken = code === 'EADDRINUSE' || code === 'EACCES'
    if (listen.port !== null || !taken)
      throw new ListenError(
        `Cannot listen on ${listen.host} port ${listen.port ?? USUAL_PORT}: ${code === 'EADDRINUSE' ? 'it is taken by another program' : code}.`,
      )
    await bind(server, listen.host, 0)
  }
  return { server, port: (server.address() as AddressInfo).port }
}
