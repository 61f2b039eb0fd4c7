// Who may import whom: the rooms of docs/architecture.md. `npm test` fails on a violation, and on this file no longer
// seeing anything (build/checks/layers.ts plants a violation of every rule below and expects it to be found).

/** Tests that put several rooms together, and what they are put together with. */
const integration = '[.]integration[.]test[.]ts$|/integration-fixture[.]ts$'
/** Tests and their helpers. */
const test = `[.]test[.]tsx?$|-fixture[.]tsx?$|/(testing|fake)/|/(test|fake)-[a-z-]+[.]tsx?$|${integration}`
const room = (name) => `^main/${name}/`
/** Capability rooms: they meet in main/api and main/desk.ts, never inside each other. */
const capabilities = 'crm|risk|dealing|office|marketing|site|reports'

/** Everything of ours outside the given places. */
const ours = (...except) => `^(?!${except.join('|')})(shared|main|bridge|renderer|preload|bench|e2e|build)/`

const only = (name, comment, from, ...allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: integration },
  to: { path: ours(...allowed) },
})

module.exports = {
  forbidden: [
    only(
      'shared-imports-itself',
      'shared/ is what both sides agree on; it knows neither',
      '^shared/',
      'shared/',
    ),
    {
      name: 'shared-is-pure',
      comment: 'no Node, no DOM, and no library but zod and the contract builder',
      severity: 'error',
      from: { path: '^shared/', pathNot: test },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/(zod|@orpc/contract)/' },
    },
    only('book-is-alone', 'the book knows shared/ only', room('book'), 'shared/', 'main/book/'),
    only('link-is-alone', 'the link knows shared/ only', room('link'), 'shared/', 'main/link/'),
    only('store-is-alone', 'the store knows shared/ only', room('store'), 'shared/', 'main/store/'),
    only(
      'audit-uses-store',
      'audit writes through the store',
      room('audit'),
      'shared/',
      'main/(audit|store)/',
    ),
    only(
      'statements-use-formulas',
      'reading and reconciling statements is pure: it shares the formulas of the book and needs no desk',
      room('statements'),
      'shared/',
      'main/statements/',
      'main/book/formulas/',
    ),
    {
      name: 'capabilities-apart',
      comment: 'a capability may use the store, the audit and the book’s types, never another capability',
      severity: 'error',
      from: { path: room(`(${capabilities})`), pathNot: integration },
      to: { path: ours('shared/', 'main/$1/', 'main/(store|audit)/', 'main/book/types[.]ts$') },
    },
    {
      name: 'api-knows-services',
      comment: 'the router uses services; hosts use the router',
      severity: 'error',
      from: { path: room('api'), pathNot: integration },
      to: {
        path: '^(main/(electron|node-host|host)/|main/[^/]+[.]ts$|bridge/|renderer/|preload/|bench/|e2e/|build/)',
      },
    },
    {
      name: 'desk-knows-no-host',
      comment: 'the desk runs the same under both hosts',
      severity: 'error',
      from: { path: '^main/(desk|embedded|bridge)[^/]*[.]ts$', pathNot: integration },
      to: { path: '^(main/(electron|node-host|host)/|bridge/|renderer/|preload/|bench/|e2e/|build/)' },
    },
    {
      name: 'hosts-know-the-desk',
      comment: 'a host sees the desk and its windows’ types, not the rooms behind it, and not the other host',
      severity: 'error',
      from: { path: '^main/(host|electron|node-host)/', pathNot: integration },
      to: {
        path: ours('shared/', 'main/$1/', 'main/host/', 'main/api/(context|view-hub)[.]ts$', 'main/desk'),
      },
    },
    {
      name: 'common-ground-knows-no-host',
      comment: 'main/host/ is what both hosts share',
      severity: 'error',
      from: { path: room('host') },
      to: { path: '^main/(electron|node-host)/' },
    },
    {
      name: 'electron-in-its-room',
      comment: 'everything else runs on plain Node or in a plain browser',
      severity: 'error',
      from: { path: '^(shared|main|bridge|renderer)/', pathNot: room('electron') },
      to: { path: '(^|node_modules/)electron(/|$)' },
    },
    only('preload-imports-shared', 'one sandboxed file', '^preload/', 'shared/', 'preload/'),
    only(
      'renderer-imports-shared',
      'windows reach the desk by its API alone',
      '^renderer/',
      'shared/',
      'renderer/',
    ),
    {
      name: 'renderer-has-no-node',
      comment: 'windows run in a sandbox and in browsers',
      severity: 'error',
      from: { path: '^(renderer|preload)/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    only(
      'bridge-uses-formulas',
      'the bridge stands beside another server; it shares the formulas of the book and the reader of statements',
      '^bridge/',
      'shared/',
      'bridge/',
      'main/book/formulas/',
      'main/statements/',
    ),
    {
      name: 'nothing-uses-tools',
      comment: 'tests, benchmarks and build scripts are leaves',
      severity: 'error',
      from: { path: '^(shared|main|bridge|renderer|preload)/', pathNot: integration },
      to: { path: '^(bench|e2e|build)/' },
    },
    {
      name: 'shipped-code-uses-dependencies',
      comment:
        'what main and bridge import at run time must be in dependencies; electron is the platform itself',
      severity: 'error',
      from: { path: '^(shared|main|bridge)/', pathNot: test },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/electron/',
      },
    },
    {
      name: 'no-test-code-shipped',
      comment:
        'fixtures, fakes and test sources stay with the tests; a dynamic import under import.meta.env.DEV is cut out of the build',
      severity: 'error',
      from: { path: '^(shared|main|bridge|renderer|preload)/', pathNot: test },
      to: { path: `^(shared|main|bridge|renderer|preload)/.*(${test})`, dynamic: false },
    },
    {
      name: 'no-circles',
      comment: 'modules that need each other are one module, or miss a third',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[.]css$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|[.]cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
}
