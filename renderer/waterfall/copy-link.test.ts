import { expect, it } from 'vitest'
import { desktopLink } from './copy-link'

it('makes a link that the desktop opens: trace, sources, time and span', () => {
  const place =
    '/trace?source=a+b&source=c&id=4be1f0c2a9d84e7fb6c3d1e2f3a49a7e&start=1&end=2&span=00000000000000f2'
  expect(desktopLink(`${place}&zoom=1-2&fold=closed`)).toBe(
    'clew://trace/4be1f0c2a9d84e7fb6c3d1e2f3a49a7e?source=a+b&source=c&start=1&end=2&span=00000000000000f2',
  )
})
