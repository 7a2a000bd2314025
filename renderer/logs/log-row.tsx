import { type CSSProperties, memo, type ReactNode, useLayoutEffect, useRef } from 'react'
import type { TraceNaming } from '#shared/api/contract'
import { formatDateTime, formatTime, type TimeZone } from '#shared/derive/clock-times'
import { extraOf, labelsOf, levelOf, type LogBatch, type LogLine, msOf, textOf } from '#shared/logs/batch'
import { fieldsIn } from '#shared/logs/line-fields'
import { traceOf } from '#shared/logs/trace-of-line'
import { setHoverTime } from '../chart/hover-time'
import { Icon } from '../ui/icon'
import { LineText } from '../ui/line-text'
import styles from './log-list.module.css'

/** What all rows of a list have in common. */
export interface RowLook {
  readonly zone: TimeZone
  readonly columns: readonly string[]
  readonly wrap: boolean
  readonly marks: Parameters<typeof LineText>[0]['marks']
  /** The trace a line leads to; undefined where there is no source of traces. */
  readonly hrefOfTrace:
    | ((traceId: string, spanId: string | undefined, line: LogLine) => string | undefined)
    | undefined
  /** How lines name their trace, where that is known of their source. */
  readonly naming?: TraceNaming | undefined
}

/** The same, as the list it is in has it. */
export interface RowLookInList extends RowLook {
  /** Its lines are of more than one day, which is said of each. */
  readonly hasDays: boolean
}

/** `07:33:20.010`, or `10-26 07:33:20.010`. */
export const timeText = (line: LogLine, { zone, hasDays }: Pick<RowLookInList, 'zone' | 'hasDays'>): string =>
  hasDays ? formatDateTime(msOf(line), zone).replace(/^-?\d+-/, '') : formatTime(msOf(line), zone)

interface Props {
  readonly batch: LogBatch
  /** Its place in the batch. */
  readonly at: number
  readonly id: string
  readonly row: number
  readonly look: RowLookInList
  readonly topPx: number
  readonly heightPx: number
  readonly isSelected: boolean
  readonly isExpanded: boolean
  /** So many lines it stands for. */
  readonly repeats: number
  /** It was clicked. */
  readonly onPick: (line: LogLine) => void
  readonly onOpenTrace: (href: string) => void
  /** Called when the row needs another height than it was given. */
  readonly onHeight: (line: LogLine, px: number) => void
  /** Below the line, when it is expanded. */
  readonly children?: ReactNode
}

/** More of a line than this is not drawn in the list. */
const mostUnits = { cut: 1_000, wrapped: 5_000 }

/** A column shows the beginning of a value. */
const mostValueUnits = 200

/** How lines are called; the rest have no level that is known. */
export const shortLevels = {
  unknown: '',
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
} as const

/** A value of the line by its name, wherever it stands: beside the line first, then in it. */
export function valueOf(line: LogLine, name: string): string {
  const { metadata, parsed } = extraOf(line)
  const value =
    metadata[name] ?? parsed[name] ?? labelsOf(line)[name] ?? fieldsIn(textOf(line))?.fields[name] ?? ''
  return value.slice(0, mostValueUnits)
}

/** One line of the list, and what is shown of it when it is expanded. While one scrolls only rows that come into view are drawn. */
export const LogRow = memo(function LogRow(props: Props) {
  const {
    batch,
    at,
    id,
    row,
    look,
    topPx,
    heightPx,
    isSelected,
    isExpanded,
    repeats,
    onPick,
    onOpenTrace,
    onHeight,
    children,
  } = props
  const line = { batch, at }
  const box = useRef<HTMLDivElement>(null)
  const level = levelOf(line)
  const trace = look.hrefOfTrace && traceOf(line, look.naming)
  const href = trace && look.hrefOfTrace?.(trace.traceId, trace.spanId, line)
  const text = textOf(line)
  const most = look.wrap ? mostUnits.wrapped : mostUnits.cut
  const isUneven = look.wrap || isExpanded

  useLayoutEffect(() => {
    const element = box.current
    if (!isUneven || !element) return undefined
    const measure = (): void => {
      const px = element.offsetHeight
      if (px > 0 && px !== heightPx) onHeight({ batch, at }, px)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [isUneven, batch, at, heightPx, onHeight])

  const style: CSSProperties = { transform: `translateY(${topPx}px)` }
  if (!isUneven) style.height = heightPx
  return (
    <div ref={box} className={styles.place} style={style} role="presentation">
      {/* Keys are handled by the grid, which keeps the focus (aria-activedescendant). */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div
        id={id}
        role="row"
        aria-rowindex={row + 1}
        aria-level={1}
        aria-selected={isSelected}
        aria-expanded={isExpanded}
        data-level={level}
        className={look.wrap ? `${styles.row} ${styles.wrapped}` : styles.row}
        onPointerEnter={() => setHoverTime(msOf(line) / 1_000)}
        onPointerLeave={() => setHoverTime(undefined)}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('a')) return
          // A drag over text selects it, and is no click.
          if (getSelection()?.isCollapsed !== false) onPick({ batch, at })
        }}
      >
        <span role="gridcell" className={`mono ${styles.time}`}>
          {timeText(line, look)}
        </span>
        <span role="gridcell" className={styles.level}>
          {shortLevels[level]}
        </span>
        {look.columns.map((name) => (
          <span key={name} role="gridcell" className={`mono cut ${styles.column}`}>
            {valueOf(line, name)}
          </span>
        ))}
        <span role="gridcell" className={look.wrap ? `mono ${styles.message}` : `mono cut ${styles.message}`}>
          {repeats > 1 && (
            <span className={`tag ${styles.repeats}`} title={`${repeats} times the same line`}>
              ×{repeats}
            </span>
          )}
          <LineText
            text={text.length > most ? `${text.slice(0, most)}…` : text}
            marks={look.marks}
            breaks={look.wrap}
          />
        </span>
        <span role="gridcell" className={styles.trace}>
          {trace && (
            <a
              href={href}
              className="sig-trace"
              title={`Open its trace: ${trace.where}`}
              aria-label="Open its trace"
              tabIndex={-1}
              onClick={(event) => {
                // With a key held the browser opens it beside, as any link.
                if (event.ctrlKey || event.metaKey || event.shiftKey || href === undefined) return
                event.preventDefault()
                onOpenTrace(href)
              }}
            >
              <Icon name="traces" size="s" />
            </a>
          )}
        </span>
      </div>
      {isExpanded && (
        <div role="row" aria-level={2} className={styles.detail}>
          <div role="gridcell">{children}</div>
        </div>
      )}
    </div>
  )
})
