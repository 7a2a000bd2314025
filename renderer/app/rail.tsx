import { Link } from '@tanstack/react-router'
import { countOf } from '#shared/derive/quantities'
import { useThread } from '../state/thread'
import { Icon, type IconName } from '../ui/icon'
import { useTimeOfPlace } from './use-time-of-place'

interface Place {
  readonly to:
    | '/overview'
    | '/traces'
    | '/logs'
    | '/metrics'
    | '/map'
    | '/investigation'
    | '/connections'
    | '/settings'
  readonly label: string
  readonly icon: IconName
  /** Paths at which this place is the present one. */
  readonly at: readonly string[]
  /** It shows a stretch of time, the same as the others that do. */
  readonly isTimed?: boolean
}

const work: readonly Place[] = [
  {
    to: '/overview',
    label: 'Overview',
    icon: 'overview',
    at: ['/overview', '/service', '/rules'],
    isTimed: true,
  },
  { to: '/traces', label: 'Traces', icon: 'traces', at: ['/traces', '/trace'], isTimed: true },
  { to: '/logs', label: 'Logs', icon: 'logs', at: ['/logs'], isTimed: true },
  { to: '/metrics', label: 'Metrics', icon: 'metrics', at: ['/metrics', '/cardinality'], isTimed: true },
  { to: '/map', label: 'Map', icon: 'map', at: ['/map'] },
  { to: '/investigation', label: 'Investigation', icon: 'invest', at: ['/investigation'] },
]

const upkeep: readonly Place[] = [
  { to: '/connections', label: 'Connections', icon: 'plug', at: ['/connections'] },
  { to: '/settings', label: 'Settings', icon: 'settings', at: ['/settings'] },
]

interface PlaceLinkProps {
  readonly place: Place
  readonly path: string
  readonly time: string
  /** How many things are there, said in a few words; none where left out. */
  readonly badge?: { readonly count: number; readonly words: string } | undefined
}

function PlaceLink({ place, path, time, badge }: PlaceLinkProps) {
  return (
    <Link
      // Going on to another kind of signal keeps the moment one is looking at.
      to={place.isTimed === true ? place.to + time : place.to}
      // The router's own marks go by path alone: /trace belongs to Traces.
      activeProps={{ 'aria-current': undefined }}
      aria-current={place.at.includes(path) ? 'page' : undefined}
    >
      <Icon name={place.icon} />
      {place.label}
      {badge && (
        <>
          <span className="badge" aria-hidden="true">
            {badge.count}
          </span>
          <span className="sr">, {badge.words}</span>
        </>
      )}
    </Link>
  )
}

/** The places of the application, at the left edge. */
export function Rail({ path, onOpenFile }: { readonly path: string; readonly onOpenFile: () => void }) {
  const time = useTimeOfPlace()
  const count = useThread().steps.length
  const steps = count === 0 ? undefined : { count, words: countOf(count, 'step') }
  return (
    <nav className="rail" aria-label="Views">
      <Link
        to="/"
        className="mark"
        title="Start"
        aria-label="Start"
        activeProps={{ 'aria-current': undefined }}
        aria-current={path === '/' ? 'page' : undefined}
      >
        <Icon name="mark" />
      </Link>
      {work.map((place) => (
        <PlaceLink
          key={place.to}
          place={place}
          path={path}
          time={time}
          badge={place.to === '/investigation' ? steps : undefined}
        />
      ))}
      <button type="button" aria-current={path === '/files' ? 'page' : undefined} onClick={onOpenFile}>
        <Icon name="folder" />
        Open file
      </button>
      <span className="gap" />
      {upkeep.map((place) => (
        <PlaceLink key={place.to} place={place} path={path} time={time} />
      ))}
    </nav>
  )
}
