import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** Electron's port of the main process: an EventEmitter that carries copies and is silent until started. */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort
  #started = false
  constructor(port: MessagePort) {
    super()
    this.#port = port
  }
  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new TypeError('the stand-in’s MessagePortMain transfers nothing')
    this.#port.postMessage(message)
  }
  start(): void {
    if (this.#started) return
    this.#started = true
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
    this.#port.on('close', () => this.emit('close'))
  }
  close(): void {
    this.#port.close()
  }
  /** The same end as a page sees it, once it was posted to one. */
  forPage(): PagePort {
    return new PagePort(this.#port)
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}

/** A page's MessagePort. */
export class PagePort extends EventTarget {
  readonly #port: MessagePort
  #started = false
  constructor(port: MessagePort) {
    super()
    this.#port = port
  }
  postMessage(message: unknown, transfer: readonly ArrayBuffer[] = []): void {
    if (transfer.length === 0) {
      this.#port.postMessage(message)
      return
    }
    // What a page transfers to the main process is lost on the way (electron/electron#34905): it arrives as null.
    structuredClone(message, { transfer: [...transfer] })
    this.#port.postMessage(null)
  }
  start(): void {
    if (this.#started) return
    this.#started = true
    this.#port.on('message', (data: unknown) => this.dispatchEvent(new MessageEvent('message', { data })))
    this.#port.on('close', () => this.dispatchEvent(new Event('close')))
  }
  close(): void {
    this.#port.close()
  }
}
