import { inProject, runInherited } from '../project.ts'
import { buildIfStale } from './build.ts'

/** The Node host: `npm run serve -- …`. */
export const run = async (argv: readonly string[]): Promise<number> => {
  const built = await buildIfStale()
  return built === 0 ? runInherited(process.execPath, [inProject('out/main/serve.js'), ...argv]) : built
}
