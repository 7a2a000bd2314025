import { type ReactNode, useMemo, useState } from 'react'
import type { ApiError } from '#shared/api/contract'
import { groupAttributes } from '#shared/derive/attribute-groups'
import { formatDateTimeNs, type TimeZone, zoneLabel, msOfNs } from '#shared/derive/clock-times'
import { type CriticalPath, timeOnPath } from '#shared/derive/critical-path'
import { formatDuration, formatOffset, formatShare } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import { rowOfSpanId, spanIdOfRow } from '#shared/derive/span-ids'
import type { Attribute, SpanDetail, SpanLink } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { slotColor } from '../state/service-colors'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { ErrorNote } from '../ui/error-note'
import { Icon } from '../ui/icon'
import { AttributeList, type FilterBy } from './attribute-list'
import { DetailSection } from './detail-section'
import { EventList, isException } from './event-list'
import { exceptionText } from './exception-note'
import { nameTerm, serviceTerm } from './find-terms'
import { LinkList } from './link-list'
import { useOpenSections } from './open-sections'
import { isErrorRow, isMissingRow, repairsOf, siblingOf } from './span-facts'
import { kindName } from './span-tooltip'
import { valueText } from './value-text'
import styles from './detail.module.css'

interface Props {
  readonly trace: Trace
  readonly row: SpanIndex
  readonly slots: readonly number[]
  readonly path: CriticalPath | undefined
  /** Undefined until it is decoded. */
  readonly detail: SpanDetail | undefined
  readonly error: ApiError | undefined
  /** The trace is still being read: spans cannot be decoded yet. */
  readonly isReading: boolean
  readonly zone: TimeZone
  readonly onSelect: (row: SpanIndex) => void
  readonly onFilter: FilterBy
  readonly onOpenLink: (link: SpanLink) => void
  readonly onClose: () => void
}

/** Everything a span says: figures, what went wrong, events, links, attributes by what they are about, resource, raw JSON. */
export function DetailPanel(props: Props) {
  const { trace, row, path, detail, error, isReading, onFilter, onOpenLink } = props
  const { spans } = trace
  const [sought, setSought] = useState('')
  const sections = useOpenSections()
  const repairs = repairsOf(trace, row, formatOffset)
  const isMissing = isMissingRow(trace, row)
  const groups = useMemo(() => groupAttributes(matching(detail?.attributes, sought)), [detail, sought])
  const resource = useMemo(() => groupAttributes(matching(detail?.resource, sought)), [detail, sought])
  const isOpen = (id: string) => sought !== '' || sections.isOpen(id)
  const section = (id: string, title: string, count: number | undefined, children: ReactNode) => (
    <DetailSection
      key={id}
      title={title}
      count={count}
      isOpen={isOpen(id)}
      onToggle={() => sections.toggle(id)}
    >
      {children}
    </DetailSection>
  )
  const attributeCount = (detail?.attributes.length ?? 0) + (detail?.resource.length ?? 0)
  return (
    <>
      <PanelHead {...props} />
      {isMissing ? (
        <p className={styles.missing}>
          {countOf(spans.childCount[row], 'span names', 'spans name')} this span as the parent, but it never
          arrived: not sampled, dropped on the way, or still open when the trace was kept. The dashed bar
          spans its children.
        </p>
      ) : (
        <>
          <dl className={styles.figures}>
            <Figure name="Duration">{formatDuration(spans.duration[row])}</Figure>
            <Figure name="Self">{formatDuration(spans.self[row])}</Figure>
            <Figure name="Starts at">{formatOffset(spans.start[row])}</Figure>
            <Figure name="Of critical path">
              {path ? formatShare(timeOnPath(path, row), pathLength(path)) : '–'}
            </Figure>
          </dl>
          {detail && <Trouble trace={trace} row={row} detail={detail} />}
        </>
      )}
      {/* A new span begins at the top, with its long texts closed. */}
      <div key={row} className={`scroll grow ${styles.body}`}>
        {error && <ErrorNote error={error} />}
        {isReading && !detail && !isMissing && (
          <p className={styles.missing}>Attributes and events can be shown once the trace has been read.</p>
        )}
        {(repairs.length > 0 || (detail?.warnings.length ?? 0) > 0) &&
          section(
            'repairs',
            'Warnings',
            repairs.length + (detail?.warnings.length ?? 0),
            <ul className={styles.warnings}>
              {[...repairs, ...(detail?.warnings ?? [])].map((sentence) => (
                <li key={sentence}>
                  <Icon name="warn" size="x" className="wrn" />
                  {sentence}
                </li>
              ))}
            </ul>,
          )}
        {detail &&
          detail.events.length > 0 &&
          !sought &&
          section(
            'events',
            'Events',
            detail.events.length,
            <EventList
              events={detail.events}
              spanStartNs={detail.startNs}
              spanDurationNs={spans.duration[row]}
            />,
          )}
        {detail &&
          detail.links.length > 0 &&
          !sought &&
          section(
            'links',
            'Links',
            detail.links.length,
            <LinkList
              links={detail.links}
              traceId={trace.traceId}
              nameOf={(spanId) => {
                const linked = rowOfSpanId(spans, spanId)
                return linked < 0 ? undefined : trace.names[spans.name[linked]]
              }}
              onOpen={onOpenLink}
            />,
          )}
        {detail && (
          <>
            <div className={styles.bar}>
              <h3>Attributes</h3>
              <span className="t3 small">{detail.attributes.length}</span>
              <span className="grow" />
              {attributeCount > 6 && (
                <label className={`field ${styles.sought}`}>
                  <Icon name="search" size="x" className="t3" />
                  <input
                    type="search"
                    aria-label="Search attributes"
                    placeholder="Search"
                    value={sought}
                    onChange={(event) => setSought(event.target.value)}
                    onKeyDown={(event) => {
                      if (event.key !== 'Escape' || sought === '') return
                      event.preventDefault()
                      setSought('')
                    }}
                  />
                </label>
              )}
            </div>
            {groups.map(({ id, title, attributes }) =>
              section(
                id,
                title,
                attributes.length,
                <AttributeList attributes={attributes} onFilter={onFilter} />,
              ),
            )}
            {groups.length === 0 && (
              <p className={styles.none}>
                {sought === '' ? 'None were recorded.' : `None has “${sought}” in its key or value.`}
              </p>
            )}
            {resource.length > 0 && (
              <div className={styles.bar}>
                <h3>Resource</h3>
                <span className="t3 small">{detail.resource.length}</span>
              </div>
            )}
            {resource.map(({ id, title, attributes }) =>
              section(
                id === 'other' ? 'resource-other' : id,
                title,
                attributes.length,
                <AttributeList attributes={attributes} onFilter={onFilter} />,
              ),
            )}
            {sought === '' && <Rest {...props} detail={detail} section={section} />}
          </>
        )}
      </div>
    </>
  )
}

