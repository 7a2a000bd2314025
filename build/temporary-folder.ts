/** Whatever unit tests and the code under them put into the temporary folder goes into one of this run's, and away with it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Vitest's global set-up: runs before any thread is started, which then inherits the environment. Answers with how to end it. */
export default function useOwnTemporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'clew-unit-'))
  process.env['TMPDIR'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
