import { runNodeHost } from './node-host/run.ts'

const code = await runNodeHost(import.meta.url, process.argv.slice(2))
// A start that failed half way may have left threads running; they must not keep us.
if (code !== 0) process.exit(code)