const pathLength = (path: CriticalPath): number =>
  path.length === 0 ? 0 : path.end[path.length - 1] - path.start[0]

function matching(attributes: readonly Attribute[] | undefined, sought: string): readonly Attribute[] {
  const text = sought.trim().toLowerCase()
  if (text === '') return attributes ?? []
  return (attributes ?? []).filter(
    ({ key, value }) => key.toLowerCase().includes(text) || valueText(value).toLowerCase().includes(text),
  )
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Service, kind, ways to the neighbours, name. */
function PanelHead({ trace, row, slots, onSelect, onFilter, onClose }: Props) {
  const { spans, services, names } = trace
  const isMissing = isMissingRow(trace, row)
  const service = services[spans.service[row]]
  const name = names[spans.name[row]]
  const go = (to: SpanIndex) => ({ isDisabled: to < 0, onClick: () => onSelect(to) })
  const kind = kindName(spans.kind[row])
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        {isMissing ? (
          <span className="t3">never arrived</span>
        ) : (
          <>
            <span className="sw" style={{ background: slotColor(slots[spans.service[row]] ?? 1) }} />
            <span className="t2 cut">{service}</span>
            <span className="t3">{kind}</span>
            {isErrorRow(trace, row) && <span className="tag err">error</span>}
          </>
        )}
        <span className="grow" />
        <Button look="ghost" icon="outdent" label="Parent span" {...go(spans.parent[row])} />
        <Button
          look="ghost"
          icon="indent"
          label="First child span"
          {...go(spans.childCount[row] > 0 ? row + 1 : -1)}
        />
        <Button look="ghost" icon="up" label="Previous sibling span" {...go(siblingOf(trace, row, -1))} />
        <Button look="ghost" icon="down" label="Next sibling span" {...go(siblingOf(trace, row, 1))} />
        <Button look="ghost" icon="close" label="Close details" onClick={onClose} className={styles.close} />
      </div>
      <div className={styles.titleLine}>
        <h2>{isMissing ? 'Missing span' : name}</h2>
        {!isMissing && (
          <span className={styles.titleActions}>
            <Button
              look="ghost"
              icon="filter"
              label={`Filter by ${nameTerm(name)} of ${service}`}
              onClick={() => {
                onFilter(serviceTerm(service), false)
                onFilter(nameTerm(name), false)
              }}
            />
            <CopyButton what="span name" text={name} />
          </span>
        )}
      </div>
    </header>
  )
}

/** What went wrong, before anything else: the status message, and the exception that was recorded. */
function Trouble({
  trace,
  row,
  detail,
}: {
  readonly trace: Trace
  readonly row: SpanIndex
  readonly detail: SpanDetail
}) {
  const exception = detail.events.findLast(isException)
  const type = exception ? exceptionText(exception.attributes, 'type') : ''
  const message = detail.statusMessage ?? ''
  const said = message !== '' ? message : exception ? exceptionText(exception.attributes, 'message') : ''
  if (!isErrorRow(trace, row) && said === '') return undefined
  return (
    <div className={isErrorRow(trace, row) ? styles.trouble : styles.message}>
      <Icon name={isErrorRow(trace, row) ? 'error' : 'note'} />
      <p className="grow">
        {type !== '' && <b>{type}</b>}
        <code>{said || (type === '' ? 'The span failed; it does not say why.' : '')}</code>
      </p>
      {said !== '' && <CopyButton what="message" text={said} />}
    </div>
  )
}

/** What is seldom asked for: ids and times to the last digit, scope, what was dropped, the raw text. */
function Rest({
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
    {
      key: 'start',
      value: `${formatDateTimeNs(detail.startNs, zone)} ${zoneLabel(msOfNs(detail.startNs), zone)}`,
    },
    { key: 'start (ns since 1970)', value: detail.startNs },
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
