import { build } from 'vite'

/** Entries as they are shipped: each in one file, `[name].mjs`, which starts in a tenth of the time that sources take. */
export const bundleEntries = async (
  outDir: string,
  root: string,
  input: Readonly<Record<string, string>>,
): Promise<void> => {
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: { ...input },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
}
