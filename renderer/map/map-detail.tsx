import { useMemo } from 'react'
import { countOf } from '#shared/derive/quantities'
import {
  type CallFigures,
  callOf,
  type MapEdge,
  type MapNode,
  type NodeKind,
  type Origin,
  type ServiceMap,
  type Telling,
} from '#shared/map/graph'
import type { RateUnit } from '#shared/map/rate-unit'
import { allOf, oneOf } from '#shared/metrics/red'
import { keysOfPivots, type PivotItem, PivotList } from '../pivots/pivot-list'
import { useServicePivots } from '../pivots/use-service-pivots'
import { useCallCurves } from '../state/call-curves'
import { useMeasure } from '../state/metric-facts'
import { useMetricSources } from '../state/sources'
import { colorOfNode } from './node-color'
import { Button } from '../ui/button'
import { useKeys } from '../ui/keys'
import { CallFiguresList } from './call-figures'
import { errorText, isFailing, kindWord, rateText, secondsText } from './figure-text'
import styles from './map-detail.module.css'
import { useBackingPivots, useEdgePivots } from './use-edge-pivots'

interface Props {
  readonly map: ServiceMap
  /** The map with what was left out of it. */
  readonly all: ServiceMap
  /** Of the map's rates; undefined where calls are counted. */
  readonly unit: RateUnit | undefined
  /** Lets a service in that was left out. */
  readonly onShow: (name: string) => void
  /** Who tells of it: some measure calls over time. */
  readonly tellings: readonly Telling[]
  /** Figures of the window before, by edge. */
  readonly before: ReadonlyMap<string, CallFigures> | undefined
  /** Name of a service, or id of an edge. */
  readonly selected: string
  readonly window: { readonly startMs: number; readonly endMs: number }
  readonly focus: string
  readonly onSelect: (id: string) => void
  readonly onFocus: (name: string) => void
  readonly onHide: (name: string) => void
}

/** What is known of the selected service or call, and where it leads. */
export function MapDetail(props: Props) {
  const { map, all, selected, onSelect, onShow } = props
  const node = map.nodes.find(({ name }) => name === selected)
  const edge = map.edges.find(({ id }) => id === selected)
  if (node) return <ServiceDetail {...props} node={node} />
  if (edge) return <CallDetail {...props} edge={edge} />
  const [name, called = name] = callOf(selected) ?? [selected]
  const leftOut = [name, called].filter((one) => !map.nodes.some((shown) => shown.name === one))
  const canBeShown = leftOut.length > 0 && leftOut.every((one) => all.nodes.some((node) => node.name === one))
  return (
    <>
      <div className="panel-h">
        <h2>Not on this map</h2>
        <span className="grow" />
        <Button look="ghost" icon="close" label="Close the details" onClick={() => onSelect('')} />
      </div>
      <p className={`t3 ${styles.note}`}>
        {callOf(selected)?.join(' calls ') ?? selected}:{' '}
        {canBeShown ? 'left out of what is shown.' : 'no call of it in this time.'}
      </p>
      {canBeShown && (
        <p className={styles.note}>
          <Button icon="map" onClick={() => onShow(leftOut[0])}>
            Show {leftOut[0]}
          </Button>
        </p>
      )}
    </>
  )
}

function ServiceDetail({
  map,
  node,
  unit,
  window,
  focus,
  onSelect,
  onFocus,
  onHide,
}: Props & { readonly node: MapNode }) {
  const { name, kind, figures, isCalled, within } = node
  const callers = map.edges.filter(({ child }) => child === name)
  const callees = map.edges.filter(({ parent }) => parent === name)
  const { found } = useMeasure(useMetricSources(), name, window.endMs)
  const curves = useCallCurves(
    found && { ...found, source: found.source.id, matcher: oneOf(found.label, found.value) },
    window,
  )
  return (
    <>
      <div className="panel-h">
        <Name name={name} kind={kind} />
        <span className="t3 small">{kindWord(kind)}</span>
        <span className="grow" />
        <Button look="ghost" icon="close" label="Close the details" onClick={() => onSelect('')} />
      </div>
      <div className={`scroll ${styles.body}`}>
        <CallFiguresList
          figures={figures}
          curves={curves}
          curvesBy={found && `${found.family.metric} of ${found.source.name}`}
          window={window}
          note={isCalled ? 'what it answers' : 'what it calls'}
        />
        {within && (
          <p className={`small ${styles.note}`}>
            Calls itself: {rateText(within, unit)}{' '}
            <span className={isFailing(within) ? 'err' : 't3'}>{errorText(within)}</span>
          </p>
        )}
        <div className={styles.buttons}>
          {focus !== name && <Button onClick={() => onFocus(name)}>Only its neighbours</Button>}
          <Button icon="exclude" onClick={() => onHide(name)}>
            Hide
          </Button>
        </div>
        {kind === 'service' ? (
          <FollowService node={node} window={window} />
        ) : (
          <FollowBacking
            node={node}
            users={
              callers.length > 0 ? callers.map(({ parent }) => parent) : callees.map(({ child }) => child)
            }
            window={window}
          />
        )}
        <Calls
          title="Called by"
          edges={callers}
          nameOf={({ parent }) => parent}
          unit={unit}
          onSelect={onSelect}
        />
        <Calls title="Calls" edges={callees} nameOf={({ child }) => child} unit={unit} onSelect={onSelect} />
      </div>
    </>
  )
}

type OfNode = Pick<Props, 'window'> & { readonly node: MapNode }

function FollowService({ node, window }: OfNode) {
  // It is looked at on the map.
  const pivots = useServicePivots({ service: node.name, ...window }, true).filter(({ to }) => to !== 'map')
  return <Follow node={node} pivots={pivots} />
}

