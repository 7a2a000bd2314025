import { countOf } from '#shared/derive/quantities'
import { WarnNote } from './warn-note'

interface Props {
  readonly source: string
  /** In its own words. */
  readonly warnings: readonly string[]
}

/** Says that figures may not be whole, as the source that answered said itself. */
export function Warnings({ source, warnings }: Props) {
  const [first, ...others] = warnings
  if (first === undefined) return undefined
  return (
    <WarnNote title={`${source} warns: ${first}`}>
      {others.length > 0 && `And of ${countOf(others.length, 'other thing')}. `}What is shown here may not be
      whole.
    </WarnNote>
  )
}
