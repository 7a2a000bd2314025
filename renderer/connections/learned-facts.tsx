import type { Source } from '#shared/api/contract'
import type { PlaceEvidence } from '#shared/correlate/learn-log-facts'
import { countOf } from '#shared/derive/quantities'
import { toApiError } from '../state/errors'
import { useLearnedFacts } from '../state/log-facts'
import { MenuButton, type MenuEntry } from '../ui/menu'

type LogSource = Pick<Source, 'id' | 'name'>

/** What was worked out of the sources of logs: from what, how sure, with an example; each can be changed. */
export function LearnedFacts({ sources }: { readonly sources: readonly LogSource[] }) {
  if (sources.length === 0) return undefined
  return (
    <section aria-label="Learned facts">
      <header className="panel-h">
        <h2>Learned facts</h2>
        <span className="t3 small">what was worked out, from what, how sure; each can be changed</span>
      </header>
      <table className="tbl" aria-label="Learned facts">
        <thead>
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">Where</th>
            <th scope="col">Example</th>
            <th scope="col">Learned from</th>
            <th scope="col">
              <span className="sr">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <FactsOfSource key={source.id} source={source} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function FactsOfSource({ source }: { readonly source: LogSource }) {
  const { learned, error, said, correct } = useLearnedFacts(source)
  if (!learned)
    return (
      <tr>
        <td className="m">{source.name}</td>
        <td colSpan={4} className={error ? 'err' : 't3'}>
          {error ? toApiError(error).message : 'being looked at…'}
        </td>
      </tr>
    )
  const { service: saidService, trace: saidTrace } = said
  const [known] = learned.services
  const label = saidService ?? known?.label ?? ''
  const values = learned.services.find((one) => one.label === label)?.values ?? []
  const named = learned.evidence.filter(({ place }) => place.kind === 'beside')
  const shown = learned.evidence.find(({ place }) => saidTrace === undefined || nameOf(place) === saidTrace)
  const back: MenuEntry = {
    id: 'back',
    label: 'As it was learned',
    icon: 'back',
    run: () => correct({}),
  }
  return (
    <>
      <tr>
        <td className="m">Service name</td>
        <td>
          {source.name} label <code>{label}</code>
        </td>
        <td className="mono small t2">{values[0]}</td>
        <td className="t3">
          {saidService === undefined ? `${countOf(values.length, 'value')} seen` : 'you said so'}
        </td>
        <td className="num">
          <MenuButton
            label={`Change what names services in ${source.name}`}
            look="ghost"
            entries={[
              ...learned.services.map((one) => ({
                id: one.label,
                label: one.label,
                note: countOf(one.values.length, 'value'),
                run: () => correct({ ...said, service: one.label }),
              })),
              back,
            ]}
          >
            Change
          </MenuButton>
        </td>
      </tr>
      <tr>
        <td className="m">Trace id in logs</td>
        <td>
          {source.name} {placeWords(saidTrace, shown)}
        </td>
        <td className="mono small t2">{shown?.example.traceId}</td>
        <td className="t3">
          {saidTrace === undefined
            ? `${shown?.count ?? 0} of the ${learned.sampled} newest lines`
            : 'you said so'}
        </td>
        <td className="num">
          <MenuButton
            label={`Change what names traces in ${source.name}`}
            look="ghost"
            entries={[
              ...named.map(({ place, count }) => ({
                id: nameOf(place),
                label: `metadata ${nameOf(place)}`,
                note: countOf(count, 'line'),
                run: () => correct({ ...said, trace: nameOf(place) }),
              })),
              { id: 'text', label: 'Only the text of lines', run: () => correct({ ...said, trace: '' }) },
              back,
            ]}
          >
            Change
          </MenuButton>
        </td>
      </tr>
    </>
  )
}

const nameOf = (place: PlaceEvidence['place']): string => (place.kind === 'beside' ? place.trace : '')

function placeWords(said: string | undefined, shown: PlaceEvidence | undefined): string {
  if (said !== undefined) return said === '' ? 'text of the line' : `metadata ${said}`
  return shown?.example.where ?? 'not seen in a sample: looked for as metadata trace_id, then in the text'
}