/** Of what sends no spans itself. */
function FollowBacking({ node, users, window }: OfNode & { readonly users: readonly string[] }) {
  return <Follow node={node} pivots={useBackingPivots(node, users, window)} />
}

function Follow({
  node: { kind },
  pivots,
}: {
  readonly node: MapNode
  readonly pivots: readonly PivotItem[]
}) {
  useKeys({ scope: 'Service', bindings: keysOfPivots(pivots) })
  return (
    <>
      <h3 className={styles.section}>
        Follow <span className="t3 small">from this {kindWord(kind)}</span>
      </h3>
      <PivotList label={`Follow this ${kindWord(kind)}`} items={pivots} />
    </>
  )
}

function CallDetail({ map, tellings, before, edge, window, onSelect }: Props & { readonly edge: MapEdge }) {
  const { parent, child, figures, told, id } = edge
  const kindOf = (end: string) => map.nodes.find(({ name }) => name === end)?.kind ?? 'service'
  const pivots = useEdgePivots(edge, { parentKind: kindOf(parent), childKind: kindOf(child) }, window)
  const measuring = tellings.find(
    ({ measure, origin }) =>
      measure && told.some((one) => one.origin.id === origin.id && one.origin.kind === origin.kind),
  )
  const curves = useCallCurves(
    measuring?.measure && {
      source: measuring.origin.id,
      family: measuring.measure,
      label: 'client, server',
      matcher: allOf(['client', 'server'], { client: parent, server: child }),
    },
    window,
  )
  useKeys({
    scope: 'Call',
    bindings: keysOfPivots(pivots),
  })
  return (
    <>
      <div className="panel-h">
        <h2 className={styles.pair}>
          <Name name={parent} kind={kindOf(parent)} onSelect={onSelect} />
          <span className="t3">calls</span>
          <Name name={child} kind={kindOf(child)} onSelect={onSelect} />
        </h2>
        <span className="grow" />
        <Button look="ghost" icon="close" label="Close the details" onClick={() => onSelect('')} />
      </div>
      <div className={`scroll ${styles.body}`}>
        <CallFiguresList
          figures={figures}
          before={before?.get(id)}
          curves={curves}
          curvesBy={measuring?.measure && `${measuring.measure.metric} of ${measuring.origin.name}`}
          window={window}
        />
        <h3 className={styles.section}>
          Follow <span className="t3 small">from this call</span>
        </h3>
        <PivotList label="Follow this call" items={pivots} />
        <h3 className={styles.section}>
          Told by <span className="t3 small">{countOf(told.length, 'source')}</span>
        </h3>
        <table className={`tbl ${styles.told}`} aria-label="Who tells of this call">
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col" className="num">
                Calls
              </th>
              <th scope="col" className="num">
                Errors
              </th>
              <th scope="col" className="num">
                p95
              </th>
            </tr>
          </thead>
          <tbody>
            {told.map(({ origin, figures }) => (
              <tr key={`${origin.kind} ${origin.id}`}>
                <td title={originWords[origin.kind]}>
                  {origin.name} <span className="t3 small">{originWords[origin.kind]}</span>
                </td>
                <td className="num">{rateText(figures) || '–'}</td>
                <td className={`num ${isFailing(figures) ? 'err m' : ''}`}>{errorText(figures) || '–'}</td>
                <td className="num">{secondsText(figures.p95) || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

const originWords: Readonly<Record<Origin['kind'], string>> = {
  dependencies: 'counted in its traces',
  'service-graph': 'metrics of a service graph',
  sample: 'counted in traces that were read',
  trace: 'its own spans',
}

function Name({
  name,
  kind,
  onSelect,
}: {
  readonly name: string
  readonly kind: NodeKind
  readonly onSelect?: ((id: string) => void) | undefined
}) {
  const words = (
    <>
      <span
        className="sw"
        style={{ '--c': colorOfNode(name, kind) } as React.CSSProperties}
        aria-hidden="true"
      />
      <span className="cut">{name}</span>
    </>
  )
  if (!onSelect) return <h2 className={styles.name}>{words}</h2>
  return (
    <button type="button" className={styles.name} onClick={() => onSelect(name)}>
      {words}
    </button>
  )
}

function Calls({
  title,
  edges,
  nameOf,
  unit,
  onSelect,
}: {
  readonly title: string
  readonly unit: RateUnit | undefined
  readonly edges: readonly MapEdge[]
  readonly nameOf: (edge: MapEdge) => string
  readonly onSelect: (id: string) => void
}) {
  const sorted = useMemo(
    () =>
      edges.toSorted(
        (one, other) =>
          Number(isFailing(other.figures)) - Number(isFailing(one.figures)) ||
          (other.figures.rate ?? other.figures.calls ?? 0) - (one.figures.rate ?? one.figures.calls ?? 0),
      ),
    [edges],
  )
  if (sorted.length === 0) return undefined
  return (
    <>
      <h3 className={styles.section}>
        {title} <span className="t3 small">{sorted.length}</span>
      </h3>
      <ul className={styles.calls} aria-label={title}>
        {sorted.map((edge) => (
          <li key={edge.id}>
            <button type="button" className={`inset ${styles.call}`} onClick={() => onSelect(edge.id)}>
              <span className="cut grow">{nameOf(edge)}</span>
              <span className="num t2">{rateText(edge.figures, unit)}</span>
              <span className={`num ${isFailing(edge.figures) ? 'err m' : 't3'}`}>
                {errorText(edge.figures)}
              </span>
              <span className="num m">{secondsText(edge.figures.p95)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
