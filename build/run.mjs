// Plain JavaScript on purpose: this is the one file that must run on whatever Node started npm (20 or newer). It hands
// over to the Node 24 that the project pins (`node-<platform>-<arch>`), which runs the TypeScript of build/tasks as is.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'

const NEEDED = 24
const [task, ...args] = process.argv.slice(2)

const pinnedNode = () => {
  const { platform, arch } = process
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/node${platform === 'win32' ? '.exe' : ''}`)
  } catch {
    return null
  }
}

const handOver = async () => {
  const node = pinnedNode()
  if (node === null) {
    console.error(
      `Deskline needs Node ${NEEDED}; this is ${process.version} and no pinned one came with npm ci for ${process.platform}-${process.arch}. Install Node ${NEEDED} and try again.`,
    )
    return 1
  }
  const child = spawn(node, [process.argv[1], task, ...args], { stdio: 'inherit' })
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((done) => {
    child.once('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.once('exit', (code) => done(code ?? 1))
  })
}

if (Number(process.versions.node.split('.')[0]) < NEEDED) process.exitCode = await handOver()
else {
  const { run } = await import(`./tasks/${task}.ts`)
  process.exitCode = await run(args)
}
