/** The same for tests, whose code is compiled for development. */
import type { ElementType, Key, ReactElement } from 'react'
import { jsx, jsxs } from './jsx-runtime'

export { Fragment, type JSX } from './jsx-runtime'

/** Makes an element; `isStatic` where its children were written one by one. */
export function jsxDEV(
  type: ElementType,
  props: Parameters<typeof jsx>[1],
  key: Key | undefined,
  isStatic: boolean,
): ReactElement {
  return isStatic ? jsxs(type, props, key) : jsx(type, props, key)
}
