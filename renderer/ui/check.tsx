import type { ReactNode } from 'react'
import { Icon } from './icon'

interface Props {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  /** The label; may hold more than text, such as a health mark. */
  readonly children: ReactNode
  /** Shown at the right end, not part of the label. */
  readonly after?: ReactNode
}

/** A check box with its label. */
export function Check({ checked, onChange, children, after }: Props) {
  return (
    <span className="check">
      <label className="check grow">
        <span className="box">
          <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
          {checked && <Icon name="check" size="x" />}
        </span>
        {children}
      </label>
      {after}
    </span>
  )
}
