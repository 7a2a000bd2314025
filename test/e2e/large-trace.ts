/** A trace of 20,000 spans, read by a worker in which something is different. */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { jaegerJson } from '../builders/generate-trace.ts'
import { test } from './clew.ts'

/** The test where Clew has opened `large.json`; `script` runs in the trace worker before anything else does. */
export const testWithLargeTrace = (script: string) =>
  test.extend({
    clewArgs: async ({ profile }, use) => {
      const file = join(profile, 'large.json')
      await pipeline(Readable.from(jaegerJson({ spanCount: 20_000, seed: 1 })), createWriteStream(file))
      await use([file])
    },
    context: async ({ context }, use) => {
      await context.route(/\/trace\.worker\b.*\.js/u, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: `{${script}}\n${await response.text()}` })
      })
      await use(context)
    },
  })
