import { delimiter } from 'node:path'
import { inProject } from '../project.ts'
import { type Captured, capture } from './capture.ts'

const bin = inProject('node_modules/.bin')
const env = { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }

/** Runs one of the project's own tools by name. */
export const tool = (
  name: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Captured> => capture(name, args, { ...options, env: { ...env, ...options.env } })
