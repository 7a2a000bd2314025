import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { KeptFacts } from '#shared/correlate/kept-facts'
import { openFactStore } from './fact-store.ts'
import { openProfile } from './profile.ts'

const newProfile = async () => openProfile(await mkdtemp(join(tmpdir(), 'clew-facts-')))

const traces = (service: string): KeptFacts => ({
  traces: { of: 'a', facts: { services: [service], isPart: false, tookMs: 1, learnedMs: 1 } },
})

test('facts of a kept connection are there in the next run, and go with it', async () => {
  const profile = await newProfile()
  await openFactStore(profile).put('tempo', traces('order'), 'kept')
  await openFactStore(profile).put('jaeger', traces('pay'), 'kept')
  const store = openFactStore(profile)
  expect([await store.get('tempo'), await store.get('jaeger')]).toEqual([traces('order'), traces('pay')])
  await store.remove('tempo')
  expect(await openFactStore(profile).get('tempo')).toEqual({})
  expect(await openFactStore(profile).get('jaeger')).toEqual(traces('pay'))
})

test('facts of what lasts for a run are there as long as it does, and are not written', async () => {
  const profile = await newProfile()
  const store = openFactStore(profile)
  await store.put('demo:a:1', traces('order'), 'run')
  expect(await store.get('demo:a:1')).toEqual(traces('order'))
  expect(await readdir(profile.folder)).toEqual([])
  expect(await openFactStore(profile).get('demo:a:1')).toEqual({})
})

test('a part that is put leaves the others', async () => {
  const profile = await newProfile()
  const store = openFactStore(profile)
  const metrics: KeptFacts = {
    metrics: {
      of: 'a',
      facts: { measures: [], exemplars: [], sampled: 0, isPart: true, tookMs: 1, learnedMs: 1 },
    },
  }
  await Promise.all([store.put('a', traces('order'), 'kept'), store.put('a', metrics, 'kept')])
  expect(await store.get('a')).toEqual({ ...traces('order'), ...metrics })
})

test.each([
  ['damaged', '{"version":2,"sources":{"tempo":'],
  ['no facts', '[]'],
  ['of a newer Clew', JSON.stringify({ version: 3, sources: { tempo: traces('order') } })],
  ['of another shape', JSON.stringify({ version: 2, sources: { tempo: { traces: 'order' } } })],
])('what is %s is not believed, and written over', async (_, content) => {
  const profile = await newProfile()
  await writeFile(join(profile.folder, 'facts.json'), content)
  const store = openFactStore(profile)
  expect(await Promise.all([store.get('tempo'), store.get('tempo')])).toEqual([{}, {}])
  await store.put('tempo', traces('pay'), 'kept')
  expect(await openFactStore(profile).get('tempo')).toEqual(traces('pay'))
})

test('two Clews on one profile lose nothing of each other', async () => {
  const profile = await newProfile()
  const [one, other] = [openFactStore(profile), openFactStore(profile)]
  await one.put('a', traces('order'), 'kept')
  await other.put('b', traces('pay'), 'kept')
  const { sources } = JSON.parse(await readFile(join(profile.folder, 'facts.json'), 'utf8')) as {
    sources: object
  }
  expect(Object.keys(sources)).toEqual(['a', 'b'])
  expect(await one.get('b')).toEqual(traces('pay'))
})
