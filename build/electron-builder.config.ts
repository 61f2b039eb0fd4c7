import type { Configuration } from 'electron-builder'

/** How `electron-builder --config build/electron-builder.config.ts` packs the built app; needs the network. */
const configuration: Configuration = {
  appId: 'com.deskline.desk',
  productName: 'Deskline',
  copyright: 'Apache-2.0',
  directories: { output: 'dist', buildResources: 'build/resources' },
  files: ['out/**', 'package.json', '!out/main/serve.js', '!**/*.map', '!**/*.d.ts'],
  asar: true,
  // Worker threads run from inside the archive (electron/electron#33216); native modules cannot.
  asarUnpack: ['**/*.node'],
  npmRebuild: false,
  linux: { target: ['AppImage', 'deb'], category: 'Office' },
  win: { target: ['nsis'] },
  mac: { target: ['dmg', 'zip'], hardenedRuntime: true, category: 'public.app-category.finance' },
  // Every fuse is stated. The program must not be turned into a Node interpreter or a debugger target from outside,
  // runs nothing but its own sealed archive, and loads no file:// page.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
}

export default configuration
