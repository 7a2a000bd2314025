import { useState } from 'react'
import type { Source } from '#shared/api/contract'
import type { FactRow } from '#shared/correlate/fact-rows'
import type { FactEdit } from '#shared/correlate/said'
import { toApiError } from '../../state/errors'
import { useFactRows, useLookAgain } from '../../state/fact-rows'
import { Button } from '../../ui/button'
import { FactDialog } from './fact-dialog'
import { LookedAt } from './looked-at'
import styles from './learned-facts.module.css'

interface Edited {
  readonly source: string
  /** Undefined for a fact that is added. */
  readonly row: FactRow | undefined
  readonly edit: FactEdit | undefined
}

/** How sure something is and where it can be changed are in view however long a name is. */
const widths = [130, '36%', '25%', 60, undefined, 92] as const

/** Everything that was worked out of the sources: with an example, how sure, and why; what is not measured at every answer can be put right, and others added. */
export function LearnedFacts({ sources }: { readonly sources: readonly Source[] }) {
  const found = useFactRows(sources)
  const lookAgain = useLookAgain()
  const [edited, setEdited] = useState<Edited>()
  const [first] = sources
  if (first === undefined) return undefined
  return (
    <section aria-label="Learned facts">
      <header className="panel-h">
        <h2>Learned facts</h2>
        <span className="t3 small cut">
          what was worked out, from what, how sure; all that is not measured can be changed
        </span>
        <span className="grow" />
        <LookedAt found={found} />
        <Button look="ghost" onClick={lookAgain}>
          Look again
        </Button>
        <Button icon="plus" onClick={() => setEdited({ source: first.id, row: undefined, edit: undefined })}>
          Add a fact
        </Button>
      </header>
      <table className={`tbl ${styles.table}`} aria-label="Learned facts">
        <colgroup>
          {widths.map((width, column) => (
            // oxlint-disable-next-line react/no-array-index-key -- columns keep their places
            <col key={column} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">Holds</th>
            <th scope="col">Example</th>
            <th scope="col">Sure</th>
            <th scope="col">Learned from</th>
            <th scope="col">
              <span className="sr">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {found.flatMap(({ source, rows, error }) => [
            ...rows.map((row) => (
              <FactLine
                key={`${source.id} ${row.id}`}
                row={row}
                onChange={() => setEdited({ source: source.id, row, edit: row.edit })}
              />
            )),
            (error !== null || rows.length === 0) && (
              <tr key={source.id}>
                <td className="m">{source.name}</td>
                <td colSpan={5} className={error ? 'err' : 't3'}>
                  {error ? toApiError(error).message : 'being looked at…'}
                </td>
              </tr>
            ),
          ])}
        </tbody>
      </table>
      {edited && (
        <FactDialog
          sources={sources}
          first={edited.source}
          edit={edited.edit}
          isSaid={edited.row?.isSaid ?? false}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  )
}

function FactLine({ row, onChange }: { readonly row: FactRow; readonly onChange: () => void }) {
  const { fact, holds, example, sure, why } = row
  const words = holds.map((part) => (typeof part === 'string' ? part : part.code)).join('')
  return (
    <tr>
      <td className="m">{fact}</td>
      <td title={words}>
        {holds.map((part) => (typeof part === 'string' ? part : <code key={part.code}>{part.code}</code>))}
      </td>
      <td className="mono small t2" title={example}>
        {example}
      </td>
      <td>
        <span className={styles.sure} role="img" aria-label={`certainty ${sure} of 4`}>
          {[1, 2, 3, 4].map((least) => (
            <i key={least} className={sure >= least ? styles.on : undefined} />
          ))}
        </span>
      </td>
      <td className="t3" title={why}>
        {why}
      </td>
      <td className="num">
        {row.edit ? (
          <Button look="ghost" label={`Change ${fact}: ${words}`} onClick={onChange}>
            Change
          </Button>
        ) : (
          <span className="t3 small">measured</span>
        )}
      </td>
    </tr>
  )
}
