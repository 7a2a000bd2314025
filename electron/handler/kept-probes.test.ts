import { expect, test } from 'vitest'
import type { ProbeReport } from '#shared/api/contract'
import type { SourceTarget } from '../backends/target'
import { createKeptProbes } from './kept-probes'

const target = { id: 'tempo', name: 'Tempo', url: 'http://tempo:3200' } as SourceTarget
const well = { ok: true, product: 'Tempo' } as ProbeReport
const ill = { ok: false } as ProbeReport

/** Asks at each moment, in ms; whether the server was asked then. */
async function askedAt(
  moments: readonly number[],
  report: ProbeReport = well,
  targets: readonly SourceTarget[] = [],
): Promise<readonly boolean[]> {
  let nowMs = 0
  const probes = createKeptProbes(() => nowMs)
  const asked: boolean[] = []
  for (const [index, moment] of moments.entries()) {
    nowMs = moment
    let isAsked = false
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const answer = await probes.askedLately(targets[index] ?? target, async () => {
      isAsked = true
      return report
    })
    expect(answer).toBe(report)
    asked.push(isAsked)
  }
  return asked
}

test('a server that is well is asked once a minute', async () => {
  expect(await askedAt([0, 1_000, 54_000, 60_000, 61_000])).toEqual([true, false, false, true, false])
})

test('one that did not answer is asked again, and so is one whose connection was changed', async () => {
  expect(await askedAt([0, 1_000], ill)).toEqual([true, true])
  expect(await askedAt([0, 1_000], well, [target, { ...target, url: 'http://other:3200' }])).toEqual([
    true,
    true,
  ])
})

test('what is forgotten is asked anew', async () => {
  const probes = createKeptProbes(() => 0)
  await probes.askedLately(target, async () => well)
  probes.forget(target.id)
  expect(await probes.askedLately(target, async () => ill)).toBe(ill)
})
