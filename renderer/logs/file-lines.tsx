import { useDeferredValue, useMemo, useState } from 'react'
import { countOf } from '#shared/derive/quantities'
import { type LogBatch, type LogLine, levels } from '#shared/logs/batch'
import { emptyList, withRest } from '#shared/logs/log-list'
import { mergeBatches } from '#shared/logs/merge'
import { rowsWith } from '#shared/logs/find-lines'
import type { FileLinesProps } from '../state/file-panes'
import { useGo } from '../state/location'
import { usePreferences } from '../state/preferences'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { Field } from '../ui/field'
import { LineDetail } from './line-detail'
import { LogListView } from './log-list-view'
import styles from './logs-view.module.css'
import { marksOf } from './line-marks'

const errorLevel = levels.indexOf('error')

/** The lines of opened files in one list in true order of time, filtered by their words and level. */
export function FileLines({ logs, hrefOf }: FileLinesProps) {
  const go = useGo()
  const { timeZone: zone } = usePreferences()
  const [text, setText] = useState('')
  const [errorsOnly, setErrorsOnly] = useState(false)
  const [wrap, setWrap] = useState(false)
  const [columns, setColumns] = useState<readonly string[]>([])
  const [selected, setSelected] = useState<LogLine>()
  const sought = useDeferredValue(text)
  const whole = useMemo(
    () =>
      mergeBatches(
        logs.map(({ batch }) => batch),
        'newest',
      ),
    [logs],
  )
  const list = useMemo(() => {
    const all = withRest(emptyList('newest'), whole)
    const rows = sought.trim() === '' ? undefined : new Set(rowsWith(all, sought))
    const isKept = (batch: LogBatch, at: number): boolean =>
      (rows?.has(at) ?? true) && (!errorsOnly || batch.level[at] >= errorLevel)
    return rows === undefined && !errorsOnly
      ? all
      : withRest(emptyList('newest'), mergeBatches([whole], 'newest', isKept))
  }, [whole, sought, errorsOnly])
  const look = useMemo(
    () => ({ zone, columns, wrap, marks: marksOf('', sought), hrefOfTrace: hrefOf }),
    [zone, columns, wrap, sought, hrefOf],
  )
  const open = (href: string): void => go(href)
  const toggleColumn = (name: string): void =>
    setColumns((now) => (now.includes(name) ? now.filter((one) => one !== name) : [...now, name]))
  return (
    <section className={styles.page} aria-label="Lines of the files">
      <div className={`row ${styles.head}`}>
        <span className="cut" role="status">
          <b>{countOf(list.length, 'line')}</b>
          {list.length < whole.length && <span className="t3"> of {countOf(whole.length, 'line')}</span>}
        </span>
        <span className="grow" />
        <Button pressed={errorsOnly} onClick={() => setErrorsOnly(!errorsOnly)}>
          Errors only
        </Button>
        <Button pressed={wrap} onClick={() => setWrap(!wrap)}>
          Wrap
        </Button>
        <Field
          label="Only lines with"
          hideLabel
          icon="search"
          placeholder="Only lines with"
          clearable
          className={styles.find}
          value={text}
          onChange={setText}
        />
      </div>
      {list.length === 0 ? (
        <EmptyState title="No line of these files matches.">Take a filter out.</EmptyState>
      ) : (
        <LogListView
          list={list}
          look={look}
          selected={selected}
          onSelect={setSelected}
          onEnd={nothingMore}
          onOpenTrace={open}
          renderDetail={(line) => (
            <LineDetail
              line={line}
              look={look}
              zone={zone}
              onColumn={toggleColumn}
              onFilter={({ value }, isIn) => isIn && setText(value)}
              canExclude={false}
              source={undefined}
            />
          )}
        />
      )}
    </section>
  )
}

/** All lines are there from the start. */
const nothingMore = (): void => undefined
