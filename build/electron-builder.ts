import type { Configuration } from 'electron-builder'

/** Files that only some formats of saved traces have; opening them with Clew is offered, not made the default. */
const traceFiles = [
  { ext: 'json', name: 'Trace', mimeType: 'application/json', role: 'Viewer', rank: 'Alternate' },
  { ext: 'jsonl', name: 'Trace', mimeType: 'application/jsonl', role: 'Viewer', rank: 'Alternate' },
  { ext: 'ndjson', name: 'Trace', mimeType: 'application/x-ndjson', role: 'Viewer', rank: 'Alternate' },
] as const

const clewFile = {
  ext: 'clew',
  name: 'Clew investigation',
  mimeType: 'application/vnd.clew+zip',
  role: 'Editor',
} as const

/** How Clew is packed: dist and package.json in one archive, which the binary checks before it runs it. */
export const packing: Configuration = {
  appId: 'clew.trace.explorer',
  productName: 'Clew',
  // Everything is bundled, so nothing of node_modules is needed; the browser shell is for machines without Electron.
  files: [
    'dist/**/*',
    '!dist/electron/browser.js',
    '!dist/.*',
    '!dist/**/*.map',
    'package.json',
    '!node_modules',
  ],
  extraMetadata: { desktopName: 'clew.desktop', homepage: 'https://clew.invalid/' },
  directories: { output: 'release', buildResources: 'build' },
  npmRebuild: false,
  electronLanguages: ['en-US'],
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: true,
  },
  protocols: [{ name: 'Clew link', schemes: ['clew'] }],
  icon: 'build/icon.png',
  linux: {
    target: ['AppImage', 'deb'],
    executableName: 'clew',
    category: 'Development',
    maintainer: 'The Clew authors <clew@clew.invalid>',
    fileAssociations: [clewFile, ...traceFiles],
  },
  mac: {
    target: 'dmg',
    category: 'public.app-category.developer-tools',
    fileAssociations: [clewFile, ...traceFiles],
  },
  // An installer for Windows takes over every extension it names: .json is not ours to take.
  win: { target: 'nsis', fileAssociations: [clewFile] },
}
