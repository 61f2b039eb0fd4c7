import { hasDisplay } from '../../main/host/open-address.ts'
import { inProject, root, runInherited } from '../project.ts'
import { decideStart, type StartPlan } from '../start/decide.ts'
import { canDownload, downloadElectron, electronBinary, sandboxFacts } from '../start/electron-binary.ts'
import { sandboxFault } from '../start/sandbox.ts'
import { buildIfStale } from './build.ts'

/** Options that only the Node host has. */
const serverOptions = /^--(port|host|tls-cert|tls-key|origin|access-token-env|open|help)(=|$)/

const display = { platform: process.platform, env: process.env }

const inBrowser = (why: string, argv: readonly string[]): Promise<number> => {
  console.log(why)
  const open = hasDisplay(display) && !argv.includes('--open') ? ['--open'] : []
  return runInherited(process.execPath, [inProject('out/main/serve.js'), ...argv, ...open])
}

const inElectron = (binary: string, argv: readonly string[]): Promise<number> => {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return runInherited(binary, [root, ...argv], env)
}

const follow = async (plan: StartPlan, argv: readonly string[]): Promise<number> => {
  if (plan.host === 'browser') return inBrowser(plan.why, argv)
  if (plan.download && !(await downloadElectron()))
    return inBrowser('Electron could not be downloaded, so the desk is served to a browser.', argv)
  const binary = electronBinary()
  return binary === null ? 1 : inElectron(binary, argv)
}

/** `npm start`: the desktop window where Electron runs, else the same desk in a browser. */
export const run = async (argv: readonly string[]): Promise<number> => {
  const built = await buildIfStale()
  if (built !== 0) return built
  const plan = await decideStart({
    wantsServer: argv.some((word) => serverOptions.test(word)),
    hasDisplay: hasDisplay(display),
    sandboxFault: sandboxFault(sandboxFacts()),
    hasBinary: electronBinary() !== null,
    canDownload,
  })
  return follow(plan, argv)
}
