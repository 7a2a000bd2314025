import { chmod, mkdtemp, readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SourceInput } from '#shared/api/contract'
import { openProfile, type Profile } from './profile.ts'
import { secretFile } from './secret-file.ts'
import { openSourceStore } from './source-store.ts'

const newProfile = async (): Promise<Profile> => openProfile(await mkdtemp(join(tmpdir(), 'clew-sources-')))
const reopen = (profile: Profile) => openSourceStore(profile, secretFile(profile))

const input: SourceInput = {
  name: 'Shop',
  kind: 'tempo',
  url: 'https://tempo.example/prefix',
  auth: { kind: 'basic', user: 'me', password: { kind: 'new', value: 'p-secret' } },
  headers: [{ name: 'X-Key', value: { kind: 'new', value: 'h-secret' } }],
  tenant: 'blue',
  tls: { ca: 'CA', clientCert: 'CERT', clientKey: { kind: 'new', value: 'k-secret' }, skipVerify: true },
  timeoutMs: 5000,
}

test('a connection and its secrets come back in the next run', async () => {
  const profile = await newProfile()
  const added = await (await reopen(profile)).add(input)
  const store = await reopen(profile)
  expect(await store.list()).toEqual([added])
  expect(await store.get(added.id)).toMatchObject({
    auth: { kind: 'basic', user: 'me', password: 'p-secret' },
    headers: [{ name: 'X-Key', value: 'h-secret' }],
    tls: { ca: 'CA', clientCert: 'CERT', clientKey: 'k-secret', skipVerify: true },
  })
})

test('no secret stands in the connections file', async () => {
  const profile = await newProfile()
  await (await reopen(profile)).add(input)
  await (
    await reopen(profile)
  ).add({ ...input, auth: { kind: 'bearer', token: { kind: 'new', value: 't-secret' } } })
  const text = await readFile(join(profile.folder, 'connections.json'), 'utf8')
  expect(text).toContain('tempo.example')
  expect(text).not.toMatch(/[phkt]-secret/)
})

test('secrets lie in a file only the user can read, and go with their connection', async () => {
  const profile = await newProfile()
  const store = await reopen(profile)
  const { id } = await store.add(input)
  expect((await stat(join(profile.folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
  await store.remove(id)
  expect(await readdir(profile.folder)).toEqual(['connections.json'])
})

test('sources of the command line are not written', async () => {
  const profile = await newProfile()
  const store = await reopen(profile)
  await store.add(input, 'run')
  expect(await (await reopen(profile)).list()).toEqual([])
  expect(await readdir(profile.folder)).toEqual([])
})

test('a secrets file that others could read is narrowed and said', async () => {
  const profile = await newProfile()
  await (await reopen(profile)).add(input)
  const path = join(profile.folder, 'secrets.json')
  await chmod(path, 0o644)
  await reopen(profile)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(profile.notices).toEqual([
    expect.stringContaining('could be read by other users of this machine (mode 0644)'),
  ])
})

test('a damaged connections file is set aside and said with what is wrong in it', async () => {
  const profile = await newProfile()
  const connections = [
    { id: 'x', name: 'X', kind: 'jaegr', url: 'http://a', auth: { kind: 'none' }, headers: [] },
  ]
  await writeFile(join(profile.folder, 'connections.json'), JSON.stringify({ version: 1, connections }))
  expect(await (await reopen(profile)).list()).toEqual([])
  expect(profile.notices[0]).toMatch(
    /^connections\.json could not be understood \(.*Invalid option.*\); it was set aside/,
  )
  expect((await readdir(profile.folder))[0]).toMatch(/^connections\.json\.damaged-/)
})

test('two Clews on one profile do not lose what the other added', async () => {
  const profile = await newProfile()
  const [one, other] = [await reopen(profile), await reopen(profile)]
  await one.add({ ...input, name: 'One' })
  await other.add({ ...input, name: 'Other' })
  const both = await reopen(profile)
  expect((await both.list()).map((source) => source.name).toSorted()).toEqual(['One', 'Other'])
  expect(await both.get('one')).toMatchObject({ auth: { password: 'p-secret' } })
})

test('what another Clew on the profile changed or removed is not brought back', async () => {
  const profile = await newProfile()
  const first = await reopen(profile)
  await first.add({ ...input, name: 'Stays' })
  await first.add({ ...input, name: 'Goes' })
  const other = await reopen(profile)
  await other.change('stays', { ...input, name: 'Stays', tenant: 'green' })
  await other.remove('goes')
  await first.add({ ...input, name: 'New' })
  const all = await (await reopen(profile)).list()
  expect(all.map(({ name, tenant }) => [name, tenant])).toEqual([
    ['Stays', 'green'],
    ['New', 'blue'],
  ])
})
