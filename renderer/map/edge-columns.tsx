import { formatCount } from '#shared/derive/quantities'
import type { GridColumn } from '../ui/data-grid'
import styles from './map-page.module.css'
import type { Edge } from './edges'

interface Making {
  /** The search of the service that is called. */
  readonly hrefOf: (edge: Edge) => string
  readonly onOpen: (edge: Edge, inNewTab: boolean) => void
  readonly colorOf: (service: string) => string
}

const counts = (edge: Edge): string =>
  edge.sources.map(({ name, calls }) => `${name} ${formatCount(calls)}`).join(', ')

const names = (edge: Edge): string => edge.sources.map(({ name }) => name).join(', ')

function Service({ name, color }: { readonly name: string; readonly color: string }) {
  return (
    <span className={styles.service}>
      <span className="sw" style={{ '--c': color } as React.CSSProperties} aria-hidden="true" />
      <span className="cut">{name}</span>
    </span>
  )
}

/** Columns of the table of calls. */
export const edgeColumnsOf = ({ hrefOf, onOpen, colorOf }: Making): readonly GridColumn<Edge>[] => [
  {
    id: 'parent',
    header: 'Caller',
    width: 'minmax(160px, 1fr)',
    value: (edge) => edge.parent,
    cell: ({ parent }) => <Service name={parent} color={colorOf(parent)} />,
  },
  {
    id: 'child',
    header: 'Callee',
    width: 'minmax(160px, 1fr)',
    value: (edge) => edge.child,
    cell: (edge) => (
      <a
        href={hrefOf(edge)}
        tabIndex={-1}
        className={styles.link}
        title={`Traces of ${edge.child}`}
        onClick={(event) => {
          // With a key held or another button the browser's own way with links is right.
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
          event.preventDefault()
          onOpen(edge, false)
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Service name={edge.child} color={colorOf(edge.child)} />
      </a>
    ),
  },
  {
    id: 'calls',
    header: 'Calls',
    width: '112px',
    isNumber: true,
    value: (edge) => edge.calls,
    descendingFirst: true,
    cell: (edge) => (
      <span title={edge.sources.length > 1 ? counts(edge) : undefined}>{formatCount(edge.calls)}</span>
    ),
  },
  {
    id: 'errors',
    header: 'Errors',
    width: '96px',
    isNumber: true,
    value: (edge) => edge.errors,
    descendingFirst: true,
    cell: ({ errors }) =>
      errors === undefined ? (
        <span className="t3" title="The source does not count errors">
          <span aria-hidden="true">–</span>
          <span className="sr">not said</span>
        </span>
      ) : (
        <span className={errors > 0 ? 'err m' : 't3'}>{formatCount(errors)}</span>
      ),
  },
  {
    id: 'source',
    header: 'Source',
    width: 'minmax(120px, 0.6fr)',
    value: names,
    cell: (edge) => (
      <span className="t3" title={counts(edge)}>
        {names(edge)}
      </span>
    ),
  },
]
