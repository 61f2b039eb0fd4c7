import { kernelCode } from './kernel-code.ts'

/** The exports of kernel.as; numbers are addresses in the memory it was made with, or counts. */
export type Kernel = {
  readonly valuePositions: (
    n: number,
    cell: number,
    lots: number,
    open: number,
    results: number,
    cells: number,
  ) => void
  readonly valueAccounts: (
    n: number,
    start: number,
    count: number,
    results: number,
    costs: number,
    callAt: number,
    stopAt: number,
    floating: number,
    level: number,
    counts: number,
  ) => void
  readonly sumCells: (n: number, cell: number, results: number, sums: number) => void
}

let compiled: WebAssembly.Module | null = null

/** Makes the kernel work on a memory. The module itself is compiled once. */
export const createKernel = (memory: WebAssembly.Memory): Kernel => {
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(atob(kernelCode.join('')), (c) => c.codePointAt(0) ?? 0),
  )
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernel
}
