import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProject } from '../project.ts'
import { type Captured } from '../runner/capture.ts'
import { tool } from '../runner/tools.ts'

type Plant = {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly run: (folder: string) => Promise<Captured>
  /** What the tool must say about it. */
  readonly says: RegExp
}

const json = (value: unknown): string => JSON.stringify(value)

const plants: readonly Plant[] = [
  {
    name: 'a type error',
    files: {
      'planted.ts': "export const planted: number = 'one'\n",
      'tsconfig.json': json({ extends: inProject('tsconfig.base.json'), include: ['planted.ts'] }),
    },
    run: (folder) => tool('tsc', ['-p', folder]),
    says: /planted\.ts.*TS2322/,
  },
  {
    name: 'a floating promise',
    files: {
      'planted.ts': 'export const planted = (): void => {\n  Promise.resolve(1)\n}\n',
      'tsconfig.json': json({ extends: inProject('tsconfig.base.json'), include: ['planted.ts'] }),
    },
    run: (folder) => tool('oxlint', ['-c', inProject('.oxlintrc.json'), folder]),
    says: /no-floating-promises/,
  },
  {
    name: 'wrong formatting',
    files: { 'planted.ts': 'export const  planted = "one";\n' },
    run: (folder) => tool('biome', ['check', '--vcs-enabled=false', '.'], { cwd: folder }),
    says: /planted\.ts format/,
  },
  {
    name: 'an export nobody uses',
    files: {
      'package.json': json({ name: 'planted', type: 'module' }),
      'knip.json': json({ entry: ['index.ts'], project: ['*.ts'] }),
      'index.ts': "import { used } from './planted.ts'\n\nused()\n",
      'planted.ts': 'export const used = (): void => {}\nexport const unused = 1\n',
    },
    run: (folder) => tool('knip', ['--directory', folder]),
    says: /unused\s+planted\.ts/,
  },
]

/** Plants one fault for each tool and answers those that were not found, with what the tool said instead. */
export const missedFaults = async (): Promise<{ planted: number; missed: string[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'deskline-planted-'))
  const missed: string[] = []
  try {
    for (const { name, files, run, says } of plants) {
      const place = join(folder, name.replaceAll(' ', '-'))
      mkdirSync(place)
      cpSync(inProject('biome.json'), join(place, 'biome.json'))
      for (const [file, text] of Object.entries(files)) writeFileSync(join(place, file), text)
      const { code, output } = await run(place)
      if (code === 0 || !says.test(output)) missed.push(`${name} was not found (exit ${code}): ${output}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return { planted: plants.length, missed }
}
