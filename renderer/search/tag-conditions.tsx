import { useState } from 'react'
import type { Source, TagCondition } from '#shared/api/contract'
import type { TimeRange } from '#shared/derive/time-range'
import { useTagNames } from '../state/search-names'
import { Button } from '../ui/button'
import styles from './search-form.module.css'
import { TagRow } from './tag-row'

interface Props {
  readonly tags: readonly TagCondition[]
  readonly onChange: (tags: readonly TagCondition[]) => void
  readonly sources: readonly Source[]
  readonly range: TimeRange
}

/** TraceConditions on attributes: all must hold for the same span. */
export function TagConditions({ tags, onChange, sources, range }: Props) {
  const names = useTagNames(sources, range)
  /** Rows keep their fields when another is removed: each has a number of its own. */
  const [numbers, setNumbers] = useState<readonly number[]>([])
  const numberOf = (index: number): number => numbers[index] ?? index
  const replace = (index: number, by: readonly TagCondition[]) => {
    const next = Math.max(tags.length, ...numbers) + 1
    const all = tags.map((_, at) => numberOf(at))
    // The first in its place keeps the row; pasted ones are new.
    const own = by.map((_, at) => (at === 0 && by.length === 1 ? numberOf(index) : next + at))
    setNumbers([...all.slice(0, index), ...own, ...all.slice(index + 1)])
    onChange([...tags.slice(0, index), ...by, ...tags.slice(index + 1)])
  }
  return (
    <section className={styles.section} aria-label="Attributes">
      <h3>Attributes</h3>
      {tags.map((tag, index) => (
        <TagRow
          key={numberOf(index)}
          tag={tag}
          names={names.names}
          sources={sources}
          range={range}
          onChange={(by) => replace(index, by)}
        />
      ))}
      <Button
        look="ghost"
        icon="plus"
        className={styles.add}
        onClick={() => {
          const all = tags.map((_, at) => numberOf(at))
          setNumbers([...all, Math.max(tags.length, ...all) + 1])
          onChange([...tags, { key: '', value: '' }])
        }}
      >
        Attribute
      </Button>
    </section>
  )
}
