import { contextBridge, ipcRenderer } from 'electron'
import { PORTS_CHANNEL, PORTS_MESSAGE } from '../shared/api/ports.ts'

declare const DESKLINE_VERSION: string

// The ports go to this page and to nobody else: the target origin is its own.
ipcRenderer.on(PORTS_CHANNEL, (event) => {
  window.postMessage(PORTS_MESSAGE, window.location.origin, [...event.ports])
})

// The whole of what a window can reach. Everything else goes through the ports, where the desk checks it.
contextBridge.exposeInMainWorld('deskline', {
  version: DESKLINE_VERSION,
  requestPorts: () => {
    ipcRenderer.send(PORTS_CHANNEL)
  },
})
