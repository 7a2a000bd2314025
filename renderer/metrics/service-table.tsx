import { Link } from '@tanstack/react-router'
import type { ServiceRow } from '../state/service-figures'
import { FollowService } from '../pivots/follow-service'
import { lastPart } from '../state/figures'
import type { ServiceSaturation } from '../state/service-saturation'
import { colorOfService } from '../state/trace-colors'
import { FigureTable } from './figure-table'
import { SaturationCell } from './saturation-cell'
import styles from './overview.module.css'

interface Props {
  readonly rows: readonly ServiceRow[]
  readonly selected: string
  readonly onSelect: (name: string) => void
  /** Its operations, instances and resources. */
  readonly hrefOf: (name: string) => string
  readonly saturation: ServiceSaturation
  /** A query's chart. */
  readonly hrefOfQuery: (query: string) => string
  /** The stretch of time that is looked at. */
  readonly window: { readonly startMs: number; readonly endMs: number }
}

/** Services, one a row; one is selected, and any leads to its own page. */
export function ServiceTable({ rows, selected, onSelect, hrefOf, saturation, hrefOfQuery, window }: Props) {
  const { range } = lastPart(window)
  return (
    <FigureTable
      label="Services"
      heading="Service"
      rows={rows}
      selected={selected}
      renderName={({ name }) => (
        <button type="button" className={styles.service} onClick={() => onSelect(name)}>
          <i className="sw" style={{ background: colorOfService(name) }} />
          <span className="cut">{name}</span>
        </button>
      )}
      renderSaturation={({ name }) => (
        <SaturationCell saturation={saturation} service={name} range={range} hrefOf={hrefOfQuery} />
      )}
      renderFollow={({ name }) => (
        <>
          <Link to={hrefOf(name)} aria-label={`Open ${name}`}>
            Open
          </Link>
          <FollowService service={name} {...window} />
        </>
      )}
    />
  )
}
