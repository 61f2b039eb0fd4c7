import { readFileSync } from 'node:fs'
import { inProject } from './project.ts'

export const kernelCodeFile = inProject('main/book/kernel/kernel-code.ts')
const source = inProject('main/book/kernel/kernel.as')

/** The part of the compiler's API that is used; its own types would bring its globals into ours. */
type Compiler = {
  main: (
    options: readonly string[],
    system: {
      readFile: (name: string) => string | null
      writeFile: (name: string, contents: Uint8Array | string) => void
      listFiles: () => string[]
    },
  ) => Promise<{ error: Error | null; stderr: { toString: () => string } }>
}

/**
 * Compiles the kernel to the module that carries it, as text: a source file, so that tests, bundles and both hosts load
 * it alike and without a build.
 * @throws Error with the compiler's words
 */
export const compileKernel = async (): Promise<string> => {
  const { main } = (await import(import.meta.resolve('assemblyscript/asc'))) as Compiler
  const made: Uint8Array[] = []
  const options = ['kernel.ts', '-O3', '--enable', 'simd', '--runtime', 'stub', '--importMemory']
  const { error, stderr } = await main([...options, '--noAssert', '--outFile', 'kernel.wasm'], {
    readFile: (name) => (name === 'kernel.ts' ? readFileSync(source, 'utf8') : null),
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm' && typeof contents !== 'string') made.push(contents)
    },
    listFiles: () => [],
  })
  const [wasm] = made
  if (error || !wasm) throw new Error(`the kernel does not compile: ${stderr.toString()}`)
  const lines =
    Buffer.from(wasm)
      .toString('base64')
      .match(/.{1,100}/g) ?? []
  const code = lines.map((line) => `  '${line}',`).join('\n')
  return `/** Compiled from kernel.as by \`npm run kernel\`; a test compares. Base64 in lines. */\nexport const kernelCode = [\n${code}\n]\n`
}
