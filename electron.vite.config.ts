import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { version } from './package.json'

const root = import.meta.dirname
const here = (path: string): string => resolve(root, path)

/** What plain Node 24 and Electron's own Node both run. */
const nodeTarget = 'node24.15'

export default defineConfig({
  main: {
    publicDir: false,
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      sourcemap: false,
      rolldownOptions: {
        input: {
          index: here('main/index.ts'),
          serve: here('main/serve.ts'),
          bridge: here('bridge/main.ts'),
          'bridge-worker': here('bridge/worker.ts'),
          'book-worker': here('main/book/worker.ts'),
          'statement-worker': here('main/statements/worker.ts'),
          'store-worker': here('main/store/worker.ts'),
          'search-worker': here('main/store/search/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    publicDir: false,
    define: { DESKLINE_VERSION: JSON.stringify(version) },
    build: {
      outDir: 'out/preload',
      target: nodeTarget,
      sourcemap: false,
      // A sandboxed preload is one CommonJS file that can require nothing but `electron`.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [react()],
    build: {
      outDir: here('out/renderer'),
      emptyOutDir: true,
      // The same bundle also runs in whatever browser the Node host serves.
      target: 'es2023',
      sourcemap: false,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 3000,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: here('renderer/index.html') } },
    },
  },
})
