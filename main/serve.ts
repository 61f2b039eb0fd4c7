import { runNodeHost } from './node-host/run.ts'

process.exitCode = await runNodeHost(import.meta.url, process.argv.slice(2))
