import { type ReactNode, useMemo, useState } from 'react'
import type { Labels } from '#shared/api/logs'
import { namingLabelOf, serviceOfStream, usualFacts } from '#shared/correlate/log-facts'
import { aroundPlace } from '#shared/correlate/trace-questions'
import { formatDateTimeNs, type TimeZone } from '#shared/derive/clock-times'
import { formatBytes } from '#shared/derive/quantities'
import { extraOf, labelsOf, type LogLine, msOf, nsTextOf, textOf } from '#shared/logs/batch'
import { fieldsIn } from '#shared/logs/line-fields'
import { readableOf } from '#shared/logs/readable-text'
import { plainText } from '#shared/logs/visible-text'
import type { FieldKind, FieldValue } from '#shared/query/logql/query'
import { useLogFacts } from '../state/log-facts'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { FollowService } from '../pivots/follow-service'
import { type PivotItem, PivotList } from '../pivots/pivot-list'
import styles from './line-detail.module.css'
import { LinesAround } from './lines-around'
import { aroundKey, type LinesWithAround } from './lines-with-around'
import { LineText } from '../ui/line-text'
import type { RowLook } from './log-row'
import { useLinePivots } from './use-line-pivots'

interface Props {
  /** Where other lines are asked for; undefined where they are all in the list. */
  readonly source: { readonly id: string; readonly name: string } | undefined
  readonly line: LogLine
  readonly look: RowLook
  /** Undefined where the lines around it cannot be asked for. */
  readonly around?: LinesWithAround | undefined
  readonly zone: TimeZone
  readonly onFilter: (field: FieldValue, isIn: boolean) => void
  readonly canExclude?: boolean
  readonly onColumn: (name: string) => void
  /** Where it stands for several lines: how many, and how to see each. */
  readonly repeats?: { readonly count: number; readonly onOpen: () => void } | undefined
}

/** A longer value does not fit into a query that every server takes. */
const mostFilterUnits = 4_000

/** So much of a line is shown at first. */
const shownUnits = 20_000

/** All of a line: its text as it is best read, labels, metadata and fields apart, and where it leads. */
export function LineDetail(props: Props) {
  const { source, line, look, around, zone, onFilter, canExclude = true, onColumn, repeats } = props
  const [isWhole, setWhole] = useState(false)
  const isAround = around?.has(line) === true
  const text = textOf(line)
  const { metadata, parsed } = extraOf(line)
  const inLine = fieldsIn(text)
  const ways = useLinePivots(source, line, look)
  const pivots: readonly PivotItem[] = around
    ? [
        ...ways,
        {
          id: 'around',
          to: 'log',
          icon: 'logs',
          title: isAround ? 'Without the lines around it' : 'Lines around it',
          why: 'in its stream, whatever the query leaves out',
          keys: aroundKey,
          run: () => around.set(line, !isAround),
        },
      ]
    : ways
  const readable = readableOf(text)
  const labels = labelsOf(line)
  const [facts = usualFacts] = useLogFacts(useMemo(() => (source ? [source] : []), [source]))
  const service = serviceOfStream(labels, facts)
  const named = namingLabelOf(labels, facts)
  const ms = msOf(line)
  const follow = service !== undefined && source && (
    <FollowService service={service} {...aroundPlace({ startMs: ms, endMs: ms })} />
  )
  const shown = isWhole ? readable : readable.slice(0, shownUnits)
  const groups: readonly { title: string; kind: FieldKind; labels: Labels }[] = [
    { title: 'Labels', kind: 'label', labels },
    { title: 'Structured metadata', kind: 'metadata', labels: metadata },
    // What the query has read is there for its filters, as metadata is.
    { title: 'Parsed by the query', kind: 'metadata', labels: parsed },
    { title: 'Fields in the line', kind: inLine?.kind ?? 'json', labels: inLine?.fields ?? {} },
  ]
  return (
    <div className={styles.detail}>
      {repeats && (
        <div className="row">
          <span>{repeats.count} times the same line, one after the other; this is the first of them.</span>
          <Button icon="repeat" onClick={repeats.onOpen}>
            Show each of them
          </Button>
        </div>
      )}
      <div className={styles.text}>
        <pre className="mono">
          <LineText text={shown} marks={look.marks} breaks />
        </pre>
        {shown.length < readable.length && (
          <Button onClick={() => setWhole(true)}>Show all {formatBytes(readable.length)}</Button>
        )}
      </div>
      <div className={styles.parts}>
        <div className={styles.groups}>
          {groups
            .filter(({ labels }) => Object.keys(labels).length > 0)
            .map(({ title, kind, labels }) => (
              <section key={title} aria-label={title}>
                <h2 className="t3 small">{title}</h2>
                <dl className={`mono ${styles.fields}`}>
                  {Object.entries(labels).map(([name, value]) => (
                    <FieldLine
                      key={name}
                      field={{ kind, name, value }}
                      hasColumn={look.columns.includes(name)}
                      onFilter={onFilter}
                      canExclude={canExclude}
                      onColumn={onColumn}
                      follow={kind === 'label' && name === named && follow}
                    />
                  ))}
                </dl>
              </section>
            ))}
        </div>
        <PivotList label="Follow" items={pivots}>
          <li className={styles.meta}>
            <span className="t3 small">{formatDateTimeNs(BigInt(nsTextOf(line)), zone)}</span>
            <CopyButton what="line" text={plainText(text)} />
          </li>
        </PivotList>
      </div>
      {isAround && source && <LinesAround source={source} line={line} zone={zone} />}
    </div>
  )
}

interface FieldProps extends Pick<Props, 'onFilter' | 'onColumn'> {
  readonly field: FieldValue
  readonly hasColumn: boolean
  readonly canExclude: boolean
  /** Where it leads, if it names a service. */
  readonly follow: ReactNode
}

/** A name, its value, and what can be done with it. */
function FieldLine({ field, hasColumn, canExclude, follow, onFilter, onColumn }: FieldProps) {
  const { name, value } = field
  const short = value.length > 2_000 ? `${value.slice(0, 2_000)}…` : value
  return (
    <>
      <dt className="cut" title={name}>
        {name}
      </dt>
      <dd>
        <span className={styles.value}>
          <LineText text={short} marks={[]} />
        </span>
        {follow}
        <span className={styles.acts}>
          {value.length <= mostFilterUnits && (
            <>
              <Button
                look="ghost"
                icon="plus"
                label={`Only lines with this ${name}`}
                onClick={() => onFilter(field, true)}
              />
              {canExclude && (
                <Button
                  look="ghost"
                  icon="exclude"
                  label={`No lines with this ${name}`}
                  onClick={() => onFilter(field, false)}
                />
              )}
            </>
          )}
          <Button
            look="ghost"
            icon="indent"
            label={hasColumn ? `Take away the column ${name}` : `Show ${name} as a column`}
            pressed={hasColumn}
            onClick={() => onColumn(name)}
          />
          <CopyButton what={name} text={value} />
        </span>
      </dd>
    </>
  )
}
