/** The browser shell as a process: what it prints, what it keeps, how it ends. */
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, startClew, test } from './clew.ts'

test('a mistake on the command line starts nothing and says what to type', async ({ profile }) => {
  await expect(startClew(['--conect', 'jaeger=http://127.0.0.1:1'], profile)).rejects.toThrow(
    'Clew ended with 2 before it was ready: --conect is not an option of Clew; did you mean --connect?',
  )
  await expect(startClew(['--demo', 'meltdown'], profile)).rejects.toThrow(
    'There is no scenario “meltdown”; there are pool-exhaustion, ',
  )
})

test('a port that is taken starts nothing and says so', async ({ profile, clew }) => {
  const { port } = new URL(clew.url)
  await expect(startClew(['--port', port], profile)).rejects.toThrow(`Port ${port} is in use.`)
})

test('a damaged profile is set aside and said, and Clew starts', async ({ profile, request }) => {
  await writeFile(join(profile, 'connections.json'), 'not json')
  const clew = await startClew([], profile)
  expect(clew.stderr()).toMatch(
    /connections\.json could not be understood .* set aside as .*connections\.json\.damaged-/,
  )
  await request.get(clew.address)
  const info = (await (await request.get(`${clew.url}/api/app`)).json()) as { notices: string[] }
  expect(info.notices).toHaveLength(1)
  await clew.stop()
})

test('a connection and its secret outlive a restart; the secret is the user’s alone', async ({
  profile,
  request,
}) => {
  const first = await startClew([], profile)
  await request.get(first.address)
  const added = await request.post(`${first.url}/api/sources`, {
    headers: { origin: first.url },
    data: {
      name: 'Shop',
      kind: 'jaeger',
      url: 'http://127.0.0.1:16686',
      auth: { kind: 'bearer', token: { kind: 'new', value: 'hunter2' } },
      headers: [],
      tenant: '',
      tls: { ca: '', clientCert: '', clientKey: { kind: 'none' }, skipVerify: false },
      timeoutMs: 1000,
    },
  })
  expect(added.ok()).toBe(true)
  await first.stop()

  const second = await startClew([], profile)
  await request.get(second.address)
  const sources = await (await request.get(`${second.url}/api/sources`)).text()
  expect(JSON.parse(sources)).toMatchObject([
    { name: 'Shop', auth: { kind: 'bearer', token: { kind: 'kept' } } },
  ])
  expect(sources).not.toContain('hunter2')
  expect((await stat(join(profile, 'secrets.json'))).mode & 0o777).toBe(0o600)
  await second.stop()
})

test('connections of the command line last for the run', async ({ profile, request }) => {
  const first = await startClew(['--connect', 'tempo=127.0.0.1:3200'], profile)
  await request.get(first.address)
  expect(await (await request.get(`${first.url}/api/sources`)).json()).toMatchObject([
    { name: 'Tempo', kind: 'tempo', url: 'http://127.0.0.1:3200', lasts: 'run' },
  ])
  await first.stop()
  const second = await startClew([], profile)
  await request.get(second.address)
  expect(await (await request.get(`${second.url}/api/sources`)).json()).toEqual([])
  await second.stop()
})

test('npm start without a display says in one sentence why there is no window, and answers', async ({
  profile,
}) => {
  test.skip(process.platform !== 'linux', 'only Linux is without a display')
  const program = fileURLToPath(new URL('../../build/start.ts', import.meta.url))
  const bare = { PATH: process.env['PATH'], HOME: process.env['HOME'], ELECTRON_OVERRIDE_DIST_PATH: profile }
  const clew = await startClew([], profile, program, bare)
  expect(clew.stdout()).toBe(`Clew is ready at ${clew.address}\n`)
  expect(clew.stderr()).toBe(
    "Electron's binary is not installed here, so Clew runs in your browser instead of a window of its own.\n",
  )
  expect(await clew.stop()).toBe(0)
})
