import { expect, test } from 'vitest'
import { saidTogether } from './said-together'

test('what was said of several sources is said of the one that holds what they held', () => {
  expect(
    saidTogether([
      { service: 'app', names: { order: 'order-v2' }, clocks: { order: 3 } },
      { exemplar: 'traceID', names: { cart: 'cart-v2' }, histograms: { cart: 'cart_seconds' } },
    ]),
  ).toEqual({
    service: 'app',
    names: { order: 'order-v2', cart: 'cart-v2' },
    clocks: { order: 3 },
    exemplar: 'traceID',
    histograms: { cart: 'cart_seconds' },
  })
})
