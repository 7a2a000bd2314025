/** Which of several failed tests of one address, each for another kind of server, says most about what is there. */
import type { ErrorKind, ProbeReport } from '#shared/api/contract'

/** Most telling first. What is not here says only that the kind is another, or nothing of the kind at all. */
const tellingKinds: readonly ErrorKind[] = [
  'needs-tenant',
  'unauthorized',
  'forbidden',
  'login-page',
  'certificate',
  'rate-limited',
  'server-error',
]

/** What a test for one kind found. */
export interface Guess<Kind> {
  readonly kind: Kind
  readonly report: ProbeReport
}

/** The first that passed; else the one whose failure tells most, `own` before others that tell as much; undefined where none tells anything. */
export function mostTelling<Kind>(guesses: readonly Guess<Kind>[], own: Kind): Guess<Kind> | undefined {
  const passed = guesses.find(({ report }) => report.ok)
  if (passed !== undefined) return passed
  const ownFirst = guesses.toSorted((a, b) => Number(b.kind === own) - Number(a.kind === own))
  for (const telling of tellingKinds) {
    const found = ownFirst.find(({ report }) => report.error?.kind === telling)
    if (found !== undefined) return found
  }
  return undefined
}
