import type { Source } from '#shared/api/contract'
import { useSearchWords } from '../state/search-names'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { chosenSources } from './plan-search'
import { type Draft, saidSoFar, withText } from './search-draft'
import { nameOfSearch } from './search-words'
import styles from './search-page.module.css'
import type { QueryError } from './traceql/error-place'
import { TraceqlEditor } from './traceql/traceql-editor'

interface Props {
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly sources: readonly Source[]
  /** What a server could not read of the text as it stands, and which one. */
  readonly error: { readonly source: string; readonly at: QueryError } | undefined
  readonly onRun: () => void
}

const noSources: readonly Source[] = []

/** The query as it will be asked: TraceQL where a source speaks it, plain words otherwise; and the button that asks. */
export function QueryBar({ draft, onDraft, sources, error, onRun }: Props) {
  const chosen = chosenSources(sources, draft.sources)
  const speakers = chosen.filter((source) => source.capabilities.traceql)
  const words = useSearchWords(speakers.length > 0 ? speakers : noSources, draft.range)
  return (
    <div className={styles.query}>
      <div className={styles.queryRow}>
        {speakers.length > 0 ? (
          <TraceqlEditor
            label="TraceQL"
            value={draft.text}
            onChange={(text) => onDraft(withText(draft, text))}
            words={words}
            error={error?.at}
          />
        ) : (
          <p className={`grow ${styles.plainQuery}`}>
            {nameOfSearch(saidSoFar(draft.conditions), undefined)}
            <span className="t3"> asked of {chosen.map((source) => source.name).join(', ')}</span>
          </p>
        )}
        <Button look="primary" size="lg" icon="play" onClick={onRun}>
          Run
        </Button>
      </div>
      {error && (
        <p className={styles.queryError} role="alert">
          <Icon name="error" size="s" className="err" />
          {error.at.line !== undefined && (
            <span className="err">
              <span className="sr">line </span>
              {error.at.line}
              <span aria-hidden="true">:</span>
              <span className="sr"> column </span>
              {error.at.column}
            </span>
          )}
          <code>{error.at.message}</code>
          <span className="t3 small">{error.source}</span>
        </p>
      )}
    </div>
  )
}
