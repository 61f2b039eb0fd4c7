import { isLoopback } from './arguments.ts'

/** Names under which this host may be asked, `host:port` as browsers write it. */
export type Addresses = {
  /** Origin to print and to open, like `http://127.0.0.1:4780`. */
  readonly origin: string
  /** Origins a window may come from. */
  readonly origins: readonly string[]
  /** WebSocket origins of the same. */
  readonly sockets: readonly string[]
  /**
   * `Host` headers that are taken; null = any, because the certificate already proves the name. On loopback this
   * stops a web site whose name was pointed at 127.0.0.1.
   */
  readonly hosts: ReadonlySet<string> | null
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)

const socketOf = (origin: string): string => origin.replace(/^http/, 'ws')

export const addressesOf = (
  host: string,
  port: number,
  tls: boolean,
  publicOrigin: string | null,
): Addresses => {
  const scheme = tls ? 'https' : 'http'
  const usual = port === (tls ? 443 : 80)
  const authority = (name: string): string => bracketed(name) + (usual ? '' : `:${port}`)
  const loopback = isLoopback(host)
  const names = loopback ? [...new Set([host, 'localhost', '127.0.0.1'])] : [host]
  const own = names.map((name) => `${scheme}://${authority(name)}`)
  const origins = publicOrigin === null ? own : [publicOrigin, ...own]
  return {
    origin: publicOrigin ?? `${scheme}://${authority(host)}`,
    origins,
    sockets: origins.map(socketOf),
    hosts: loopback
      ? new Set([...names.map(authority), ...(publicOrigin === null ? [] : [new URL(publicOrigin).host])])
      : null,
  }
}
