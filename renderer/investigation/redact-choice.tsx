import { useState } from 'react'
import { countOf, formatCount } from '#shared/derive/quantities'
import type { Found } from '#shared/investigation/redact'
import { ownRule, type RedactRule } from '#shared/investigation/redact-rules'
import { Button } from '../ui/button'
import { Check } from '../ui/check'
import { Field } from '../ui/field'
import { ProgressBar } from '../ui/progress-bar'
import styles from './investigation.module.css'

interface Props {
  readonly rules: readonly RedactRule[]
  /** What each would take out; undefined while that is being found. */
  readonly found: readonly Found[] | undefined
  /** Ids of the rules that are on. */
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (id: string, isOn: boolean) => void
  readonly onAdd: (rule: RedactRule) => void
}

/** So many of each kind are shown at first, and so many more at a time. */
const fewNames = 5
const moreNames = 200

/** What is taken out of one kind, and what stands there instead. */
function TakenOut({ names, label }: { readonly names: Found['names']; readonly label: string }) {
  const [most, setMost] = useState(fewNames)
  const left = names.length - most
  const more = Math.min(left, moreNames)
  return (
    <>
      {names.length > 0 && (
        <ul className={`mono small ${styles.examples}`} aria-label={`Taken out: ${label}`}>
          {names.slice(0, most).map(({ value, instead }) => (
            <li key={instead} className="cut" title={value}>
              {value} → {instead}
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <Button look="ghost" onClick={() => setMost(most + more)}>
          {more < left
            ? `${formatCount(more)} more of ${formatCount(left)}`
            : `The other ${formatCount(left)}`}
        </Button>
      )}
    </>
  )
}

/** What is taken out before saving: how many values of each kind, and on demand which, and what stands there instead. */
export function RedactChoice({ rules, found, chosen, onChoose, onAdd }: Props) {
  const [text, setText] = useState('')
  const [isShown, setShown] = useState(false)
  const rule = ownRule(text)
  const isWrong = text.trim() !== '' && rule === undefined
  const add = (): void => {
    if (!rule) return
    onAdd(rule)
    setText('')
  }
  return (
    <section aria-label="Redact" className={styles.section}>
      <h3>Redact</h3>
      {!found && <ProgressBar label="Looking for what nobody else should see" />}
      {rules.map(({ id, label }) => {
        const one = found?.find((other) => other.rule.id === id)
        return (
          <div key={id}>
            <Check
              checked={chosen.has(id)}
              onChange={(isOn) => onChoose(id, isOn)}
              after={
                <span className="t3 small num">
                  {one && one.values > 0
                    ? `${countOf(one.values, 'value')}, ${countOf(one.places, 'place')}`
                    : one && 'none'}
                </span>
              }
            >
              {label}
            </Check>
            {one && one.underName > 0 && chosen.has(id) && (
              <p className={`t3 small ${styles.examples}`}>
                {one.underName === one.values ? 'They are' : `${formatCount(one.underName)} of them are`}{' '}
                short numbers, common words or words of a sentence: taken out where they stand under that
                name, not where they stand in a text.
              </p>
            )}
            {isShown && one && chosen.has(id) && <TakenOut names={one.names} label={label} />}
          </div>
        )
      })}
      <div className={styles.own}>
        <Field
          label="Attribute, text or /pattern/"
          hideLabel
          className="grow"
          icon="plus"
          placeholder="Attribute, text or /pattern/"
          value={text}
          onChange={setText}
          error={isWrong ? 'This pattern cannot be used, or could take for ever.' : undefined}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button isDisabled={!rule} onClick={add}>
          Add
        </Button>
        <Button pressed={isShown} onClick={() => setShown(!isShown)}>
          Preview
        </Button>
      </div>
    </section>
  )
}
