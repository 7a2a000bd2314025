import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { toApiError } from '../handler/answers.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { defaultProfileFolder, openProfile, ProfileError } from './profile.ts'

const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'clew-profile-'))

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', {}, '/home/me/.local/share/clew'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/clew'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/me/.local/share/clew'],
  ['darwin', {}, '/home/me/Library/Application Support/Clew'],
])('on %s with %j the profile is %s', (system, env, folder) => {
  expect(defaultProfileFolder(env, system, '/home/me')).toBe(folder)
})

test('a new profile is a folder only its owner may enter', async () => {
  const folder = join(await temporaryFolder(), 'a', 'b')
  await openProfile(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})

test('a profile with wider permissions is narrowed', async () => {
  const folder = await temporaryFolder()
  await chmod(folder, 0o755)
  await openProfile(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})

test.runIf(process.platform === 'linux')(
  'one whose permissions cannot be changed is used, and that others may read it is said',
  async () => {
    const { notices } = await openProfile('/proc/sys')
    expect(notices).toEqual([
      expect.stringMatching(/^Others may read \/proc\/sys, and that could not be changed \(.*\)\.$/),
    ])
  },
)

test('a profile that cannot be made is refused with a sentence', async () => {
  const file = join(await temporaryFolder(), 'file')
  await writeFile(file, '')
  await expect(openProfile(join(file, 'profile'))).rejects.toThrow(ProfileError)
  await expect(openProfile(file)).rejects.toThrow(/cannot be used .* Name another with --profile DIR\./)
})

test.runIf(process.platform === 'linux')(
  'a profile in a place where no folder can be made is refused, not waited for',
  async () => {
    // In a process of its own: what hangs there would hang the tests, past any time limit of theirs.
    const program = `import { makeProfileFolder } from ${JSON.stringify(import.meta.resolve('./profile.ts'))}
      try { makeProfileFolder('/proc/nope/deeper') } catch (error) { console.log(error.message) }`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { timeout: 10_000, killSignal: 'SIGKILL' },
    )
    expect(stdout).toMatch(/^The profile folder \/proc\/nope\/deeper cannot be used .* --profile DIR\.\n$/)
  },
)

test('writing replaces a file whole and leaves nothing beside it', async () => {
  const profile = await openProfile(await temporaryFolder())
  await profile.write('x.json', 'first, and longer')
  await profile.write('x.json', 'second')
  expect(await readFile(join(profile.folder, 'x.json'), 'utf8')).toBe('second')
  expect((await stat(join(profile.folder, 'x.json'))).mode & 0o777).toBe(0o600)
  expect(await readdir(profile.folder)).toEqual(['x.json'])
})

test('a write that fails names the file and leaves the old content', async () => {
  const profile = await openProfile(await temporaryFolder())
  await profile.write('x.json', 'old')
  // A name with a folder that is not there fails like a full disk does: after the old file was written.
  const failure: unknown = await profile.write('missing/x.json', 'new').catch((thrown: unknown) => thrown)
  expect(toApiError(failure)).toMatchObject({
    message: expect.stringMatching(/missing\/x\.json cannot be written \(/),
    advice: expect.stringContaining('Make room on the disk'),
  })
  expect((await profile.read('x.json'))?.toString()).toBe('old')
})

test('a file that is not there is undefined', async () => {
  const profile = await openProfile(await temporaryFolder())
  expect(await profile.read('none.json')).toBeUndefined()
})

test('a damaged JSON file is set aside and said, not lost', async () => {
  const profile = await openProfile(await temporaryFolder())
  await writeFile(join(profile.folder, 'x.json'), '{"half":')
  expect(await readJsonFile(profile, 'x.json', (value) => value)).toBeUndefined()
  const names = await readdir(profile.folder)
  expect(names).toHaveLength(1)
  expect(names[0]).toMatch(/^x\.json\.damaged-/)
  expect(await readFile(join(profile.folder, names[0]), 'utf8')).toBe('{"half":')
  expect(profile.notices).toEqual([
    expect.stringMatching(/^x\.json could not be understood \(.+\); it was set aside as /),
  ])
})

test('JSON goes out and comes back', async () => {
  const profile = await openProfile(await temporaryFolder())
  await writeJsonFile(profile, 'x.json', { a: [1, 'ü'] })
  expect(await readJsonFile(profile, 'x.json', (value) => value)).toEqual({ a: [1, 'ü'] })
})
