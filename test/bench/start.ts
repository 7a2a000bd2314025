import type { Benchmark } from './measure.ts'
import { Samples } from './measure.ts'
import { withClew, withPage } from './program.ts'

/** From the start of the built program to its first answer, and from opening its address to a page one can use. */
export const start: Benchmark = {
  name: 'start',
  async run({ runs }) {
    const samples = new Samples()
    for (let run = 0; run < runs; run++) {
      await withClew([], async (clew, startedMs) => {
        const before = performance.now()
        const answer = await fetch(clew.address, { redirect: 'manual' })
        if (answer.status !== 303) throw new Error(`Clew answered ${answer.status}`)
        samples.add(
          { name: 'browser shell answers after start', size: '', unit: 'ms', goal: 1000 },
          startedMs + performance.now() - before,
        )

        await withPage(async (page) => {
          const opened = performance.now()
          await page.goto(clew.address, { waitUntil: 'commit' })
          await page.getByRole('main').getByRole('button').first().waitFor()
          samples.add(
            { name: 'first page usable', size: '', unit: 'ms', goal: 1500 },
            performance.now() - opened,
          )
        })
      })
    }
    return samples.measurements()
  },
}
