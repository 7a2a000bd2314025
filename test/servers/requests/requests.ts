/**
 * Requests to three services over 75 minutes, one by one: what is written is known before anything has counted it. Twenty minutes before
 * the end order-service slows down, and a third of what is ordered fails.
 */
import { Random } from '../story/span.ts'

export interface SentRequest {
  readonly service: string
  readonly instance: string
  readonly method: string
  readonly route: string
  readonly endMs: number
  readonly seconds: number
  readonly isFailed: boolean
  readonly traceId: string
  readonly spanId: string
}

interface Route {
  readonly service: string
  readonly instances: readonly string[]
  readonly method: string
  readonly route: string
  /** On average, a minute. */
  readonly perMinute: number
  /** The middle of how long they take. */
  readonly seconds: number
}

const orders = ['order-a', 'order-b']
const payments = ['payment-a', 'payment-b', 'payment-c']

const routes: readonly Route[] = [
  { service: 'order', instances: orders, method: 'POST', route: '/orders', perMinute: 90, seconds: 0.08 },
  { service: 'order', instances: orders, method: 'GET', route: '/orders/{id}', perMinute: 40, seconds: 0.02 },
  { service: 'payment', instances: payments, method: 'POST', route: '/charge', perMinute: 60, seconds: 0.15 },
  { service: 'cart', instances: ['cart-a'], method: 'GET', route: '/cart', perMinute: 30, seconds: 0.004 },
]

export const spanMs = 75 * 60_000
export const incidentMs = 20 * 60_000

/** All requests that ended within the 75 minutes before a moment, in order of time. */
export function writeRequests(endMs: number, seed = 5): readonly SentRequest[] {
  const random = new Random(seed)
  const requests: SentRequest[] = []
  for (const { instances, perMinute, seconds, ...route } of routes) {
    let atMs = endMs - spanMs
    for (;;) {
      atMs += random.between(0.2, 1.8) * (60_000 / perMinute)
      if (atMs >= endMs) break
      const isIncident = route.route === '/orders' && atMs > endMs - incidentMs
      const isFailed = isIncident && random.next() < 1 / 3
      requests.push({
        ...route,
        instance: random.pick(instances),
        endMs: Math.floor(atMs),
        seconds: seconds * random.between(0.4, 2.2) * (isIncident ? random.between(4, 30) : 1),
        isFailed,
        traceId: random.hex(32),
        spanId: random.hex(16),
      })
    }
  }
  return requests.toSorted((one, other) => one.endMs - other.endMs)
}
