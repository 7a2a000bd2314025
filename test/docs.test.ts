/** What the pages say is there, is there; and nothing of the machine it was written on. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseCommandLine } from '../electron/shell/command-line.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Tracked files, and those that are about to be: a file is checked before it is committed. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))
const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('test/fixtures/'))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const topFolders = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/', 1)[0]))

test('the pages a newcomer reads are there', () => {
  expect(
    ['README.md', 'ARCHITECTURE.md', 'LICENSE', 'shared/api/routes.md'].filter(
      (file) => !files.includes(file),
    ),
  ).toEqual([])
})

test('every link inside the project leads to a file or a heading', () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^[a-z]+:/i.test(target))
      .filter((target) => {
        const [path, heading] = target.split('#')
        const file = path === '' ? page : join(dirname(page), path)
        if (!existsSync(join(root, file))) return true
        return heading !== undefined && file.endsWith('.md') && !headingsOf(file).includes(heading)
      })
      .map((target) => `${page}: ${target}`),
  )
  expect(broken).toEqual([])
})

function headingsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('every file a page names in code marks exists', () => {
  const missing = pages.flatMap((page) =>
    [...read(page).matchAll(/`([\w.@-]+(?:\/[\w.@-]+)+\/?)`/g)]
      .map(([, path]) => path)
      .filter((path) => topFolders.has(path.split('/', 1)[0]))
      .filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(page), path)))
      .map((path) => `${page}: ${path}`),
  )
  expect(missing).toEqual([])
})

test('every npm script a page names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const known = new Set([...Object.keys(scripts), 'ci', 'install'])
  const unknown = pages.flatMap((page) =>
    [...read(page).matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)]
      .map(([, script]) => script)
      .filter((script) => !known.has(script))
      .map((script) => `${page}: npm ${script}`),
  )
  expect(unknown).toEqual([])
})

test('every option the README gives to npm start is understood', () => {
  const words = [...read('README.md').matchAll(/npm start -- ([^\n`#]+)/g)].map(([, line]) =>
    line.trim().split(/\s+/),
  )
  expect(words.length).toBeGreaterThan(0)
  const refused = words
    // Placeholders such as [FILE…] show the form, not a command.
    .filter((line) => !line.some((word) => /[[…]/.test(word)))
    .map((line) => parseCommandLine(line))
    .filter((result) => result.kind === 'refused')
  expect(refused).toEqual([])
})

const ofThisMachine =
  /\/work\/(main|shared)|\/root\/\w|\/home\/(?!me\/|me['"`])\w+\/|registry\.npmjs|artifactory|_authToken/

test('no tracked file holds a path of a machine or the host of a registry', () => {
  const found = files
    .filter((file) => !/\.(png|gz|pb|woff2?|ico|zip)$/.test(file) && file !== 'test/docs.test.ts')
    .flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, at) =>
          ofThisMachine.test(line) ? [`${file}:${at + 1}: ${line.trim().slice(0, 120)}`] : [],
        ),
    )
  expect(found).toEqual([])
})

test('the lock file pins content, not the registry it came from', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, Record<string, unknown>>
  }
  const entries = Object.entries(packages).filter(([name, entry]) => name !== '' && entry['link'] !== true)
  expect(entries.filter(([, entry]) => entry['resolved'] !== undefined).map(([name]) => name)).toEqual([])
  expect(entries.filter(([, entry]) => entry['integrity'] === undefined).map(([name]) => name)).toEqual([])
})
