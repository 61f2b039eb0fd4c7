import { runElectronHost } from './electron/run.ts'

runElectronHost(import.meta.url)
