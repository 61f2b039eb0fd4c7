import { defineConfig } from 'vitest/config'

/**
 * Node strips types in WebAssembly, in every worker thread a test starts. Where threads make the wrappers of its calls
 * faster at the same time, V8 13 now and then ends the process: "Check failed: jit_page.has_value()", seen in
 * Runtime_TierUpWasmToJSWrapper (nodejs/node#64500 is of the same kind). So they are left as they are.
 */
const execArgv = ['--wasm-wrapper-tiering-budget=2000000000']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          execArgv,
          include: ['{shared,main,bridge,renderer,preload,build}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**', 'out/**'],
          environment: 'node',
          // Property tests on two busy cores.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          execArgv,
          include: ['{shared,main,bridge,e2e}/**/*.integration.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
