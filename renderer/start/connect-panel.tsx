import { plainSource, productNames } from '#shared/api/new-source'
import { useState } from 'react'
import { countOf } from '#shared/derive/quantities'
import type { FoundServer, ServerSource } from '#shared/api/contract'
import { toApiError } from '../state/errors'
import { readAddress } from '../state/address'
import { hrefOfConnections } from '../state/connections-location'
import { useSayDemoEnded } from '../state/demo'
import { useGo } from '../state/location'
import { hrefOfLogs } from '../state/log-location'
import { handOverCredentials, isSameServer } from '../state/new-connection'
import {
  healthOf,
  isServer,
  useFound,
  useProbes,
  useRemoveSource,
  useSaveSource,
  useSources,
} from '../state/sources'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { Field } from '../ui/field'
import { HealthMark } from '../ui/health-mark'
import { say } from '../ui/status-message'
import styles from './start.module.css'

const withoutScheme = (url: string): string => url.replace(/^https?:\/\//, '')

/** `2.20, 14 services`. */
function factsOf({ report }: Pick<FoundServer, 'report'>): string {
  const seen = report.seen && countOf(report.seen.total, report.seen.what.slice(0, -1), report.seen.what)
  return [report.version, seen].filter(Boolean).join(', ')
}

/** The connections that are there, each with the way on. */
function Connected({ sources }: { readonly sources: readonly ServerSource[] }) {
  const go = useGo()
  const reports = useProbes(sources.map((source) => source.id))
  if (sources.length === 0) return undefined
  return (
    <>
      <h3 className={styles.sub}>Connected</h3>
      <ul>
        {sources.map((source, at) => {
          const report = reports[at]
          const task = taskOf(source)
          return (
            <li key={source.id} className={styles.server}>
              <HealthMark health={healthOf(report)} />
              <span className={`m cut ${styles.serverName}`} title={source.name}>
                {source.name}
              </span>
              <span className="mono small t2 grow cut">{withoutScheme(source.url)}</span>
              <span
                className={`small cut ${report?.error ? 'err' : 't3'} ${styles.serverFacts}`}
                title={report?.error?.message}
              >
                {report?.error ? report.error.message : report && factsOf({ report })}
                {/* A sentence stands alone; what is wrong matters more than how long it lasts. */}
                {source.lasts === 'run' &&
                  !report?.error &&
                  (report && factsOf({ report }) !== '' ? ', this run' : 'this run')}
              </span>
              {task && report?.ok !== false ? (
                <Button onClick={() => go(task.href)} aria-label={`${task.words} ${source.name}`}>
                  {task.label}
                </Button>
              ) : (
                <Button
                  onClick={() => go(hrefOfConnections({ id: source.id }))}
                  aria-label={`${report?.ok === false ? 'Look at' : 'Settings of'} ${source.name}`}
                >
                  {report?.ok === false ? 'Look' : 'Settings'}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What one goes to a source for; undefined where nothing can be asked of it. */
function taskOf({ id, capabilities }: ServerSource) {
  if (capabilities.traces) return { label: 'Find traces', words: 'Find traces in', href: '/traces' }
  if (capabilities.logs)
    return { label: 'Read logs', words: 'Read logs of', href: hrefOfLogs({ source: id }) }
  return capabilities.metrics
    ? { label: 'Chart metrics', words: 'Chart metrics of', href: '/metrics' }
    : undefined
}

/** Servers that answer on the usual ports of this machine, and are not connected yet. */
function FoundHere({ sources }: { readonly sources: readonly ServerSource[] }) {
  const found = useFound()
  const save = useSaveSource()
  const remove = useRemoveSource()
  const sayDemoEnded = useSayDemoEnded()
  const servers = (found.data ?? []).filter(
    (server) => !sources.some((source) => isSameServer(source.url, server.url)),
  )
  const connect = async (server: FoundServer) => {
    const taken = sources.map((source) => source.name)
    try {
      const source = await save.mutateAsync({
        id: undefined,
        input: plainSource(server.kind, server.url, taken),
      })
      say(`Connected ${source.name}.${sayDemoEnded()}`, { undo: () => void remove(source.id) })
    } catch (thrown) {
      say(toApiError(thrown).message, { tone: 'warn' })
    }
  }
  return (
    <>
      <div className="row">
        <h3 className={styles.sub}>Found on this machine</h3>
        <span className="grow" />
        <Button
          look="ghost"
          icon="refresh"
          label="Look again on this machine"
          isDisabled={found.isFetching}
          onClick={() => void found.refetch()}
        />
      </div>
      {found.error ? (
        <p className={styles.none}>{toApiError(found.error).message}</p>
      ) : servers.length > 0 ? (
        <ul>
          {servers.map((server) => (
            <li key={`${server.kind} ${server.url}`} className={styles.server}>
              <HealthMark health={healthOf(server.report)} />
              <span className={`m cut ${styles.serverName}`}>{productNames[server.kind]}</span>
              <span className="mono small t2 grow cut">{withoutScheme(server.url)}</span>
              <span className={`t3 small cut ${styles.serverFacts}`}>{factsOf(server)}</span>
              <Button
                aria-label={`Connect ${productNames[server.kind]} at ${withoutScheme(server.url)}`}
                isDisabled={save.isPending}
                onClick={() => void connect(server)}
              >
                Connect
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.none}>
          {found.isPending
            ? 'Looking on the usual ports…'
            : (found.data?.length ?? 0) > 0
              ? 'All that answers here is connected.'
              : 'Nothing answers on the usual ports: 16686 Jaeger, 3200 Tempo, 9411 Zipkin, 3100 Loki, 9090 Prometheus.'}
        </p>
      )}
    </>
  )
}

/** An address in, or one click on a server of this machine. */
export function ConnectPanel() {
  const go = useGo()
  const { data, error, refetch } = useSources()
  const sources = (data ?? []).filter(isServer)
  const [text, setText] = useState('')
  const [mistake, setMistake] = useState<string>()
  const add = () => {
    const address = readAddress(text)
    if ('error' in address) return setMistake(address.error)
    // The address goes into the page's URL; user and password must not.
    if (address.user !== '') handOverCredentials(address)
    return go(hrefOfConnections({ isNew: true, kind: address.kind, url: address.url }))
  }
  return (
    <section aria-labelledby="connect">
      <h2 id="connect">Connect your servers</h2>
      <p>Jaeger, Tempo and Zipkin for traces, Loki for logs, Prometheus for metrics.</p>
      <form
        className={styles.address}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <Field
          label="Address of a server"
          hideLabel
          size="lg"
          icon="plug"
          className="grow"
          inputMode="url"
          placeholder="localhost:16686, https://tempo.example.com, or a Grafana data source"
          value={text}
          error={mistake}
          onChange={(next) => {
            setText(next)
            setMistake(undefined)
          }}
        />
        <Button size="lg" type="submit">
          Add
        </Button>
      </form>
      {error && (
        <ErrorNote error={toApiError(error)} action={<Button onClick={() => void refetch()}>Retry</Button>} />
      )}
      <Connected sources={sources} />
      <FoundHere sources={sources} />
    </section>
  )
}
