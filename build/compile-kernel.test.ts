import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compileKernel, kernelCodeFile } from './compile-kernel.ts'

it('the kernel in the repository is what its source compiles to', async () => {
  expect(readFileSync(kernelCodeFile, 'utf8')).toBe(await compileKernel())
})
