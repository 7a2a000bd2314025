/** What is shipped: packed as `npm run dist` packs it, then looked into. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractFile, getRawHeader, listPackage } from '@electron/asar'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../../build/bundle.ts'
import { packing } from '../../build/electron-builder.ts'
import { packWithStub } from '../../build/pack.ts'
import { fuseSentinel } from '../../build/stub-electron.ts'

const output = mkdtempSync(join(tmpdir(), 'clew-pack-'))
const folder = join(output, 'linux-unpacked')
const archive = join(folder, 'resources/app.asar')

beforeAll(async () => {
  await bundle()
  await packWithStub(output)
})
afterAll(() => rmSync(output, { recursive: true, force: true }))

/** Files in the archive; folders left out. */
const packed = (): string[] =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => /\.[^/]+$/.test(path))
const text = (path: string): string => extractFile(archive, path).toString('utf8')

const extensions = (given: unknown): unknown[] =>
  ([given].flat() as { readonly ext: unknown }[]).flatMap(({ ext }) => ext)

test('only dist and package.json are inside', () => {
  const files = packed()
  expect(
    files.filter((path) => !path.startsWith('dist/electron/') && !path.startsWith('dist/renderer/')),
  ).toEqual(['package.json'])
  expect(files.filter((path) => path.startsWith('dist/electron/'))).toEqual([
    'dist/electron/demo-worker.cjs',
    'dist/electron/main.js',
    'dist/electron/opened-worker.cjs',
    'dist/electron/preload.cjs',
  ])
  expect(files).toContain('dist/renderer/index.html')
})

test('no sources, no maps, no tests, no secrets of the build', () => {
  const files = packed()
  expect(files.filter((path) => /\.(tsx?|map|md)$|\.test\.|node_modules|\/\./.test(path))).toEqual([])
  for (const path of files.filter((file) => /\.(js|cjs|css)$/.test(file)))
    expect(text(path), path).not.toMatch(/sourceMappingURL=/)
})

test('package.json names the program and nothing of how it is built', () => {
  const content = JSON.parse(text('package.json')) as Record<string, unknown>
  expect(content).toMatchObject({
    name: 'clew',
    main: 'dist/electron/main.js',
    type: 'module',
    desktopName: 'clew.desktop',
  })
  expect(
    Object.keys(content).filter((key) => ['scripts', 'devDependencies', 'dependencies'].includes(key)),
  ).toEqual([])
})

test('the page loads only its own files, all of which are inside', () => {
  const html = text('dist/renderer/index.html')
  const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
  expect(addresses.length).toBeGreaterThan(1)
  expect(addresses.filter((address) => !packed().includes(`dist/renderer${address}`))).toEqual([])
  // An inline script or handler would be refused by the policy, and the page would stay empty.
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/)
})

test('the policy that is shipped has no eval and no inline script', () => {
  const policy =
    /default-src 'none'[^`]{0,600}?frame-ancestors 'none'/.exec(text('dist/electron/main.js'))?.[0] ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;"']*'unsafe-inline'/)
})

test('main imports nothing but Electron and Node', () => {
  const imports = [...text('dist/electron/main.js').matchAll(/^import\b[^'"]*["']([^'"]+)["']/gm)].map(
    ([, name]) => name,
  )
  expect(imports).toContain('electron')
  expect(imports.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([])
})

test('the preload is a script that needs nothing but Electron', () => {
  const script = text('dist/electron/preload.cjs')
  expect(script).not.toMatch(/^import\b/m)
  expect([...script.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron'])
})

test('the fuses are set: no Node mode, no debugger, only the checked archive', () => {
  const binary = readFileSync(join(folder, 'clew'))
  const at = binary.indexOf(fuseSentinel) + fuseSentinel.length
  const [version, count] = binary.subarray(at, at + 2)
  expect([version, count]).toEqual([1, 9])
  // In the order of Electron's list; r: removed there.
  const states = binary.subarray(at + 2, at + 2 + count).toString()
  const names = [
    'runAsNode',
    'enableCookieEncryption',
    'enableNodeOptionsEnvironmentVariable',
    'enableNodeCliInspectArguments',
    'enableEmbeddedAsarIntegrityValidation',
    'onlyLoadAppFromAsar',
    'loadBrowserProcessSpecificV8Snapshot',
    'grantFileProtocolExtraPrivileges',
  ]
  const set = Object.fromEntries(names.map((name, index) => [name, states[index] === '1']))
  expect(set).toMatchObject({ ...packing.electronFuses })
})

test('every file of the archive carries the hash it is checked by', () => {
  const unchecked: string[] = []
  const walk = (node: unknown, path: string): void => {
    const { files, integrity } = node as { files?: Record<string, unknown>; integrity?: unknown }
    for (const [name, child] of Object.entries(files ?? {})) walk(child, `${path}/${name}`)
    if (files === undefined && integrity === undefined) unchecked.push(path)
  }
  walk(getRawHeader(archive).header, '')
  expect(unchecked).toEqual([])
})

test('beside the archive lie only the binary and its own files', () => {
  expect(readdirSync(folder).toSorted()).toEqual([
    'LICENSE.electron.txt',
    'LICENSES.chromium.html',
    'clew',
    'locales',
    'resources',
    'version',
  ])
  expect(statSync(archive).size).toBeLessThan(20_000_000)
})

test('the system is told of clew:// links and of the files that Clew opens; Windows gives no .json away', () => {
  expect(packing.protocols).toEqual([{ name: 'Clew link', schemes: ['clew'] }])
  for (const system of [packing.linux, packing.mac])
    expect(extensions(system?.fileAssociations)).toEqual(expect.arrayContaining(['clew', 'json', 'ndjson']))
  expect(extensions(packing.win?.fileAssociations)).toEqual(['clew'])
})
