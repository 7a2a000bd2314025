import { useState } from 'react'
import type { Source } from '#shared/api/contract'
import { type AskedQuery, curlOf, exploreUrl } from '#shared/correlate/other-tools'
import { useGrafana } from '../state/grafana'
import { copy } from '../ui/copy'
import { MenuButton, type MenuEntry } from '../ui/menu'
import { GrafanaDialog } from './grafana-dialog'

interface Props {
  /** Name of the button. */
  readonly label: string
  readonly source: Source | undefined
  /** Undefined while nothing is asked. */
  readonly asked: AskedQuery | undefined
  /** A link within Clew, and what it is called. */
  readonly link: { readonly title: string; readonly href: string }
  readonly look?: 'plain' | 'ghost' | undefined
}

type Way = 'copy' | 'open' | 'change'

/** Hands a query on: as a link, as a command, as a page of Grafana, whose address is asked for once. */
export function CopyQuery({ label, source, asked, link, look = 'plain' }: Props) {
  const { base, nameOf } = useGrafana()
  /** What was wanted of Grafana while its address is asked for. */
  const [waiting, setWaiting] = useState<Way>()
  const hand = (way: Way, at: string, name: string): void => {
    if (!asked || way === 'change') return
    const url = exploreUrl(at, name, asked)
    if (way === 'open') window.open(url, '_blank', 'noopener')
    else void copy('link into Grafana', url)
  }
  const want = (way: Way) => (): void => {
    if (base === undefined || way === 'change') setWaiting(way)
    else hand(way, base, nameOf(source?.id ?? ''))
  }
  const curl = source && asked && curlOf(source, asked)
  const entries: MenuEntry[] = [
    {
      id: 'link',
      label: link.title,
      icon: 'link',
      run: () => void copy('link', new URL(link.href, window.location.href).href),
    },
  ]
  if (curl !== undefined)
    entries.push(
      { id: 'curl', label: 'As a curl command', icon: 'cmd', run: () => void copy('curl command', curl) },
      { id: 'grafana', label: 'As a link into Grafana’s Explore', icon: 'copy', run: want('copy') },
      { id: 'explore', label: 'Open in Grafana’s Explore', icon: 'metrics', run: want('open') },
    )
  if (curl !== undefined && base !== undefined)
    entries.push({
      id: 'where',
      label: 'Where Grafana is',
      icon: 'settings',
      note: new URL(base).host,
      run: want('change'),
    })
  return (
    <>
      <MenuButton label={label} icon="copy" look={look} entries={entries} />
      {waiting !== undefined && source && (
        <GrafanaDialog
          source={source}
          onClose={() => setWaiting(undefined)}
          onSaved={(at, name) => {
            setWaiting(undefined)
            hand(waiting, at, name)
          }}
        />
      )}
    </>
  )
}
