import { io } from 'socket.io-client'

/** What the link needs of a Socket.IO socket; tests put a scripted one in its place. */
export type SocketLike = {
  on: (event: string, listener: (...args: unknown[]) => void) => unknown
  emit: (event: string, ...args: unknown[]) => unknown
  close: () => unknown
}

/** Starts to connect. Reconnecting, its pace and its limits are the link's own business. */
export const connectSocket = (url: string): SocketLike => {
  const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true })
  return {
    on: (event, listener) => socket.on(event, listener),
    emit: (event, ...args) => socket.emit(event, ...args),
    close: () => {
      socket.removeAllListeners()
      socket.close()
    },
  }
}
