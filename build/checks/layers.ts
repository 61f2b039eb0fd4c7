import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { inProject, root } from '../project.ts'
import { plantedImports, plantedTargets } from './planted-layers.ts'

export type LayerReport = {
  readonly modules: number
  /** `rule: from → to` */
  readonly violations: readonly string[]
}

const rooms = ['shared', 'main', 'bridge', 'renderer', 'preload', 'bench', 'e2e', 'build']

const cruiseFolder = async (baseDir: string): Promise<ICruiseResult> => {
  const config = await extractDepcruiseConfig(inProject('.dependency-cruiser.cjs'))
  const { output } = await cruise(rooms, { ...config.options, validate: true, ruleSet: config, baseDir })
  if (typeof output === 'string') throw new TypeError('dependency-cruiser answered text')
  return output
}

/** The project against the rules of `.dependency-cruiser.cjs`. */
export const checkLayers = async (folder = root): Promise<LayerReport> => {
  const { summary } = await cruiseFolder(folder)
  return {
    modules: summary.totalCruised,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}

/**
 * Plants one violation of each rule in a copy of the rooms and answers the rules that missed theirs: a parser that
 * reads nothing would otherwise pass every project.
 */
export const missedLayerRules = async (folder: string): Promise<{ rules: number; missed: string[] }> => {
  rmSync(folder, { recursive: true, force: true })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const room of rooms) mkdirSync(join(folder, room), { recursive: true })
  for (const [path, text] of Object.entries(plantedTargets)) write(path, text)
  for (const [from, to] of Object.values(plantedImports))
    write(from, `import * as imported from '${to}'\nexport { imported }\n`)
  copyFileSync(inProject('package.json'), join(folder, 'package.json'))

  const { violations } = await checkLayers(folder)
  const config = await extractDepcruiseConfig(inProject('.dependency-cruiser.cjs'))
  const rules = (config.forbidden ?? []).map(({ name }) => name ?? '')
  const found = (rule: string): boolean => {
    const [from] = plantedImports[rule] ?? []
    return from !== undefined && violations.some((line) => line.startsWith(`${rule}: ${from} `))
  }
  const result = { rules: rules.length, missed: rules.filter((rule) => !found(rule)) }
  rmSync(folder, { recursive: true })
  return result
}
