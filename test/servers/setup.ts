/** Builds, starts and feeds the servers before the tests, and stops them after; Vitest and Playwright both call it. */
import { rmSync } from 'node:fs'

import { buildServers } from './build.ts'
import { startFleet, writeFleetFile } from './fleet.ts'

export default async function setup(): Promise<() => Promise<void>> {
  // Servers that `run.ts` started are used as they are.
  if (process.env['CLEW_FLEET']) return async () => {}
  buildServers()
  const fleet = await startFleet((line) => console.log(`servers: ${line}`))
  const file = writeFleetFile(fleet)
  process.env['CLEW_FLEET'] = file
  return async () => {
    await fleet.stop()
    rmSync(file, { force: true })
  }
}
