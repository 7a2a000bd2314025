import { useMemo } from 'react'
import type { ApiError, Source } from '#shared/api/contract'
import type { TimeRange } from '#shared/derive/time-range'
import { readPromqlError } from '#shared/metrics/error-place'
import type { AveragedQuantile } from '#shared/metrics/quantile-average'
import { LogqlEditor, readLogqlError } from '../logql/logql-editor'
import { useLogWords } from '../state/log-names'
import { type MetricLanguage, useMetricWords } from '../state/metric-answers'
import { healthOf, useProbe } from '../state/sources'
import { Button } from '../ui/button'
import { CodeEditor } from '../ui/code-editor/code-editor'
import type { EditorMark } from '../ui/code-editor/language'
import { HealthMark } from '../ui/health-mark'
import { MenuButton, type MenuEntry } from '../ui/menu'
import { ChangedTag, QueryErrorLine, QueryStrip } from '../ui/query-strip'
import { AveragedNote } from './averaged-note'
import { factsIn } from './panel-facts'
import { promqlHelp } from './promql/promql-help'
import { promql } from './promql/language'
import { useAveraged } from './use-averaged'

interface Props {
  readonly sources: readonly Source[]
  readonly source: Source | undefined
  readonly language: MetricLanguage
  readonly range: TimeRange
  /** The language is said where the source may be asked in both. */
  readonly onSource: (id: string, language: 'logql' | undefined) => void
  readonly text: string
  readonly onText: (text: string) => void
  /** What is written is what a chart below shows, and says itself what is wrong with. */
  readonly isDrawn: boolean
  /** What is written is not what is shown. */
  readonly isChanged: boolean
  /** What the server could not read of the text as it stands. */
  readonly error: ApiError | undefined
  readonly history: readonly string[]
  readonly onRun: (text?: string) => void
  readonly onAdd: () => void
}

/** Offsets as the editor counts: lines and columns from 1. */
function placeOf(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function marksOf(text: string, error: ApiError | undefined, averaged: AveragedQuantile | undefined) {
  const marks: EditorMark[] = []
  if (error) marks.push({ severity: 'error', ...readPromqlError(error.detail ?? error.message) })
  if (averaged)
    marks.push({
      severity: 'warning',
      ...placeOf(text, averaged.from),
      length: text.slice(averaged.from, averaged.to).split('\n', 1)[0].length,
      message: averaged.message,
    })
  return marks
}

/** Sources of metrics, then those whose lines can be counted. */
function entriesOf(
  sources: readonly Source[],
  present: Source | undefined,
  language: MetricLanguage,
  onSource: Props['onSource'],
): readonly MenuEntry[] {
  const entry = (one: Source, its: MetricLanguage): MenuEntry => ({
    id: `${its} ${one.id}`,
    label: one.name,
    note: its === 'logql' ? 'its lines, in LogQL' : undefined,
    icon: one.id === present?.id && its === language ? 'check' : undefined,
    run: () => onSource(one.id, its === 'logql' && one.capabilities.metrics ? 'logql' : undefined),
  })
  return [
    ...sources.filter(({ capabilities }) => capabilities.metrics).map((one) => entry(one, 'promql')),
    ...sources.filter(({ capabilities }) => capabilities.logs).map((one) => entry(one, 'logql')),
  ]
}

/** The query of the selected panel: whom it asks, its text, what is wrong with it, and what is better said otherwise. */
export function QueryBar(props: Props) {
  const {
    sources,
    source,
    language,
    range,
    onSource,
    text,
    onText,
    isDrawn,
    isChanged,
    error,
    history,
    onRun,
    onAdd,
  } = props
  const isPromql = language === 'promql'
  const words = useMetricWords(isPromql ? source?.id : undefined)
  const names = useLogWords(source?.id ?? '', range)
  const help = useMemo(() => promqlHelp(words), [words])
  const report = useProbe(source?.id)
  const facts = useMemo(() => factsIn(language, text), [language, text])
  const averaged = useAveraged(facts, text, source?.id)
  const marks = useMemo(() => marksOf(text, error, averaged), [text, error, averaged])
  const placed = error && (isPromql ? readPromqlError : readLogqlError)(error.detail ?? error.message)
  return (
    <QueryStrip
      row={
        <>
          <MenuButton label="Source" size="lg" entries={entriesOf(sources, source, language, onSource)}>
            <HealthMark health={healthOf(report.data)} />
            {source?.name ?? 'No source'}
            {!isPromql && source?.capabilities.metrics === true && ', lines'}
          </MenuButton>
          {isPromql ? (
            <CodeEditor
              language={promql}
              label="PromQL"
              value={text}
              onChange={onText}
              help={help}
              marks={marks}
              onSubmit={() => onRun()}
              history={history}
            />
          ) : (
            <LogqlEditor
              value={text}
              onChange={onText}
              onSubmit={() => onRun()}
              names={names}
              error={error}
              history={history}
            />
          )}
          <ChangedTag isChanged={isChanged} />
          <MenuButton
            label="Queries asked before"
            icon="clock"
            look="ghost"
            size="lg"
            entries={
              history.length === 0
                ? [{ id: 'none', label: 'Nothing was asked yet', isDisabled: true, run: () => undefined }]
                : history.slice(0, 20).map((query, index) => ({
                    id: String(index),
                    label: query,
                    run: () => onRun(query),
                  }))
            }
          />
          <Button look="primary" size="lg" icon="play" onClick={() => onRun()}>
            Run
          </Button>
          <Button size="lg" icon="plus" onClick={onAdd}>
            Chart
          </Button>
        </>
      }
    >
      {placed && <QueryErrorLine at={placed} source={source?.name} />}
      {averaged && !isDrawn && <AveragedNote averaged={averaged} onQuery={onRun} />}
    </QueryStrip>
  )
}
