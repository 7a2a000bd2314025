import type { ButtonHTMLAttributes, Ref } from 'react'
import { Icon, type IconName } from './icon'

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'type'> {
  /** One `primary` per panel at most; `ghost` has no border until the pointer is on it. */
  readonly look?: 'plain' | 'primary' | 'ghost' | undefined
  readonly size?: 'lg' | undefined
  readonly icon?: IconName | undefined
  /** The name of a button that shows only its icon; also its tooltip. */
  readonly label?: string | undefined
  /** For a button that stays in. */
  readonly pressed?: boolean | undefined
  /** Keeps its place in the tab order, so that focus is never lost; does nothing. */
  readonly isDisabled?: boolean | undefined
  readonly type?: 'button' | 'submit' | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** A button: text, an icon, or both. */
export function Button({
  look = 'plain',
  size,
  icon,
  label,
  pressed,
  isDisabled = false,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: Props) {
  const iconOnly = icon !== undefined && children === undefined
  const classes = ['btn', size, look !== 'plain' && look, iconOnly && 'icon', className]
  return (
    <button
      title={iconOnly ? label : undefined}
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- always 'button' or 'submit', never left out
      type={type}
      className={classes.filter(Boolean).join(' ')}
      aria-label={label ?? rest['aria-label']}
      aria-pressed={pressed}
      aria-disabled={isDisabled || undefined}
      onClick={isDisabled ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} size="s" />}
      {children}
    </button>
  )
}
