/**
 * React's JSX, through which every element of the page is made (`jsxImportSource`): names and values that come from servers and files may
 * hold characters that are not seen or turn text round, and no component can forget to mark them.
 */
import type { ElementType, Key, ReactElement } from 'react'
import * as react from 'react/jsx-runtime'
import { visibleText } from '#shared/base/hidden-characters'

export { Fragment, type JSX } from 'react/jsx-runtime'

interface Props {
  readonly children?: unknown
  readonly title?: unknown
  readonly 'aria-label'?: unknown
}

/** Makes an element with one child or none. */
export function jsx(type: ElementType, props: Props, key?: Key): ReactElement {
  return react.jsx(type, shown(type, props), key)
}

/** Makes an element with several children. */
export function jsxs(type: ElementType, props: Props, key?: Key): ReactElement {
  return react.jsxs(type, shown(type, props), key)
}

/** What a component is given stays as it is: it may copy it, or compare it. */
function shown(type: unknown, props: Props): Props {
  if (typeof type !== 'string' && type !== react.Fragment) return props
  const children = visible(props.children)
  const title = visible(props.title)
  const label = visible(props['aria-label'])
  if (children !== props.children) props = { ...props, children }
  if (title !== props.title) props = { ...props, title }
  return label === props['aria-label'] ? props : { ...props, 'aria-label': label }
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value)
  if (!Array.isArray(value)) return value
  const children: readonly unknown[] = value
  return children.some((child) => typeof child === 'string' && visibleText(child) !== child)
    ? children.map((child) => (typeof child === 'string' ? visibleText(child) : child))
    : value
}
