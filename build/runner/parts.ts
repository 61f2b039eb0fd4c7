import { chromium } from '@playwright/test'
import { checkLayers, missedLayerRules } from '../checks/layers.ts'
import { missedFaults } from '../checks/planted-faults.ts'
import { findChromium, howToGetChromium, isProgram } from '../chromium.ts'
import { inProject } from '../project.ts'
import { electronBinary } from '../start/electron-binary.ts'
import { capture } from './capture.ts'
import { check, type Part, type PartResult, skippedPart, sum } from './result.ts'
import { runPlaywright, runVitest } from './runners.ts'
import { tool } from './tools.ts'

const held = async (name: string, ...args: string[]): Promise<PartResult> => {
  const { code, output } = await tool(name, args)
  return check(code === 0, output)
}

const layers = async (): Promise<PartResult> => {
  const { modules, violations } = await checkLayers()
  const planted = await missedLayerRules(inProject('.cache/planted-layers'))
  return sum([
    check(modules > 0 && violations.length === 0, [`${modules} modules`, ...violations].join('\n')),
    check(
      planted.missed.length === 0,
      `rules that missed a planted violation: ${planted.missed.join(', ')}`,
      [`${modules} modules; a planted violation of each of ${planted.rules} rules was found`],
    ),
  ])
}

const plantedFaults = async (): Promise<PartResult> => {
  const { planted, missed } = await missedFaults()
  return {
    passed: planted - missed.length,
    failed: missed.length,
    skipped: 0,
    output: missed.join('\n'),
    notes: [],
  }
}

const endToEnd = (): Promise<PartResult> => {
  const browser = findChromium({
    platform: process.platform,
    env: process.env,
    playwrights: chromium.executablePath(),
    isProgram,
  })
  if (browser !== null) return runPlaywright(browser)
  return Promise.resolve(process.env['CI'] ? check(false, howToGetChromium) : skippedPart(howToGetChromium))
}

const standIn = async (): Promise<PartResult> => {
  const result = await runVitest('electron-stand-in', ['--project', 'integration', 'e2e/electron-stand-in'])
  const which =
    electronBinary() === null
      ? 'the built Electron host ran on the stand-in; Electron’s own binary is not here'
      : 'the built Electron host ran on the stand-in; the end-to-end part runs it on Electron itself'
  return { ...result, notes: [...result.notes, which] }
}

/** The parts of `npm test`, in the order in which they give the quickest answer. */
export const parts: readonly Part[] = [
  {
    name: 'types',
    run: async () =>
      sum([await held('tsc', '-p', 'tsconfig.node.json'), await held('tsc', '-p', 'tsconfig.web.json')]),
  },
  { name: 'lint', run: () => held('oxlint', '--deny-warnings') },
  { name: 'format', run: () => held('biome', 'check', '.') },
  { name: 'layers', run: layers },
  { name: 'dead code', run: () => held('knip') },
  { name: 'planted faults', run: plantedFaults },
  { name: 'unit', run: () => runVitest('unit', ['--project', 'unit']) },
  {
    name: 'build',
    run: async () => {
      const { code, output } = await capture(process.execPath, [inProject('build/run.mjs'), 'build'])
      return check(code === 0, output, code === 0 ? [output.split('\n').at(-1) ?? ''] : [])
    },
  },
  {
    name: 'integration',
    run: () => runVitest('integration', ['--project', 'integration', '--exclude', 'e2e/**']),
  },
  { name: 'electron stand-in', run: standIn },
  { name: 'end-to-end', run: endToEnd },
]
