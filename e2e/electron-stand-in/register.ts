import { registerHooks } from 'node:module'

/** `import … from 'electron'` gets the stand-in; everything else resolves as it always does. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('electron.ts', import.meta.url).href, shortCircuit: true, format: 'module-typescript' }
      : next(specifier, context),
})
