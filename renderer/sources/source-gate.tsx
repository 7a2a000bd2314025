import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { capabilitiesOf } from '#shared/api/capabilities'
import type { Capabilities, DemoSource, Source } from '#shared/api/contract'
import { offeredChoice } from '#shared/api/demo-scenarios'
import { hrefOfConnections } from '../state/connections-location'
import { useStartDemo } from '../state/demo'
import { toApiError } from '../state/errors'
import { useGo } from '../state/location'
import { hrefOfFiles } from '../state/files'
import { sourceOfFiles } from '../state/files-source'
import { useSources } from '../state/sources'
import { filesWithout } from '../state/unknown-sources'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'

interface Props {
  /** What the page is called. */
  readonly heading: string
  /** What a source must answer for to be asked here; of several, one is enough. Must be the same list each time. */
  readonly needs: keyof Capabilities | readonly (keyof Capabilities)[]
  /** What there is none of: `No source of logs yet.` */
  readonly title: string
  /** What to do next. */
  readonly advice: string
  /** Other ways on. */
  readonly more?: ReactNode
  /** Where the demo shop begins; here, where that is left out. */
  readonly hrefOfDemo?: (demo: DemoSource) => string
  /** The page proper, of at least one source. */
  readonly children: (sources: readonly Source[]) => ReactNode
}

const isAble = (capabilities: Capabilities, needs: Props['needs']): boolean =>
  (typeof needs === 'string' ? [needs] : needs).some((need) => capabilities[need])

const needWords: Partial<Readonly<Record<keyof Capabilities, string>>> = {
  metrics: 'metrics',
  logs: 'log lines',
  traces: 'traces',
}

const whatOf = (needs: Props['needs']): string => {
  const all = [needs].flat()
  return (all.includes('dependencies') ? undefined : needWords[all[0]]) ?? 'calls between services'
}

/** A page that asks sources: what to do where none fits it, and why where they cannot be listed. */
export function SourceGate({ heading, needs, title, advice, more, hrefOfDemo, children }: Props) {
  const known = useSources()
  const go = useGo()
  const demo = useStartDemo()
  const path = useLocation({ select: (location) => location.pathname })
  const search = useLocation({ select: (location) => location.searchStr })
  const sources = useMemo(
    () => known.data?.filter(({ capabilities }) => isAble(capabilities, needs)) ?? [],
    [known.data, needs],
  )
  if (known.error)
    return (
      <ErrorNote
        error={toApiError(known.error)}
        action={<Button onClick={() => void known.refetch()}>Retry</Button>}
      />
    )
  // The list comes from this machine: there is no time in which to show that it is coming.
  if (!known.data) return undefined
  const files = filesWithout(path, new URLSearchParams(search), known.data, sources)
  if (files) {
    const opened = known.data.find(({ id }) => id === sourceOfFiles(files))
    return (
      <>
        <h1 className="sr">{heading}</h1>
        {/* Nobody else is asked: what others have is of another system, or of another time. */}
        <EmptyState
          title={`${opened?.name ?? 'The file'} holds no ${whatOf(needs)}.`}
          action={
            <Button look="primary" icon="file" onClick={() => go(hrefOfFiles(files))}>
              Show what it holds
            </Button>
          }
        >
          There are none in it, or they were lost with a part that is damaged. Other sources are not asked
          here.
        </EmptyState>
      </>
    )
  }
  if (sources.length > 0) return children(sources)
  const [opened, ...others] = known.data.filter(({ kind }) => kind === 'files')
  return (
    <>
      <h1 className="sr">{heading}</h1>
      <EmptyState
        title={title}
        action={
          <>
            <Button look="primary" icon="plug" onClick={() => go(hrefOfConnections({ isNew: true }))}>
              Connect a source
            </Button>
            {isAble(capabilitiesOf('local'), needs) && (
              <Button
                isDisabled={demo.isPending}
                onClick={() =>
                  demo.mutate(offeredChoice, { onSuccess: (begun) => hrefOfDemo && go(hrefOfDemo(begun)) })
                }
              >
                Try the demo shop
              </Button>
            )}
            {more}
          </>
        }
      >
        {opened &&
          (others.length === 0
            ? `${opened.name} holds no ${whatOf(needs)}. `
            : `What is opened holds no ${whatOf(needs)}. `)}
        {advice}
      </EmptyState>
      {demo.error && <ErrorNote error={toApiError(demo.error)} />}
    </>
  )
}
