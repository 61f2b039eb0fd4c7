import { writeFileSync } from 'node:fs'
import { compileKernel, kernelCodeFile } from '../compile-kernel.ts'

/** `npm run kernel`: compiles the book's WebAssembly loops and writes them where the book finds them. */
export const run = async (): Promise<number> => {
  const text = await compileKernel()
  writeFileSync(kernelCodeFile, text)
  console.log(`${kernelCodeFile}: ${text.length} characters`)
  return 0
}
