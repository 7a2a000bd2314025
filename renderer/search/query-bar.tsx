import type { Source } from '#shared/api/contract'
import { useSearchWords } from '../state/search-names'
import { Button } from '../ui/button'
import { ChangedTag, QueryErrorLine, QueryStrip } from '../ui/query-strip'
import { chosenSources } from './plan-search'
import { type Draft, saidSoFar, withText } from './search-draft'
import { nameOfSearch } from './search-words'
import styles from './search-page.module.css'
import type { QueryError } from './traceql/error-place'
import { TraceqlEditor } from './traceql/traceql-editor'

interface Props {
  readonly draft: Draft
  /** What was run; undefined while nothing was. */
  readonly ran: Draft | undefined
  /** What was run is not what would be run now. */
  readonly isChanged: boolean
  readonly onDraft: (draft: Draft) => void
  readonly sources: readonly Source[]
  /** What a server could not read of the text as it stands, and which one. */
  readonly error: { readonly source: string; readonly at: QueryError } | undefined
  readonly onRun: () => void
}

const noSources: readonly Source[] = []

/**
 * The query: TraceQL to write where a source speaks it, otherwise, in plain words, what the results below answer; and the button that
 * asks, beside which stands whether it would ask something else.
 */
export function QueryBar({ draft, ran, isChanged, onDraft, sources, error, onRun }: Props) {
  const chosen = chosenSources(sources, draft.sources)
  const speakers = chosen.filter((source) => source.capabilities.traceql)
  const words = useSearchWords(speakers.length > 0 ? speakers : noSources, draft.range)
  const said = ran ?? draft
  const asked = chosenSources(sources, said.sources)
  return (
    <QueryStrip
      row={
        <>
          {speakers.length > 0 ? (
            <TraceqlEditor
              value={draft.text}
              onChange={(text) => onDraft(withText(draft, text))}
              words={words}
              error={error?.at}
            />
          ) : (
            <p className={`grow ${styles.plainQuery}`}>
              {nameOfSearch(saidSoFar(said.conditions), undefined)}
              {said.withServices.length > 0 && `, with ${said.withServices.join(', ')}`}
              <span className="t3"> asked of {asked.map((source) => source.name).join(', ')}</span>
            </p>
          )}
          <ChangedTag isChanged={isChanged} />
          <Button look="primary" size="lg" icon="play" onClick={onRun}>
            Run
          </Button>
        </>
      }
    >
      {error && <QueryErrorLine at={error.at} source={error.source} />}
    </QueryStrip>
  )
}
