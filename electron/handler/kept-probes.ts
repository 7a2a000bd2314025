/** What servers said lately when they were asked what they are: a reload of the page, and another window, ask none of them again. */
import type { ProbeReport } from '#shared/api/contract'
import type { SourceTarget } from '../backends/target.ts'

/** The page asks again after a minute: then it is a new question. */
const keptMs = 55_000

interface Kept {
  readonly settings: string
  readonly atMs: number
  readonly report: ProbeReport
}

export interface KeptProbes {
  /** What is kept of the connection as it is set now; otherwise what `ask` says, which is kept where it is well. */
  askedLately(target: SourceTarget, ask: () => Promise<ProbeReport>): Promise<ProbeReport>
  /** The next question is asked anew. */
  forget(id: string): void
}

/** `now`: milliseconds; the clock unless a test gives its own. */
export function createKeptProbes(now: () => number = Date.now): KeptProbes {
  const known = new Map<string, Kept>()
  return {
    async askedLately(target, ask) {
      const settings = JSON.stringify(target)
      const kept = known.get(target.id)
      if (kept && kept.settings === settings && now() - kept.atMs < keptMs) return kept.report
      known.delete(target.id)
      const atMs = now()
      const report = await ask()
      // Who has fallen silent may be back at any moment.
      if (report.ok) known.set(target.id, { settings, atMs, report })
      return report
    },
    forget: (id) => void known.delete(id),
  }
}
