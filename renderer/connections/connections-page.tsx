import { useRef, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { toApiError } from '../state/errors'
import { useAppInfo } from '../state/app-info'
import { readAddress } from '../state/address'
import { connectionsLocation } from '../state/connections-location'
import { useLocationState } from '../state/location'
import { credentialsFor, forgetCredentials } from '../state/new-connection'
import { usePanelSize } from '../state/preferences'
import { isServer, useRemoveSource, useSources } from '../state/sources'
import { useEndEmbedded } from '../state/demo'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorNote } from '../ui/error-note'
import { Slot } from '../ui/slot'
import { Splitter } from '../ui/splitter'
import { say } from '../ui/status-message'
import { type ConnectionDraft, draftOf, newDraft } from './connection-draft'
import { ConnectionForm } from './connection-form'
import { ConnectionTable } from './connection-table'
import { LearnedFacts } from './facts/learned-facts'
import styles from './connections.module.css'
import { DemoPanel } from './demo-panel'
import { OpenedPanel } from './opened-panel'
import { useFocusOn } from './use-focus-on'

/** The form as it opens for a new connection: with the address the person came with. */
function startDraft(kind: ConnectionDraft['kind'] | undefined, url: string): ConnectionDraft {
  const address = readAddress(url)
  const guessed = 'error' in address ? undefined : address.kind
  const draft = newDraft(kind ?? guessed ?? 'jaeger', url)
  const credentials = credentialsFor(url)
  return credentials
    ? {
        ...draft,
        authKind: 'basic',
        user: credentials.user,
        password: { isKept: false, text: credentials.password },
      }
    : draft
}

/** The servers Clew asks: a table, and the form of the one that is open. */
export function ConnectionsPage() {
  const [place, { go, adjust }] = useLocationState(connectionsLocation)
  const { data: sources, error, refetch } = useSources()
  const { data: info } = useAppInfo()
  const remove = useRemoveSource()
  const end = useEndEmbedded()
  const panel = usePanelSize('connections.form', 440)
  /** What is being typed, by connection: looking at another one loses nothing. */
  const [drafts, setDrafts] = useState<ReadonlyMap<string, ConnectionDraft>>(new Map())

  const open = place.isNew ? undefined : sources?.find((one) => one.id === place.id)
  const source = open && isServer(open) ? open : undefined
  const key = place.isNew ? `new ${place.kind ?? ''} ${place.url}` : place.id
  const startingDraft = place.isNew ? startDraft(place.kind, place.url) : source && draftOf(source)
  const draft = drafts.get(key) ?? startingDraft
  const changeDraft = (change: (now: ConnectionDraft) => ConnectionDraft) =>
    setDrafts((all) => {
      const now = all.get(key) ?? startingDraft
      return now ? new Map(all).set(key, change(now)) : all
    })
  const forgetDraft = (of: string) => setDrafts((all) => new Map([...all].filter(([one]) => one !== of)))

  const list = useRef<HTMLDivElement>(null)
  const focusOn = useFocusOn(list)
  const close = () => {
    go({ id: '', isNew: false })
    focusOn(open?.id)
  }
  const drop = (gone: Source) => {
    const at = sources?.indexOf(gone) ?? -1
    const next = sources?.[at + 1] ?? sources?.[at - 1]
    forgetDraft(gone.id)
    if (gone.id === place.id) go({ id: '', isNew: false })
    focusOn(next?.id)
    if (!isServer(gone)) {
      end.mutate(gone, {
        onSuccess: () => say(gone.kind === 'files' ? `${gone.name} is closed.` : `${gone.name} has ended.`),
        onError: (thrown) => say(toApiError(thrown).message, { tone: 'warn' }),
      })
      return
    }
    const undo = remove(gone.id)
    say(`Removed ${gone.name}.`, {
      undo: () => {
        undo()
        focusOn(gone.id)
      },
    })
  }
  const add = () => go({ id: '', isNew: true, kind: undefined, url: '' })

  return (
    <div className="cols">
      <div ref={list} className={styles.list}>
        <header className="panel-h">
          <h1 className={styles.title}>Connections</h1>
          {sources && sources.length > 0 && <span className="t3">{sources.length}</span>}
          <span className="grow" />
          {sources?.length !== 0 && (
            <Button icon="plus" data-part="add" onClick={add}>
              Add a connection
            </Button>
          )}
        </header>
        {error && (
          <ErrorNote
            error={toApiError(error)}
            action={<Button onClick={() => void refetch()}>Retry</Button>}
          />
        )}
        {sources && sources.length > 0 && (
          <div className="scroll">
            <ConnectionTable
              sources={sources}
              openId={place.isNew ? '' : place.id}
              onOpen={(id) => go({ id, isNew: false })}
              onRemove={drop}
            />
            <LearnedFacts sources={sources} />
          </div>
        )}
        {sources?.length === 0 && (
          <EmptyState
            title="No connections yet."
            action={
              place.isNew ? undefined : (
                <Button look="primary" icon="plus" data-part="add" onClick={add}>
                  Add a connection
                </Button>
              )
            }
          >
            Add the address of a Jaeger, Tempo, Zipkin, Loki or Prometheus: Clew asks it what it is, and keeps
            the address on this machine.
          </EmptyState>
        )}
        {place.id !== '' && sources && !open && !place.isNew && (
          <EmptyState title="That connection is not here any more.">
            It was removed, or lasted for one run.
          </EmptyState>
        )}
      </div>
      {open && !isServer(open) && (
        <div className={`side ${styles.panel}`} style={{ width: panel.sizePx }}>
          {open.kind === 'local' ? (
            <DemoPanel demo={open} onEnd={() => drop(open)} onClose={close} />
          ) : (
            <OpenedPanel opened={open} onEnd={() => drop(open)} onClose={close} />
          )}
        </div>
      )}
      {draft && (place.isNew || source) && (
        <>
          <Splitter
            label="Width of the form"
            panel="after"
            sizePx={panel.sizePx}
            minPx={360}
            maxPx={720}
            onChange={panel.set}
            onReset={panel.reset}
          />
          <div className={`side ${styles.panel}`} style={{ width: panel.sizePx }}>
            <ConnectionForm
              key={key}
              source={place.isNew ? undefined : source}
              draft={draft}
              onDraft={changeDraft}
              taken={(sources ?? []).filter((one) => one.id !== place.id).map((one) => one.name)}
              testsAtOnce={place.isNew && place.url !== ''}
              secretSentence={info?.secretStore.sentence ?? ''}
              onSaved={(saved) => {
                forgetDraft(key)
                forgetCredentials()
                adjust({ id: saved.id, isNew: false, kind: undefined, url: '' })
                // The form begins anew as that of a kept connection.
                if (place.isNew) focusOn(saved.id)
              }}
              onRemove={() => {
                if (source) drop(source)
              }}
              onClose={close}
            />
          </div>
        </>
      )}
      {/* The form says it where the secret is typed; without a form it stands here. */}
      {!(draft && (place.isNew || source)) && (
        <Slot name="status">
          <span className="cut">{info?.secretStore.sentence}</span>
        </Slot>
      )}
    </div>
  )
}
