import { productNames } from '#shared/api/new-source'
import { useState } from 'react'
import type { ProbeReport, Source } from '#shared/api/contract'
import { placeOf } from '../state/demo'
import { useGo } from '../state/location'
import { hrefOfSearch } from '../state/search-location'
import { healthOf, isServer, useAskAgain, useProbes } from '../state/sources'
import { ContextMenu } from '../ui/context-menu'
import { copy } from '../ui/copy'
import { HealthMark } from '../ui/health-mark'
import { MenuButton, type MenuEntry } from '../ui/menu'
import styles from './connections.module.css'
import { productOf, seenOf } from './probe-view'

interface Props {
  readonly sources: readonly Source[]
  readonly openId: string
  readonly onOpen: (id: string) => void
  readonly onRemove: (source: Source) => void
}

interface MenuPlace {
  readonly source: Source
  readonly at: { readonly x: number; readonly y: number }
}

/** What a connection said of itself, or why it said nothing. */
function AnswerCell({ report }: { readonly report: ProbeReport | undefined }) {
  if (!report) return <span className="t3">being asked…</span>
  if (report.error) return <span className="err">{report.error.message}</span>
  return <>{productOf(report)}</>
}

/** The connections, one row each. */
export function ConnectionTable({ sources, openId, onOpen, onRemove }: Props) {
  const go = useGo()
  const askAgain = useAskAgain()
  const [menu, setMenu] = useState<MenuPlace>()
  const entriesOf = (source: Source): readonly MenuEntry[] => [
    {
      id: 'traces',
      label: 'Find traces',
      icon: 'search',
      isDisabled: !source.capabilities.traces,
      run: () => go(hrefOfSearch({ sources: [source.id] })),
    },
    { id: 'again', label: 'Ask again', icon: 'refresh', run: () => void askAgain(source.id) },
    { id: 'copy', label: 'Copy address', icon: 'copy', run: () => void copy('address', placeOf(source)) },
    {
      id: 'remove',
      label: isServer(source) ? 'Remove' : 'End',
      icon: 'close',
      run: () => onRemove(source),
    },
  ]
  const reports = useProbes(sources.map((source) => source.id))
  return (
    <>
      <table className={`tbl ${styles.table}`}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Kind</th>
            <th>Address</th>
            <th>Answers</th>
            <th className="num">Seen</th>
            <th>Lasts</th>
            <th>
              <span className="sr">More</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source, at) => (
            // The name is the button; a click anywhere in the row is a convenience of the pointer.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
            <tr
              key={source.id}
              aria-selected={source.id === openId}
              onClick={() => onOpen(source.id)}
              onContextMenu={(event) => {
                event.preventDefault()
                setMenu({ source, at: { x: event.clientX, y: event.clientY } })
              }}
            >
              <td>
                <span className="row">
                  <HealthMark health={healthOf(reports[at])} />
                  <button
                    type="button"
                    title={source.name}
                    data-connection={source.id}
                    className={`cut ${styles.name}`}
                    aria-current={source.id === openId || undefined}
                  >
                    {source.name}
                  </button>
                </span>
              </td>
              <td className="t2">{productNames[source.kind]}</td>
              <td className="mono t2">{placeOf(source)}</td>
              <td className="t2" title={reports[at]?.error?.message}>
                <AnswerCell report={reports[at]} />
              </td>
              <td className="num t2">{reports[at] ? seenOf(reports[at]) : ''}</td>
              <td className="t2">{source.lasts === 'run' ? 'this run' : 'kept'}</td>
              {/* The menu's own clicks are not clicks on the row. */}
              {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
              <td className={styles.menuCell} onClick={(event) => event.stopPropagation()}>
                <MenuButton
                  label={`More of ${source.name}`}
                  icon="more"
                  look="ghost"
                  entries={entriesOf(source)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {menu && (
        <ContextMenu
          label={menu.source.name}
          at={menu.at}
          entries={entriesOf(menu.source)}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  )
}
