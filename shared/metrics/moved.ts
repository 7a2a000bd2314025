/** What moved first in an incident: versions, pools, queues, failures and durations, in order of time. */
import { firstRise, type Least } from './change-point'
import type { Point } from './frame'
import type { Unit } from './unit'

/** What can move, causes before what follows from them: of moves in one step nobody can see which was first. */
const causes = ['version', 'pool', 'queue', 'latency', 'errors'] as const
type MoveKind = (typeof causes)[number]

/** A series that may have moved. */
export interface Course {
  readonly kind: Exclude<MoveKind, 'version'>
  readonly service: string
  /** What of the service it is: `payments-db, waiting for a connection`. */
  readonly subject: string
  /** Shows it in a chart. */
  readonly query: string
  readonly unit: Unit
  readonly trouble: Least
  /** On the grid all courses share. */
  readonly points: readonly Point[]
}

/** A version of a service, and on how many instances it ran at each moment. */
export interface VersionCourse {
  readonly service: string
  readonly version: string
  readonly query: string
  readonly points: readonly Point[]
}

interface Place {
  readonly service: string
  readonly query: string
  /** Place on the grid of the first moment at which it is seen. */
  readonly at: number
}

export type Move = Place &
  (
    | {
        readonly kind: 'version'
        readonly before: string
        readonly after: string
        readonly instances: number
      }
    | {
        readonly kind: Course['kind']
        readonly subject: string
        readonly unit: Unit
        readonly before: number
        readonly after: number
      }
  )

const firstOf = (points: readonly Point[]): number => points.findIndex((point) => (point ?? 0) > 0)

/** Versions that came while another one of the same service ran, or had run. */
function newVersions(courses: readonly VersionCourse[]): readonly Move[] {
  return courses.flatMap(({ service, version, query, points }): readonly Move[] => {
    const at = firstOf(points)
    if (at < 1) return []
    const older = courses
      .filter((one) => one.service === service && one.version !== version)
      .map((one) => ({ ...one, first: firstOf(one.points) }))
      .filter(({ first }) => first >= 0 && first < at)
      .toSorted((one, other) => other.first - one.first)
    if (older.length === 0) return []
    const instances = Math.max(...points.map((point) => point ?? 0))
    return [{ kind: 'version', service, query, at, before: older[0].version, after: version, instances }]
  })
}

/** How many times what it was before it is. */
const factorOf = (move: Move): number => (move.kind === 'version' ? 1 : move.after / move.before)

/** All that moved, the first first; of what moved at once the steepest, in whichever order a source tells of its series. */
export function movesOf(courses: readonly Course[], versions: readonly VersionCourse[]): readonly Move[] {
  const rises = courses.flatMap(({ points, trouble, ...course }): readonly Move[] => {
    const rise = firstRise(points, trouble)
    return rise ? [{ ...course, ...rise }] : []
  })
  return [...newVersions(versions), ...rises].toSorted(
    (one, other) =>
      one.at - other.at ||
      causes.indexOf(one.kind) - causes.indexOf(other.kind) ||
      factorOf(other) - factorOf(one) ||
      one.service.localeCompare(other.service, 'en') ||
      one.query.localeCompare(other.query, 'en'),
  )
}
