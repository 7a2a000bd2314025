import { type ReactNode, useMemo, useState } from 'react'
import { groupAttributes } from '#shared/derive/attribute-groups'
import type { TimeZone } from '#shared/derive/clock-times'
import { type CriticalPath, timeOnPath } from '#shared/derive/critical-path'
import { formatDuration, formatFullDuration, formatOffset, formatShare } from '#shared/derive/durations'
import { countOf } from '#shared/derive/quantities'
import { rowOfSpanId, spanIdOfRow } from '#shared/derive/span-ids'
import type { Attribute, SpanLink } from '#shared/trace/detail'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { useTellWay } from '../state/shown-ways'
import { useSpanDetail } from '../state/trace-answers'
import { ErrorNote } from '../ui/error-note'
import { Icon } from '../ui/icon'
import { useAwaitedKeys, useKeys } from '../ui/keys'
import { PivotList } from '../pivots/pivot-list'
import { AttributeList, type FilterBy } from './attribute-list'
import { DetailSection } from './detail-section'
import { DetailHead } from './detail-head'
import { DetailRest } from './detail-rest'
import { EventList } from './event-list'
import { LinkingSpans } from './linking-spans'
import { LinkList } from './link-list'
import { FollowLadder } from '../pivots/follow-ladder'
import { useOpenSections } from './open-sections'
import { PeersSection } from './peers-section'
import { isErrorRow, isMissingRow, repairsOf } from './span-facts'
import { messageOf, SpanTrouble } from './span-trouble'
import { useCalledService } from './use-called-service'
import type { Follow } from './use-follow'
import { valueText } from './value-text'
import styles from './detail.module.css'

interface Props {
  readonly session: string
  readonly trace: Trace
  readonly row: SpanIndex
  readonly slots: readonly number[]
  readonly path: CriticalPath | undefined
  /** The trace is still being read: spans cannot be decoded yet. */
  readonly isReading: boolean
  readonly zone: TimeZone
  readonly follow: Follow
  /** Ids of the sources that hold the trace. */
  readonly cameFrom: readonly string[]
  readonly onSelect: (row: SpanIndex) => void
  readonly onFilter: FilterBy
  readonly onOpenLink: (link: SpanLink) => void
  readonly onClose: () => void
}

/** What these do is known once the attributes and links of the span are. */
const keysOfDetail = ['Shift+I', 'Shift+C', 'Shift+M'] as const

/** Everything a span says: figures, what went wrong, events, links, attributes by what they are about, resource, raw JSON. */
export function DetailPanel(props: Props) {
  const { session, trace, row, path, isReading, follow, onFilter, onOpenLink } = props
  const { spans } = trace
  // Asked for here, so that only the panel is drawn again when it comes.
  const { detail, error } = useSpanDetail(session, isReading ? undefined : trace, row)
  const [sought, setSought] = useState('')
  const sections = useOpenSections()
  const repairs = repairsOf(trace, row, formatOffset)
  const isMissing = isMissingRow(trace, row)
  const groups = useMemo(() => groupAttributes(matching(detail?.attributes, sought)), [detail, sought])
  const resource = useMemo(() => groupAttributes(matching(detail?.resource, sought)), [detail, sought])
  // The first that leads anywhere.
  const link = detail?.links.find(
    (one) => one.traceId !== trace.traceId || rowOfSpanId(spans, one.spanId) >= 0,
  )
  useKeys({
    scope: 'Follow',
    bindings: link
      ? [{ keys: 'Shift+I', title: 'The span that this one links to', run: () => onOpenLink(link) }]
      : [],
  })
  useAwaitedKeys(keysOfDetail, detail === undefined && error === undefined)
  const called = useCalledService(trace, row, detail?.attributes)
  // The other side of a call comes after the span's own lines: where the span is slow, it waited for that.
  const pivots = follow.pivots.toSpliced(1, 0, ...called)
  const pivotTo = (id: string) => follow.pivots.find((pivot) => pivot.id === id)?.run
  useTellWay('lines', pivotTo('logs'))
  useTellWay('metrics', pivotTo('metrics'))
  useTellWay('link', link && (() => onOpenLink(link)))
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
      <DetailHead {...props} />
      {isMissing ? (
        <p className={styles.missing}>
          {countOf(spans.childCount[row], 'span names', 'spans name')} this span as the parent, but it never
          arrived: not sampled, dropped on the way, or still open when the trace was kept. The dashed bar
          spans its children.
        </p>
      ) : (
        <>
          <dl className={styles.figures}>
            <Figure name="Duration" full={formatFullDuration(spans.duration[row])}>
              {formatDuration(spans.duration[row])}
            </Figure>
            <Figure name="Self" full={formatFullDuration(spans.self[row])}>
              {formatDuration(spans.self[row])}
            </Figure>
            <Figure name="Starts at">{formatOffset(spans.start[row])}</Figure>
            <Figure name="Of critical path">
              {path ? formatShare(timeOnPath(path, row), pathLength(path)) : '–'}
            </Figure>
          </dl>
          {detail && <SpanTrouble failed={isErrorRow(trace, row)} detail={detail} />}
        </>
      )}
      {/* A new span begins at the top, with its long texts closed. */}
      <div key={row} className={`scroll grow ${styles.body}`}>
        {error && <ErrorNote error={error} />}
        {pivots.length > 0 && (
          <section className={styles.follow} aria-label="Follow">
            <h3>
              Follow <span className="t3 small">from this span</span>
            </h3>
            <PivotList label="Follow from this span" items={pivots} />
            <LinkingSpans
              key={row}
              trace={trace}
              row={row}
              cameFrom={props.cameFrom}
              onSelect={props.onSelect}
            />
            <FollowLadder climbing={follow.climbing} of={spanIdOfRow(spans, row)} />
          </section>
        )}
        {!isReading && !isMissing && (
          <PeersSection
            trace={trace}
            row={row}
            slots={props.slots}
            cameFrom={props.cameFrom}
            zone={props.zone}
          />
        )}
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
              said={messageOf(detail)}
              onFilter={onFilter}
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
        {detail && !isMissing && (
          <>
            <div className={styles.bar}>
              <h3>Attributes</h3>
              <span className="t3 small">{detail.attributes.length}</span>
              <span className="grow" />
              {attributeCount > 0 && (
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
            {sought === '' && <DetailRest {...props} detail={detail} section={section} />}
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

function Figure({
  name,
  full,
  children,
}: {
  readonly name: string
  readonly full?: string
  readonly children: ReactNode
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={full}>{children}</dd>
    </div>
  )
}
