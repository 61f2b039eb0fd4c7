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

export const addressesOf = (host: string, port: number, tls: boolean): Addresses => {
  const scheme = tls ? 'https' : 'http'
  const usual = port === (tls ? 443 : 80)
  const authority = (name: string): string => bracketed(name) + (usual ? '' : `:${port}`)
  const loopback = isLoopback(host)
  const names = loopback ? [...new Set([host, 'localhost', '127.0.0.1'])] : [host]
  return {
    origin: `${scheme}://${authority(host)}`,
    origins: names.map((name) => `${scheme}://${authority(name)}`),
    sockets: names.map((name) => `${tls ? 'wss' : 'ws'}://${authority(name)}`),
    hosts: loopback ? new Set(names.map(authority)) : null,
  }
}
