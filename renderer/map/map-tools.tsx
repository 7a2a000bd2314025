import type { ServiceMap } from '#shared/map/graph'
import { rateText } from '#shared/metrics/value-text'
import type { LocationActions } from '../state/location'
import { Button } from '../ui/button'
import { Check } from '../ui/check'
import { ComboBox } from '../ui/combo-box'
import { Field } from '../ui/field'
import { MenuButton } from '../ui/menu'
import { Segmented } from '../ui/segmented'
import { depths, type MapFigure, type MapLocation } from '../state/map-location'
import styles from './map-page.module.css'

interface Props {
  readonly place: MapLocation
  readonly actions: LocationActions<MapLocation>
  /** Names of the sources that are asked, where others are not; else empty. */
  readonly only: string
  /** All there is. */
  readonly map: ServiceMap
  /** The service that only the neighbourhood of is shown; empty where all is. */
  readonly around: string
  /** Services were put elsewhere by hand. */
  readonly isMoved: boolean
  readonly onPlaceAll: () => void
  /** A service was looked for by its name. */
  readonly onFind: (name: string) => void
}

const views = [
  { value: 'map', label: 'Map' },
  { value: 'table', label: 'Table' },
] as const
const figures: readonly { readonly value: MapFigure; readonly label: string }[] = [
  { value: 'errors', label: 'Errors' },
  { value: 'p95', label: 'p95' },
  { value: 'rate', label: 'Calls' },
]

/** Calls a second below which they may be left out. */
const leastRates = [0, 0.001, 0.01, 0.1, 1, 10]
const leastText = (rate: number): string => (rate === 0 ? 'All calls' : `Over ${rateText(rate)}`)

/** What of the map is shown. */
export function MapTools({ place, actions, only, map, around, isMoved, onPlaceAll, onFind }: Props) {
  const { view, figure, depth, leastRate, hidden, compared, filter } = place
  const names = map.nodes.map(({ name }) => name).toSorted()
  return (
    <div className={`panel-h ${styles.tools}`}>
      <h1 className={styles.title}>Map</h1>
      <Segmented
        label="View"
        value={view}
        options={views}
        onChange={(next) => actions.adjust({ view: next })}
      />
      {only !== '' && (
        <Button
          icon="close"
          aria-label={`Of ${only}: ask all sources`}
          onClick={() => actions.go({ sources: [] })}
        >
          Of {only}
        </Button>
      )}
      {around !== '' && view === 'map' && (
        <>
          <Button
            icon="close"
            aria-label={`Show all services, not only those around ${around}`}
            onClick={() => actions.go({ focus: '' })}
          >
            Around {around}
          </Button>
          <Segmented
            label="Calls away"
            value={String(depth)}
            options={depths.map((one) => ({ value: String(one), label: String(one) }))}
            onChange={(next) => actions.adjust({ depth: Number(next) })}
          />
        </>
      )}
      {hidden.length > 0 && view === 'map' && (
        <Button icon="close" title={hidden.join(', ')} onClick={() => actions.go({ hidden: [] })}>
          {hidden.length} hidden
        </Button>
      )}
      {isMoved && view === 'map' && (
        <Button look="ghost" icon="refresh" onClick={onPlaceAll}>
          Place all anew
        </Button>
      )}
      <span className="grow" />
      {view === 'map' ? (
        <>
          <ComboBox
            label="Find a service"
            hideLabel
            placeholder="Find a service"
            icon="search"
            allowsOther={false}
            value=""
            names={names}
            onChange={(name) => {
              if (names.includes(name)) onFind(name)
            }}
          />
          <MenuButton
            label={leastText(leastRate)}
            entries={leastRates.map((rate) => ({
              id: String(rate),
              label: leastText(rate),
              icon: rate === leastRate ? ('check' as const) : undefined,
              run: () => actions.go({ leastRate: rate }),
            }))}
          >
            {leastText(leastRate)}
          </MenuButton>
          <Segmented
            label="Figure at the calls"
            value={figure}
            options={figures}
            onChange={(next) => actions.adjust({ figure: next })}
          />
          <Check checked={compared} onChange={(next) => actions.adjust({ compared: next })}>
            Compare with before
          </Check>
        </>
      ) : (
        <Field
          label="Filter by service"
          hideLabel
          icon="filter"
          placeholder="Filter by service"
          clearable
          className={styles.filter}
          value={filter}
          onChange={(text) => actions.adjust({ filter: text })}
        />
      )}
    </div>
  )
}
