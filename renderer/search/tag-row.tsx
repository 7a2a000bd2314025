import { type FocusEvent, useEffect, useRef, useState } from 'react'
import type { Source, TagCondition } from '#shared/api/contract'
import type { TimeRange } from '#shared/derive/time-range'
import { useTagValues } from '../state/search-names'
import { Button } from '../ui/button'
import { ComboBox } from '../ui/combo-box'
import { missingValue } from './search-draft'
import styles from './search-form.module.css'
import { parseTags } from './typed-tags'

interface Props {
  readonly tag: TagCondition
  readonly names: readonly string[]
  readonly sources: readonly Source[]
  readonly range: TimeRange
  /** In place of this condition; several when several were pasted, none when it is left empty. */
  readonly onChange: (tags: readonly TagCondition[]) => void
}

/** One condition `key = value`: a chip, and two fields while it is edited. */
export function TagRow({ tag, names, sources, range, onChange }: Props) {
  const row = useRef<HTMLDivElement>(null)
  const [isOpen, setEditing] = useState(tag.key === '')
  const isEditing = isOpen || tag.value === ''
  /** Someone went on without giving the value: only then is it missing. */
  const [wentOn, setWentOn] = useState(tag.key !== '')
  const values = useTagValues(isEditing ? sources : [], tag.key, range)

  useEffect(() => {
    if (isOpen) row.current?.querySelector('input')?.focus()
  }, [isOpen])

  // The key is there: its value comes next, once the field of the key knows that it was taken.
  const goesOn = useRef(false)
  useEffect(() => {
    if (!goesOn.current) return
    goesOn.current = false
    row.current?.querySelectorAll('input')[1]?.focus()
  })

  const take = (change: Partial<TagCondition>) => {
    // A whole condition typed or pasted into one field: `http.route=/orders status=500`.
    const typed = change.key === undefined ? [] : parseTags(change.key)
    if (typed.length > 0) {
      onChange(typed)
      setEditing(false)
      return
    }
    onChange([{ ...tag, ...change }])
    goesOn.current = Boolean(change.key)
  }
  const onBlur = (event: FocusEvent) => {
    if (row.current?.contains(event.relatedTarget)) return
    // The list of a field hangs elsewhere in the document.
    if (event.relatedTarget instanceof Element && event.relatedTarget.closest('[role=listbox]')) return
    setEditing(false)
    setWentOn(true)
    // A typed key arrives with the same blur: an empty row goes only when nothing is in its field.
    const written = row.current?.querySelector('input')?.value ?? tag.key
    if (written.trim() === '') onChange([])
  }

  if (!isEditing)
    return (
      <div className={styles.tag}>
        <button
          type="button"
          className={`field q ${styles.chip}`}
          title={`${tag.key} = ${tag.value}`}
          onClick={() => setEditing(true)}
        >
          <span className="cut grow">
            <span className={styles.key}>{tag.key}</span> <span className="t3">=</span>{' '}
            <span className={styles.value}>{tag.value === '' ? '""' : tag.value}</span>
          </span>
        </button>
        <Button
          look="ghost"
          icon="close"
          label={`Remove ${tag.key}`}
          className={styles.remove}
          onClick={() => onChange([])}
        />
      </div>
    )
  return (
    // Keys of its fields pass through here on their way to the form.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={row}
      role="group"
      aria-label="Condition"
      className={styles.tagEditing}
      onBlur={onBlur}
      onKeyDown={(event) => {
        // Enter in the key goes on to the value; the form runs from there.
        if (event.key !== 'Enter') return
        if (event.target === row.current?.querySelector('input')) event.preventDefault()
        else setWentOn(true)
      }}
      onPaste={(event) => {
        const pasted = parseTags(event.clipboardData.getData('text'))
        if (pasted.length === 0 || event.target !== row.current?.querySelector('input')) return
        event.preventDefault()
        onChange(pasted)
        setEditing(false)
      }}
    >
      <ComboBox
        label="Attribute"
        hideLabel
        value={tag.key}
        names={names}
        placeholder="http.route, or paste key=value"
        onChange={(key) => take({ key })}
      />
      <ComboBox
        label={`Value of ${tag.key || 'the attribute'}`}
        hideLabel
        value={tag.value}
        names={values.names}
        isLoading={values.isLoading}
        placeholder="value"
        error={wentOn && tag.key !== '' && tag.value === '' ? missingValue : undefined}
        onChange={(value) => take({ value })}
      />
      <Button
        look="ghost"
        icon="close"
        label={`Remove ${tag.key || 'the attribute'}`}
        className={styles.remove}
        onClick={() => onChange([])}
      />
    </div>
  )
}
