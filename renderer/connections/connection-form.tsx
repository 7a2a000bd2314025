import { productNames } from '#shared/api/new-source'
import { useEffect, useRef } from 'react'
import type { ApiError, ServerSource } from '#shared/api/contract'
import { sourceKinds } from '../state/connections-location'
import { useProbe } from '../state/sources'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import { Field } from '../ui/field'
import { ProgressBar } from '../ui/progress-bar'
import { Segmented } from '../ui/segmented'
import { AdvancedFields } from './advanced-fields'
import type { ConnectionDraft } from './connection-draft'
import styles from './connections.module.css'
import { ProbeView } from './probe-view'
import { SignInFields } from './sign-in-fields'
import { useConnectionForm } from './use-connection-form'

interface Props {
  readonly source: ServerSource | undefined
  readonly draft: ConnectionDraft
  readonly onDraft: (change: (now: ConnectionDraft) => ConnectionDraft) => void
  readonly taken: readonly string[]
  /** Test at once: the form was opened with an address. */
  readonly testsAtOnce: boolean
  readonly secretSentence: string
  readonly onSaved: (source: ServerSource) => void
  readonly onRemove: () => void
  readonly onClose: () => void
}

const exampleOf: Readonly<Record<ConnectionDraft['kind'], string>> = {
  jaeger: 'http://localhost:16686',
  tempo: 'http://localhost:3200',
  zipkin: 'http://localhost:9411',
  loki: 'http://localhost:3100',
  prometheus: 'http://localhost:9090',
}

/** Which field mends an error, by its kind. */
const fieldOf: Readonly<Partial<Record<ApiError['kind'], { readonly id: string; readonly label: string }>>> =
  {
    'needs-tenant': { id: 'tenant', label: 'Name the tenant' },
    unauthorized: { id: 'sign-in', label: 'Sign in' },
    forbidden: { id: 'sign-in', label: 'Sign in' },
    'login-page': { id: 'sign-in', label: 'Sign in' },
    certificate: { id: 'more', label: 'Certificates' },
    'wrong-product': { id: 'kind', label: 'Change the kind' },
    'not-found': { id: 'address', label: 'Change the address' },
    'not-found-host': { id: 'address', label: 'Change the address' },
    refused: { id: 'address', label: 'Change the address' },
  }

/** One connection: address, sign-in, tenant, certificates; test, save, remove. */
export function ConnectionForm({
  source,
  draft,
  onDraft,
  taken,
  testsAtOnce,
  secretSentence,
  onSaved,
  onRemove,
  onClose,
}: Props) {
  const form = useConnectionForm({ source, draft, setDraft: onDraft, taken, onSaved })
  const kept = useProbe(source?.id)
  const body = useRef<HTMLDivElement>(null)
  const more = useRef<HTMLDetailsElement>(null)
  const testButton = useRef<HTMLButtonElement>(null)
  const { errors, change } = form
  const hasMore = draft.headers.length > 0 || draft.ca !== '' || draft.clientCert !== '' || draft.skipVerify
  const wantsTenant = draft.kind !== 'zipkin'

  const runTest = useRef(form.runTest)
  useEffect(() => {
    runTest.current = form.runTest
  })
  useEffect(() => {
    if (testsAtOnce) void runTest.current()
  }, [testsAtOnce])

  // A mistake inside the folded part would be invisible.
  const mistakeInMore = Object.keys(errors).some((name) => /^(header-|ca|client|timeout)/.test(name))
  useEffect(() => {
    if (mistakeInMore && more.current) more.current.open = true
  }, [mistakeInMore])

  const show = (id: string) => {
    if (id === 'more' && more.current) more.current.open = true
    const part = body.current?.querySelector(`[data-part="${id}"]`)
    part?.scrollIntoView({ block: 'nearest' })
    part?.querySelector<HTMLElement>('input, textarea, [tabindex="0"], summary')?.focus()
  }

  const report = form.tested?.report ?? kept.data
  const mend = report?.error && fieldOf[report.error.kind]
  const title = source ? source.name : 'New connection'
  return (
    <form
      className={styles.form}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.runSave()
      }}
    >
      <header className="panel-h">
        <h2 className="cut">{title}</h2>
        {source?.lasts === 'run' && <span className="tag">this run only</span>}
        <span className="grow" />
        <Button look="ghost" icon="close" label="Close" onClick={onClose} />
      </header>
      <div ref={body} className={styles.body}>
        <fieldset className={styles.group} data-part="address">
          <legend className="sr">Server</legend>
          <Field
            label="Address"
            size="lg"
            icon="plug"
            inputMode="url"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was opened to fill it in
            autoFocus={!source && draft.url === ''}
            value={draft.url}
            placeholder={exampleOf[draft.kind]}
            error={errors.url}
            onChange={(url) => change({ url })}
          />
          <div data-part="kind">
            <Segmented
              label="Kind of server"
              value={draft.kind}
              options={sourceKinds.map((kind) => ({ value: kind, label: productNames[kind] }))}
              onChange={(kind) => change({ kind })}
            />
          </div>
          <Field
            label="Name"
            value={draft.name}
            placeholder={form.nameToBe}
            onChange={(name) => change({ name })}
          />
        </fieldset>
        <div data-part="sign-in">
          <SignInFields draft={draft} errors={errors} onChange={change} />
        </div>
        {wantsTenant && (
          <fieldset className={styles.group} data-part="tenant">
            <legend className="sr">Tenant</legend>
            <Field
              label="Tenant"
              icon="person"
              value={draft.tenant}
              placeholder="none"
              hint={`Only for servers that keep tenants apart; sent as ${draft.kind === 'jaeger' ? 'x-tenant' : 'X-Scope-OrgID'}.`}
              onChange={(tenant) => change({ tenant })}
            />
          </fieldset>
        )}
        <details ref={more} className={styles.more} open={hasMore || undefined} data-part="more">
          <summary>Headers, certificates, time-out</summary>
          <AdvancedFields draft={draft} errors={errors} onChange={change} />
        </details>
        <p className={styles.keeping}>
          {source?.lasts === 'run'
            ? 'Given on the command line: it is gone when Clew ends, with what you change here.'
            : secretSentence}
        </p>
      </div>
      <div className={styles.outcome} aria-live="polite">
        {form.isTesting ? (
          <ProgressBar
            label={`Asking ${draft.url}`}
            onCancel={() => {
              testButton.current?.focus()
              form.cancelTest()
            }}
          />
        ) : form.failure ? (
          <ErrorNote error={form.failure} />
        ) : report ? (
          <ProbeView
            report={report}
            isOld={form.isOld}
            action={mend && <Button onClick={() => show(mend.id)}>{mend.label}</Button>}
          />
        ) : undefined}
        {form.tested && !form.tested.report.ok && !form.isOld && (
          <p className={styles.noteLine}>
            You may {source ? 'save' : 'add'} it all the same: Clew asks again every minute.
          </p>
        )}
      </div>
      <footer className={styles.actions}>
        {source && (
          <Button look="ghost" size="lg" className={styles.remove} onClick={onRemove}>
            Remove
          </Button>
        )}
        <span className="grow" />
        <Button
          ref={testButton}
          size="lg"
          icon="refresh"
          isDisabled={form.isTesting}
          onClick={() => void form.runTest()}
        >
          Test
        </Button>
        <Button size="lg" look="primary" type="submit" isDisabled={form.isSaving}>
          {source ? 'Save' : 'Add'}
        </Button>
      </footer>
    </form>
  )
}
