import { useAppInfo } from '../state/app-info'
import { Button } from '../ui/button'
import { say } from '../ui/status-message'

interface Props {
  /** The link to what is seen now: a path with its query. */
  readonly linkOf: () => string
}

/** Copies a link that shows what is seen now: in a browser the address, from the desktop one that the system opens with Clew. */
export function CopyLink({ linkOf }: Props) {
  const isDesktop = useAppInfo().data?.shell === 'electron'
  const copy = async () => {
    const link = isDesktop ? desktopLink(linkOf()) : new URL(linkOf(), window.location.href).href
    try {
      await navigator.clipboard.writeText(link)
      say('Copied the link to this view.')
    } catch (cause) {
      say(`The browser did not let Clew copy: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  return <Button icon="link" label="Copy link" onClick={() => void copy()} />
}

/** `/trace?source=…&id=…` as `clew://trace/…`, which says trace, time, sources and span. */
export function desktopLink(path: string): string {
  const params = new URL(path, 'clew://trace').searchParams
  const id = params.get('id') ?? ''
  const said = new URLSearchParams()
  for (const name of ['source', 'start', 'end', 'span'])
    for (const value of params.getAll(name)) said.append(name, value)
  const query = said.toString()
  return `clew://trace/${id}${query === '' ? '' : `?${query}`}`
}
