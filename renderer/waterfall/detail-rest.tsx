import type { ReactNode } from 'react'
import { formatDateTimeNs, msOfNs, type TimeZone, zoneLabel } from '#shared/derive/clock-times'
import { spanIdOfRow } from '#shared/derive/span-ids'
import type { Attribute, SpanDetail } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { CopyButton } from '../ui/copy-button'
import { AttributeList, type FilterBy } from './attribute-list'
import styles from './detail.module.css'

interface Props {
  readonly trace: Trace
  readonly row: SpanIndex
  readonly detail: SpanDetail
  readonly zone: TimeZone
  readonly onFilter: FilterBy
  readonly section: (id: string, title: string, count: number | undefined, children: ReactNode) => ReactNode
}

/** What is seldom asked for: ids and times to the last digit, scope, what was dropped, the raw text. */
export function DetailRest({
  trace,
  row,
  detail,
  zone,
  onFilter,
  section,
}: Props & {
  readonly detail: SpanDetail
  readonly section: (id: string, title: string, count: number | undefined, children: ReactNode) => ReactNode
}) {
  const { scope, dropped, traceState } = detail
  const identity: Attribute[] = [
    { key: 'span id', value: spanIdOfRow(trace.spans, row) },
    { key: 'trace id', value: detail.traceId },
    ...(detail.parentSpanId === undefined ? [] : [{ key: 'parent span id', value: detail.parentSpanId }]),
    ...(detail.impossibleStart === undefined
      ? [
          {
            key: 'start',
            value: `${formatDateTimeNs(detail.startNs, zone)} ${zoneLabel(msOfNs(detail.startNs), zone)}`,
          },
          { key: 'start (ns since 1970)', value: detail.startNs },
        ]
      : [{ key: 'start, as recorded', value: `${detail.impossibleStart} since 1970` }]),
    { key: 'duration (ns)', value: trace.spans.duration[row] },
    ...(traceState === undefined || traceState === '' ? [] : [{ key: 'trace state', value: traceState }]),
    ...(dropped.attributes > 0 ? [{ key: 'dropped attributes', value: dropped.attributes }] : []),
    ...(dropped.events > 0 ? [{ key: 'dropped events', value: dropped.events }] : []),
    ...(dropped.links > 0 ? [{ key: 'dropped links', value: dropped.links }] : []),
  ]
  return (
    <>
      <div className={styles.bar}>
        <h3>Span</h3>
      </div>
      {section('identity', 'Ids and times', identity.length, <AttributeList attributes={identity} />)}
      {scope &&
        section(
          'scope',
          'Scope',
          undefined,
          <AttributeList
            attributes={[
              { key: 'otel.scope.name', value: scope.name },
              ...(scope.version === '' ? [] : [{ key: 'otel.scope.version', value: scope.version }]),
              ...scope.attributes,
            ]}
            onFilter={scope.attributes.length > 0 ? onFilter : undefined}
          />,
        )}
      {section(
        'raw',
        'Raw JSON',
        undefined,
        <div className={styles.rawBox}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a block that scrolls must be reachable by keys */}
          <pre className={styles.raw} tabIndex={0} aria-label="Raw JSON">
            {detail.raw.slice(0, longestRaw)}
            {detail.raw.length > longestRaw && '\n… copy it to see the rest'}
          </pre>
          <CopyButton what="raw JSON" text={detail.raw} className={styles.copyStack} />
        </div>,
      )}
    </>
  )
}

/** A span of megabytes is copied whole, but not drawn whole. */
const longestRaw = 200_000
