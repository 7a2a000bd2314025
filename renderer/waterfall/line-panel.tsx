import { formatDateTimeNs, msOfNs, type TimeZone, zoneLabel } from '#shared/derive/clock-times'
import { formatOffset } from '#shared/derive/durations'
import type { PlacedLine } from '#shared/derive/line-rows'
import { extraOf, labelsOf, levelOf, nsTextOf, textOf } from '#shared/logs/batch'
import { fieldsIn } from '#shared/logs/line-fields'
import { readableOf } from '#shared/logs/readable-text'
import { plainText } from '#shared/logs/visible-text'
import type { Trace } from '#shared/trace/table'
import type { TraceLines } from '../state/trace-lines'
import { PivotList } from '../pivots/pivot-list'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Icon } from '../ui/icon'
import { LineText } from '../ui/line-text'
import { AttributeList } from './attribute-list'
import { DetailSection } from './detail-section'
import { useOpenSections } from './open-sections'
import { useLineFollow, writerOf } from './use-line-follow'
import styles from './detail.module.css'

interface Props {
  readonly trace: Trace
  readonly found: TraceLines
  readonly line: PlacedLine
  readonly zone: TimeZone
  /** Opens it where all lines are. */
  readonly onOpen: () => void
  /** Shows the span it lies under instead. */
  readonly onSpan: () => void
  readonly onClose: () => void
}

/** A log line among the spans, whole: what it says, when, where it leads, and its fields. */
export function LinePanel({ trace, found, line: placed, zone, ...ways }: Props) {
  const { line: at, timeNs } = placed
  const line = { batch: found.batch, at }
  const sections = useOpenSections()
  const text = textOf(line)
  const readable = readableOf(text)
  const labels = labelsOf(line)
  const service = writerOf(trace, found, placed)
  const pivots = useLineFollow(trace, found, placed, ways)
  const level = levelOf(line)
  const ns = BigInt(nsTextOf(line))
  const { metadata, parsed } = extraOf(line)
  const groups = [
    { id: 'line-labels', title: 'Labels', fields: labels },
    { id: 'line-metadata', title: 'Structured metadata', fields: metadata },
    { id: 'line-parsed', title: 'Parsed by the query', fields: parsed },
    { id: 'line-fields', title: 'Fields in the line', fields: fieldsIn(text)?.fields ?? {} },
  ]
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headLine}>
          <Icon name="logs" className="sig-log" />
          <span className="t2 cut">{service ?? 'log line'}</span>
          {level !== 'unknown' && (
            <span
              className={`tag ${level === 'error' || level === 'fatal' ? 'err' : level === 'warn' ? 'wrn' : ''}`}
            >
              {level}
            </span>
          )}
          <span className="grow" />
          <CopyButton what="line" text={plainText(text)} />
          <Button
            look="ghost"
            icon="close"
            label="Close details"
            onClick={ways.onClose}
            className={styles.close}
          />
        </div>
        <h2 className={styles.lineTitle}>Log line</h2>
        <p className={`t3 small ${styles.lineTime}`}>
          {formatOffset(timeNs)} · {formatDateTimeNs(ns, zone)} {zoneLabel(msOfNs(ns), zone)}
        </p>
      </header>
      <div key={at} className={`scroll grow ${styles.body}`}>
        <div className={styles.rawBox}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a block that scrolls must be reachable by keys */}
          <pre className={styles.lineText} tabIndex={0} aria-label="Text of the line">
            <LineText text={readable.slice(0, longestText)} marks={[]} breaks />
            {readable.length > longestText && '\n… copy it to see the rest'}
          </pre>
        </div>
        <section className={styles.follow} aria-label="Follow">
          <h3>
            Follow <span className="t3 small">from this line</span>
          </h3>
          <PivotList label="Follow from this line" items={pivots} />
        </section>
        {groups.map(({ id, title, fields }) => {
          const attributes = Object.entries(fields).map(([key, value]) => ({ key, value }))
          return (
            attributes.length > 0 && (
              <DetailSection
                key={id}
                title={title}
                count={attributes.length}
                isOpen={sections.isOpen(id)}
                onToggle={() => sections.toggle(id)}
              >
                <AttributeList attributes={attributes} />
              </DetailSection>
            )
          )
        })}
      </div>
    </>
  )
}

/** A line of megabytes is copied whole, but not drawn whole. */
const longestText = 20_000
