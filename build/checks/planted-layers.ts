/** For every layer rule an import that breaks it: [importing file, what it imports]. */
export const plantedImports: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'shared-imports-itself': ['shared/a.ts', '../main/book/inside.ts'],
  'shared-is-pure': ['shared/b.ts', 'node:fs'],
  'book-is-alone': ['main/book/a.ts', '../link/inside.ts'],
  'link-is-alone': ['main/link/a.ts', '../book/inside.ts'],
  'store-is-alone': ['main/store/a.ts', '../book/inside.ts'],
  'audit-uses-store': ['main/audit/a.ts', '../link/inside.ts'],
  'statements-use-formulas': ['main/statements/a.ts', '../book/inside.ts'],
  'capabilities-apart': ['main/risk/a.ts', '../crm/inside.ts'],
  'api-knows-services': ['main/api/a.ts', '../electron/inside.ts'],
  'desk-knows-no-host': ['main/desk.ts', './node-host/inside.ts'],
  'hosts-know-the-desk': ['main/node-host/a.ts', '../book/inside.ts'],
  'common-ground-knows-no-host': ['main/host/a.ts', '../electron/inside.ts'],
  'electron-in-its-room': ['main/node-host/b.ts', 'electron'],
  'preload-imports-shared': ['preload/a.ts', '../renderer/inside.ts'],
  'renderer-imports-shared': ['renderer/a.tsx', '../main/book/inside.ts'],
  'renderer-has-no-node': ['renderer/b.ts', 'node:path'],
  'bridge-uses-formulas': ['bridge/a.ts', '../main/book/inside.ts'],
  'nothing-uses-tools': ['main/crm/a.ts', '../../build/inside.ts'],
  'shipped-code-uses-dependencies': ['main/link/b.ts', 'fast-check'],
  'no-test-code-shipped': ['main/link/c.ts', './fake-bridge.ts'],
  'no-circles': ['main/crm/circle-a.ts', './circle-b.ts'],
  resolvable: ['main/crm/b.ts', './nowhere.ts'],
}

/** What the planted imports lead to. */
export const plantedTargets: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['main/book', 'main/link', 'main/crm', 'main/electron', 'main/node-host', 'renderer', 'build'].map(
      (room) => [`${room}/inside.ts`, 'export const inside = 1\n'],
    ),
  ),
  'main/link/fake-bridge.ts': 'export const inside = 1\n',
  'main/crm/circle-b.ts': "export { imported } from './circle-a.ts'\nexport const inside = 1\n",
}
