import type { Source } from '#shared/api/contract'
import { healthOf, useProbes } from '../state/sources'
import { Check } from '../ui/check'
import { HealthMark } from '../ui/health-mark'
import { chosenSources } from './plan-search'
import styles from './search-form.module.css'

interface Props {
  readonly sources: readonly Source[]
  /** Ids; empty means all. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** What a source is asked in. */
const languageOf = (source: Source): string =>
  source.capabilities.traceql ? 'TraceQL' : source.kind === 'zipkin' ? 'annotations' : 'tags'

/** Which sources are asked, how they are, and in which language they are asked. */
export function SourcePicker({ sources, chosen, onChange }: Props) {
  const reports = useProbes(sources.map((source) => source.id))
  const present = chosenSources(sources, chosen)
  const isChosen = (source: Source): boolean => present.includes(source)
  const choose = (source: Source, checked: boolean) => {
    const next = sources.filter((one) => (one === source ? checked : isChosen(one))).map((one) => one.id)
    // None cannot be asked: taking the last one away means all again.
    onChange(next.length === sources.length ? [] : next)
  }
  return (
    <section className={styles.section} aria-label="Sources">
      <h3>Sources</h3>
      {sources.map((source, index) => (
        <Check
          key={source.id}
          checked={isChosen(source)}
          onChange={(checked) => choose(source, checked)}
          after={<span className="t3 small">{languageOf(source)}</span>}
        >
          <HealthMark health={healthOf(reports[index])} />
          <span className="cut">{source.name}</span>
        </Check>
      ))}
    </section>
  )
}
