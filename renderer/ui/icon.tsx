import { iconShapes, type IconName } from './icon-shapes'

export type { IconName } from './icon-shapes'

interface Props {
  readonly name: IconName
  /** 16 px, `s` 14 px, `x` 12 px. */
  readonly size?: 's' | 'x' | undefined
  readonly className?: string | undefined
  /** Only for an icon that stands alone; beside text leave it out. */
  readonly label?: string | undefined
}

/** One of the look's line icons, in the colour of the text around it. */
export function Icon({ name, size, className, label }: Props) {
  const classes = ['i', size && `i-${size}`, className].filter(Boolean).join(' ')
  return label === undefined ? (
    <svg className={classes} viewBox="0 0 16 16" aria-hidden="true">
      {iconShapes[name]}
    </svg>
  ) : (
    <svg className={classes} viewBox="0 0 16 16" role="img" aria-label={label}>
      {iconShapes[name]}
    </svg>
  )
}
