import { type FormEvent, useId, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Source } from '#shared/api/contract'
import { type FactEdit, withoutSaid, withSaid } from '#shared/correlate/said'
import { forgetMetBy } from '../../state/log-facts'
import { useFactNames } from '../../state/fact-rows'
import { useSay } from '../../state/said-facts'
import { Button } from '../../ui/button'
import { ComboBox } from '../../ui/combo-box'
import { Dialog } from '../../ui/dialog'
import { Segmented } from '../../ui/segmented'
import { type FactDraft, draftOf, editOf, type FactKind, kindsOf, valueLabels } from './fact-draft'
import { FactTrialNote } from './fact-trial'
import styles from './learned-facts.module.css'

interface Props {
  readonly sources: readonly Source[]
  /** The source whose fact it is, or the first that one may be added to. */
  readonly first: string
  /** Undefined for a fact that is added. */
  readonly edit: FactEdit | undefined
  readonly isSaid: boolean
  readonly onClose: () => void
}

const kindNames: Readonly<Record<FactKind, string>> = {
  service: 'Label of services',
  name: 'Name of a service',
  trace: 'Trace id in logs',
  clock: 'Clock of a service',
  exemplar: 'Label of exemplars',
  histogram: 'Histogram of a service',
  holds: 'Traces of a service',
}

const places = [
  { value: 'metadata', label: 'Metadata or label' },
  { value: 'field', label: 'Field' },
  { value: 'text', label: 'Text' },
  { value: 'nowhere', label: 'Nowhere' },
] as const

const yesOrNo = [
  { value: 'yes', label: 'Holds them' },
  { value: 'no', label: 'Does not' },
] as const

/** One fact as a person says it: it is kept, and wins over what is learned. */
export function FactDialog({ sources, first, edit, isSaid, onClose }: Props) {
  const [sourceId, setSource] = useState(first)
  const source = sources.find(({ id }) => id === sourceId) ?? sources[0]
  const kinds = kindsOf(source)
  const [draft, setDraft] = useState<FactDraft>(() => draftOf(edit, kinds[0]))
  /** What is being typed: it is tried before it is left standing. */
  const [typed, setTyped] = useState<Partial<Pick<FactDraft, 'service' | 'value'>>>({})
  const [isTried, setTried] = useState(false)
  const say = useSay()
  const client = useQueryClient()
  const names = useFactNames(source)
  const formId = useId()
  const change = (some: Partial<FactDraft>) => setDraft((now) => ({ ...now, ...some }))
  const type = (field: keyof typeof typed) => (text: string | undefined) =>
    setTyped((now) => {
      const { [field]: _, ...others } = now
      return text === undefined ? others : { ...others, [field]: text.trim() }
    })
  const { problem, said } = editOf({ ...draft, ...typed }, names.services)
  const save = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (!said) return
    // What is said in the place of something takes that back.
    if (edit && isSaid) forgetMetBy(client, source.id, edit)
    say(source.id, (now) => withSaid(now, said))
    onClose()
  }
  const error = isTried ? problem : undefined
  const isOfService = 'name clock histogram holds'.split(' ').includes(draft.kind)
  const hasValue = draft.kind !== 'holds' && (draft.kind !== 'trace' || /metadata|field/.test(draft.place))
  return (
    <Dialog
      title={edit ? `${kindNames[draft.kind]}, ${source.name}` : 'Add a fact'}
      onClose={onClose}
      actions={
        <>
          {edit && isSaid && (
            <Button
              size="lg"
              onClick={() => {
                forgetMetBy(client, source.id, edit)
                say(source.id, (now) => withoutSaid(now, edit))
                onClose()
              }}
            >
              As it was learned
            </Button>
          )}
          <Button size="lg" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" size="lg" type="submit" form={formId}>
            Keep
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.form} onSubmit={save}>
        {!edit && (
          <>
            <ComboBox
              label="Source"
              value={source.name}
              allowsOther={false}
              names={sources.map(({ name }) => name)}
              onChange={(name) => {
                const next = sources.find((one) => one.name === name)
                if (!next) return
                setSource(next.id)
                change({ kind: kindsOf(next)[0] })
              }}
            />
            <ComboBox
              label="Fact"
              value={kindNames[draft.kind]}
              allowsOther={false}
              names={kinds.map((kind) => kindNames[kind])}
              onChange={(name) => {
                const kind = kinds.find((one) => kindNames[one] === name)
                if (kind) change({ kind, value: '' })
              }}
            />
          </>
        )}
        {isOfService && (
          <ComboBox
            label="Service, as traces call it"
            value={draft.service}
            names={names.services}
            opensAbove
            onTyped={type('service')}
            onChange={(service) => change({ service })}
          />
        )}
        {draft.kind === 'trace' && (
          <Segmented
            label="Where lines name their trace"
            value={draft.place}
            options={places}
            onChange={(place) => change({ place })}
          />
        )}
        {draft.kind === 'holds' && (
          <Segmented
            label={`Whether ${source.name} holds its traces`}
            value={draft.holds ? 'yes' : 'no'}
            options={yesOrNo}
            onChange={(value) => change({ holds: value === 'yes' })}
          />
        )}
        {hasValue && (
          <ComboBox
            label={valueLabels[draft.kind]}
            value={draft.value}
            names={names[draft.kind] ?? []}
            error={error}
            opensAbove
            onTyped={type('value')}
            onChange={(value) => change({ value })}
          />
        )}
        {!hasValue && error !== undefined && <p className="err">{error}</p>}
        <FactTrialNote source={source} edit={said} />
      </form>
    </Dialog>
  )
}
