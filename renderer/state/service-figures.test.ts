import { expect, test } from 'vitest'
import { toldApart } from './service-figures'

const row = (family: string, value: string) => ({
  family,
  value,
  name: value.slice(value.lastIndexOf('/') + 1),
})
const told = (...families: readonly (readonly ReturnType<typeof row>[])[]) =>
  toldApart(families).map(({ family, name }) => `${family}: ${name}`)

test('a service that several histograms measure is told by the first of them', () => {
  expect(told([row('http', 'shop/cart')], [row('spans', 'cart'), row('spans', 'db')])).toEqual([
    'http: cart',
    'spans: db',
  ])
})

test('what has the same name in two namespaces is two services, called by all of it', () => {
  const http = ['prod/checkout', 'staging/checkout', 'prod/cart'].map((value) => row('http', value))
  expect(told(http, [row('spans', 'checkout')])).toEqual([
    'http: prod/checkout',
    'http: staging/checkout',
    'http: cart',
  ])
})

test('a service whose series were labelled by several hands is told once', () => {
  expect(told([row('http', 'cart'), row('http', 'cart')])).toEqual(['http: cart'])
})
