import { registerHooks } from 'node:module'

/** What RxDB's shipped test tools import and RxDB does not bring: a copier and two helpers. */
const standIns: Readonly<Record<string, string>> = {
  clone: 'export default structuredClone',
  'async-test-util': [
    'export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))',
    "export const randomString = (length) => Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz'[Math.floor(Math.random() * 26)]).join('')",
  ].join('\n'),
}

/** Test support: `rxdb/plugins/test-utils`, which expects its own development dependencies to be there. */
export const shippedSuite = async () => {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier in standIns
        ? {
            url: `data:text/javascript,${encodeURIComponent(standIns[specifier] as string)}`,
            shortCircuit: true,
          }
        : next(specifier, context),
  })
  try {
    return await import('rxdb/plugins/test-utils')
  } finally {
    hooks.deregister()
  }
}
