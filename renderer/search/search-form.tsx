import type { Source } from '#shared/api/contract'
import { colorOfService } from '../state/trace-colors'
import { useOperations, useServices } from '../state/search-names'
import { Button } from '../ui/button'
import { ComboBox } from '../ui/combo-box'
import { Field } from '../ui/field'
import { Segmented } from '../ui/segmented'
import { RecentSearches } from './recent-searches'
import { chosenSources } from './plan-search'
import { cleared, type Draft, problemsOf, withConditions, withDuration, withoutOwn } from './search-draft'
import styles from './search-form.module.css'
import { SourcePicker } from './source-picker'
import { TagConditions } from './tag-conditions'

interface Props {
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly sources: readonly Source[]
  readonly onRun: () => void
  readonly widthPx: number
}

const statuses = [
  { value: 'any', label: 'Any' },
  { value: 'error', label: 'Errors only' },
] as const

const swatchOf = (service: string) => (
  <span className="sw" style={{ '--c': colorOfService(service) } as React.CSSProperties} aria-hidden="true" />
)

/** Conditions in plain words; every source is asked for them in its own language. */
export function SearchForm({ draft, onDraft, sources, onRun, widthPx }: Props) {
  const chosen = chosenSources(sources, draft.sources)
  const { conditions } = draft
  const services = useServices(chosen, draft.range)
  const operations = useOperations(chosen, conditions.service, draft.range)
  const problems = problemsOf(draft)
  const others = chosen.filter((source) => !source.capabilities.traceql)
  const isOwn = draft.isOwn && others.length < chosen.length
  return (
    <form
      className="side"
      style={{ width: widthPx }}
      aria-label="Search traces"
      onSubmit={(event) => {
        event.preventDefault()
        onRun()
      }}
    >
      {/* Makes Enter in any field run; the button one sees stands beside the query. */}
      <button type="submit" className="sr" tabIndex={-1} aria-hidden="true" />
      <div className="panel-h">
        <h2>Find traces</h2>
        <span className="grow" />
        <Button look="ghost" className={styles.clear} onClick={() => onDraft(cleared(draft))}>
          Clear
        </Button>
      </div>
      <div className={`scroll ${styles.body}`}>
        {isOwn && (
          <div className={styles.own} role="note">
            <p>
              <b>Your own TraceQL is the query.</b>{' '}
              {others.length > 0 &&
                (draft.askOthers
                  ? `${namesOf(others)} ${others.length === 1 ? 'is' : 'are'} asked with this form.`
                  : `${namesOf(others)} ${others.length === 1 ? 'does' : 'do'} not speak it and ${others.length === 1 ? 'is' : 'are'} left out.`)}
            </p>
            <div className="row">
              <Button onClick={() => onDraft(withoutOwn(draft))}>Back to the form</Button>
              {others.length > 0 && (
                <Button look="ghost" onClick={() => onDraft({ ...draft, askOthers: !draft.askOthers })}>
                  {draft.askOthers ? 'Leave them out' : 'Ask them too'}
                </Button>
              )}
            </div>
          </div>
        )}
        <div className={styles.fields}>
          <ComboBox
            label="Service"
            value={conditions.service}
            names={services.names}
            isLoading={services.isLoading}
            problem={services.error?.message}
            placeholder="any"
            // Only what is chosen: a colour is given for good, and the list may hold thousands.
            markOf={(name) => name === conditions.service && swatchOf(name)}
            onChange={(service) =>
              onDraft(
                withConditions(draft, {
                  service,
                  operation: service === conditions.service ? conditions.operation : '',
                }),
              )
            }
          />
          {draft.withServices.map((service) => (
            <div key={service} className={styles.tag}>
              <span
                className={`field ${styles.with}`}
                title={`Traces without spans of ${service} are left out`}
              >
                <span className="cut grow">
                  with spans of <b>{service}</b> too
                </span>
              </span>
              <Button
                look="ghost"
                icon="close"
                label={`Also without spans of ${service}`}
                className={styles.remove}
                onClick={() =>
                  onDraft({ ...draft, withServices: draft.withServices.filter((one) => one !== service) })
                }
              />
            </div>
          ))}
          <ComboBox
            label="Operation"
            value={conditions.operation}
            names={operations.names}
            isLoading={operations.isLoading}
            problem={operations.error?.message}
            placeholder="any"
            onChange={(operation) => onDraft(withConditions(draft, { operation }))}
          />
          <fieldset className={styles.pair}>
            <legend>Duration</legend>
            <Field
              label="over"
              aria-label="Duration over"
              className={styles.inside}
              value={draft.minText}
              placeholder="any"
              error={problems.min}
              onChange={(typed) => onDraft(withDuration(draft, 'min', typed))}
            />
            <Field
              label="under"
              aria-label="Duration under"
              className={styles.inside}
              value={draft.maxText}
              placeholder="any"
              error={problems.max}
              onChange={(typed) => onDraft(withDuration(draft, 'max', typed))}
            />
          </fieldset>
          <div className={styles.status}>
            <span className={styles.label} aria-hidden="true">
              Status
            </span>
            <Segmented
              label="Status"
              value={conditions.errorsOnly ? 'error' : 'any'}
              options={statuses}
              onChange={(status) => onDraft(withConditions(draft, { errorsOnly: status === 'error' }))}
            />
          </div>
        </div>
        <TagConditions
          tags={conditions.tags}
          onChange={(tags) => onDraft(withConditions(draft, { tags }))}
          sources={chosen}
          range={draft.range}
        />
        <SourcePicker
          sources={sources}
          chosen={draft.sources}
          onChange={(chosen) => onDraft({ ...draft, sources: chosen })}
        />
        <section className={styles.section} aria-label="Limit">
          <Field
            label="Traces from each source"
            inputMode="numeric"
            value={draft.limitText}
            placeholder="100"
            error={problems.limit}
            onChange={(limitText) => onDraft({ ...draft, limitText })}
          />
        </section>
        <RecentSearches />
      </div>
    </form>
  )
}

const namesOf = (sources: readonly Source[]): string =>
  new Intl.ListFormat('en').format(sources.map((source) => source.name))
