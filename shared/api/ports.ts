/**
 * How a window in Electron gets its two message ports: the preload asks on this one IPC channel, the main process
 * answers on it with the ports, and the preload hands them to its own page with this message.
 */
export const PORTS_CHANNEL = 'deskline:ports'
export const PORTS_MESSAGE = 'deskline:ports'
