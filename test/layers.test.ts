/** Imports point one way. Change the table on purpose, with the reason in ARCHITECTURE.md. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { importsOf } from './imports-of.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const shared = [
  'shared/base',
  'shared/trace',
  'shared/import',
  'shared/derive',
  'shared/query',
  'shared/logs',
  'shared/metrics',
  'shared/map',
  'shared/correlate',
  'shared/thread',
  'shared/investigation',
  'shared/api',
]
const features = [
  'start',
  'metrics',
  'connections',
  'search',
  'logs',
  'open',
  'waterfall',
  'flame',
  'map',
  'settings',
  'span-table',
  'investigation',
].map((name) => `renderer/${name}`)
const page = [
  'renderer/state',
  'renderer/ui',
  'renderer/chart',
  'renderer/pivots',
  'renderer/thread',
  'renderer/sources',
  'renderer/time',
  'renderer/logql',
  ...shared,
]

/** Folder → folders it may import besides itself. A file belongs to the longest folder of this table that holds it. */
const table: Readonly<Record<string, readonly string[]>> = {
  'shared/base': [],
  'shared/trace': ['shared/base'],
  'shared/import': ['shared/trace', 'shared/base'],
  'shared/derive': ['shared/trace', 'shared/base'],
  'shared/query': ['shared/base'],
  'shared/logs': ['shared/base'],
  'shared/metrics': ['shared/query', 'shared/derive', 'shared/base'],
  'shared/map': ['shared/trace', 'shared/metrics', 'shared/derive', 'shared/base'],
  // A pivot is a query in the language of the signal it leads to, traces are asked for as the contract has it, and a ladder ends with what
  // its sources answered.
  'shared/correlate': [
    'shared/api',
    'shared/query',
    'shared/logs',
    'shared/metrics',
    'shared/derive',
    'shared/trace',
    'shared/base',
  ],
  'shared/thread': ['shared/base'],
  // What is kept of an investigation is what its queries read, and how its spans compared with others.
  'shared/investigation': [
    'shared/thread',
    'shared/correlate',
    'shared/query',
    'shared/metrics',
    'shared/logs',
    'shared/trace',
    'shared/base',
  ],
  'shared/api': ['shared/trace', 'shared/base'],
  // The demo shop knows nothing of who reads what it leaves behind.
  'shared/simulate/engine': [],
  'shared/simulate/parts': ['shared/simulate/engine'],
  'shared/simulate/shop': ['shared/simulate/parts', 'shared/simulate/engine'],
  'shared/simulate/metrics': ['shared/simulate/parts', 'shared/simulate/engine'],
  'shared/simulate/otlp': ['shared/simulate/metrics', 'shared/simulate/parts'],
  'shared/simulate': ['engine', 'parts', 'shop', 'metrics', 'otlp'].map(
    (folder) => `shared/simulate/${folder}`,
  ),

  'electron/backends': shared,
  'electron/local': [
    'electron/backends',
    'shared/simulate',
    'shared/simulate/metrics',
    'shared/simulate/otlp',
    'shared/simulate/parts',
    ...shared,
  ],
  'electron/handler': ['electron/local', 'electron/backends', ...shared],
  'electron/shell': ['electron/handler', 'electron/local', 'electron/backends', ...shared],
  // main.ts, browser.ts and preload.ts themselves.
  electron: ['electron/shell', 'electron/handler', ...shared],

  'renderer/worker': shared,
  'renderer/client': ['renderer/worker', ...shared],
  'renderer/state': ['renderer/client', 'renderer/worker', ...shared],
  'renderer/ui': shared,
  'renderer/chart': ['renderer/ui', ...shared],
  // Ways between signals begin on every page.
  'renderer/pivots': ['renderer/state', 'renderer/ui', ...shared],
  // A step is named and annotated in the trail and on the page of the investigation.
  'renderer/thread': ['renderer/state', 'renderer/ui', ...shared],
  'renderer/sources': ['renderer/state', 'renderer/ui', ...shared],
  'renderer/time': ['renderer/state', 'renderer/ui', ...shared],
  // Written where lines are read, and where they are counted.
  'renderer/logql': ['renderer/ui', ...shared],
  ...Object.fromEntries(features.map((feature) => [feature, page])),
  'renderer/app': [...features, ...page],
  // main.tsx itself.
  renderer: ['renderer/app', 'renderer/state', 'renderer/ui'],
}

/** Arrows for types alone: they are erased, so nothing is loaded through them. */
const typeTable: Readonly<Record<string, readonly string[]>> = {
  // A reader's refusal is shown as it is, so it has the shape of every other failure.
  'shared/import': ['shared/api'],
  // Labels mean the same in a line as in the contract.
  'shared/logs': ['shared/api'],
  // A chart is made of an answer.
  'shared/metrics': ['shared/api'],
  // A service graph is made of an answer.
  'shared/map': ['shared/api'],
  // What is kept is what was answered.
  'shared/investigation': ['shared/api'],
  // What is written down of a run is read from the run.
  'shared/simulate/metrics': ['shared/simulate'],
  'shared/simulate/otlp': ['shared/simulate'],
  // What the worker and the handler answer is drawn as it comes.
  ...Object.fromEntries(
    [...features, 'renderer/app'].map((area) => [area, ['renderer/client', 'renderer/worker']]),
  ),
}

/** What only tests may import, wherever they are. */
const forTests = ['test/builders', 'test/fixtures']

const files = globSync('{shared,electron,renderer}/**/*.{ts,tsx}', { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
)
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file)

function areaOf(file: string, areas: readonly string[] = Object.keys(table)): string | undefined {
  return areas
    .filter((area) => file.startsWith(`${area}/`))
    .toSorted((one, other) => other.length - one.length)[0]
}

/** The file a specifier names, relative to the project; undefined for a package. */
function targetOf(file: string, specifier: string): string | undefined {
  const [bare] = specifier.split('?', 1)
  if (bare.startsWith('#shared/')) return `${bare.slice(1)}.ts`
  if (!bare.startsWith('.')) return undefined
  return relative(root, join(root, dirname(file), bare)).replaceAll('\\', '/')
}

const imports = files.flatMap((file) => importsOf(join(root, file)).map((found) => ({ file, ...found })))

test('every folder with code is in the table', () => {
  const unknown = files.filter((file) => {
    const area = areaOf(file)
    // `electron`, `renderer` and `shared` hold only the files directly in them.
    return area === undefined || (!area.includes('/') && dirname(file) !== area)
  })
  expect(unknown).toEqual([])
})

test('every folder of the table has code', () => {
  expect(Object.keys(table).filter((area) => !files.some((file) => areaOf(file) === area))).toEqual([])
})

test('imports point one way', () => {
  const wrong = imports
    .filter(({ file, specifier, typeOnly }) => {
      const target = targetOf(file, specifier)
      if (target === undefined) return false
      const from = areaOf(file)
      const to = areaOf(target) ?? areaOf(target, forTests)
      if (from === undefined || to === undefined) return true
      if (from === to || table[from].includes(to)) return false
      return !(typeOnly && typeTable[from]?.includes(to)) && !(isTest(file) && forTests.includes(to))
    })
    .map(({ file, specifier }) => `${file} imports ${specifier}`)
  expect(wrong).toEqual([])
})

test('the contract takes only types from the data model', () => {
  const wrong = imports.filter(
    ({ file, specifier, typeOnly }) =>
      areaOf(file) === 'shared/api' && targetOf(file, specifier)?.startsWith('shared/trace/') && !typeOnly,
  )
  expect(wrong).toEqual([])
})

test('shared code is spelled #shared from outside, and relative paths stay in their top folder', () => {
  const wrong = imports
    .filter(({ file, specifier }) => {
      const target = targetOf(file, specifier)
      // A page of text is no module: `#shared/*` cannot name it.
      if (target === undefined || !specifier.startsWith('.') || specifier.endsWith('.md?raw')) return false
      return target.split('/')[0] !== file.split('/')[0] && !isTest(file)
    })
    .map(({ file, specifier }) => `${file} imports ${specifier}`)
  expect(wrong).toEqual([])
})

test('the page knows neither Node nor Electron', () => {
  const wrong = imports
    .filter(
      ({ file, specifier }) =>
        file.startsWith('renderer/') && !isTest(file) && /^(node:|electron(\/|$))/.test(specifier),
    )
    .map(({ file, specifier }) => `${file} imports ${specifier}`)
  expect(wrong).toEqual([])
})

test('only the worker imports readers, and only the worker client starts the worker', () => {
  const wrong = imports
    .filter(
      ({ file, specifier, typeOnly }) =>
        file.startsWith('renderer/') &&
        !isTest(file) &&
        !typeOnly &&
        /\.worker(\.ts)?(\?|$)/.test(specifier) &&
        areaOf(file) !== 'renderer/client' &&
        areaOf(file) !== 'renderer/worker' &&
        !specifier.startsWith('monaco-editor'),
    )
    .map(({ file, specifier }) => `${file} imports ${specifier}`)
  expect(wrong).toEqual([])
})

/** Packages that compute and nothing else: they neither draw, nor read files, nor look at the clock. */
const purePackages =
  /^(@grafana\/lezer-(logql|traceql)|@lezer\/common|@prometheus-io\/lezer-promql|fflate|pbf|re2js|zod\/mini)$/

test('shared code imports no Node and no package but pure ones', () => {
  const wrong = imports
    .filter(
      ({ file, specifier }) =>
        file.startsWith('shared/') &&
        !isTest(file) &&
        targetOf(file, specifier) === undefined &&
        !purePackages.test(specifier),
    )
    .map(({ file, specifier }) => `${file} imports ${specifier}`)
  expect(wrong).toEqual([])
})

test('shared code looks at no clock, no chance, no network', () => {
  // The compiler has no DOM and no Node types there; these few are part of the language, or would be reached through globalThis.
  const impure = /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|globalThis)\b/
  const wrong = files.filter(
    (file) =>
      file.startsWith('shared/') &&
      !isTest(file) &&
      impure.test(withoutComments(readFileSync(join(root, file), 'utf8'))),
  )
  expect(wrong).toEqual([])
})

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

test('every relative import names a file that is there', () => {
  const endings = ['', '.ts', '.tsx', '/index.ts']
  const wrong = imports
    .filter(({ file, specifier }) => {
      const target = targetOf(file, specifier)
      return (
        target !== undefined &&
        !endings.some(
          (ending) =>
            existsSync(join(root, target + ending)) && statSync(join(root, target + ending)).isFile(),
        )
      )
    })
    .map(({ file, specifier }) => `${file} imports ${specifier}`)
  expect(wrong).toEqual([])
})
