import { expect, test } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import type { Climbed, RungState } from './ladder-end'
import { type LogFacts, usualFacts } from './log-facts'
import type { Rung } from './log-ladder'
import { endOfServices, foundOfServices, serviceLadder, type ServiceSubject } from './service-ladder'
import { anySpellingOf } from './service-names'

const at = 1_700_000_000_000
const subject: ServiceSubject = { services: ['order-service'], startMs: at, endMs: at + 60_000 }
const loki = (facts: LogFacts = usualFacts, name = 'Loki') => ({ id: name.toLowerCase(), name, facts })
const drawn = ({ reach, query, what, startMs, endMs, finds }: Rung): string =>
  `${reach} (${(startMs - at) / 60_000} to ${(endMs - at) / 60_000} min): ${query} — ${what}, ${finds}`

const spelled = '(?i)(.*/)?order([-_. ](service|svc|server|api|app))?'
const however = (label: string): string =>
  `{${label}=~"${spelled}"} — order-service, however spelled in ${label}`

test('lines of a service that nothing is known of are looked for however it is spelled, in steps of time', () => {
  expect(serviceLadder(subject, loki()).map(drawn)).toEqual([
    'at that time (0 to 1 min): {service_name="order-service"} — service.name = service_name, its',
    `at that time (0 to 1 min): ${however('service_name')}, its`,
    `± 15 min (-15 to 16 min): ${however('service_name')}, near`,
    `± 1 h (-60 to 61 min): ${however('service_name')}, near`,
    `± 6 h (-360 to 361 min): ${however('service_name')}, near`,
    `± 24 h (-1440 to 1441 min): ${however('service_name')}, near`,
    'at that time (0 to 1 min): {service_name=~".+"} — lines of any service, now',
  ])
})

test('lines of a service whose name is known are looked for by that name in wider times, and by every label then', () => {
  const services = [
    { label: 'app', values: ['order'] },
    { label: 'job', values: ['shop/x'] },
  ]
  const rungs = serviceLadder(subject, loki({ ...usualFacts, services })).map(drawn)
  expect(rungs.slice(0, 4)).toEqual([
    'at that time (0 to 1 min): {app="order"} — service.name = app, its',
    `at that time (0 to 1 min): ${however('app')}, its`,
    `at that time (0 to 1 min): ${however('job')}, its`,
    '± 15 min (-15 to 16 min): {app="order"} — service.name = app, near',
  ])
})

const fields = (value: string): RegExp => new RegExp(`service_instance_id="${value}" or .*pod="${value}"`)

test('lines of an instance are looked for beside and in the line, in all streams, in wider times, and then those of its service', () => {
  const rungs = serviceLadder({ ...subject, instance: 'pay-1:9090' }, loki()).map(drawn)
  expect(rungs[0]).toMatch(fields('pay-1:9090'))
  expect(rungs[0]).toMatch(fields('pay-1'))
  expect(rungs.map((rung) => rung.replace(/ \| service_instance_id=.*? — /, ' | … — '))).toEqual([
    'at that time (0 to 1 min): {service_name="order-service"} | … — the instance in a label or metadata like pod or host, its',
    'at that time (0 to 1 min): {service_name="order-service"} |= `pay-1:9090` — its name in the line, its',
    'at that time (0 to 1 min): {service_name=~".+"} | … — the instance in a label or metadata like pod or host, in all streams, its',
    '± 15 min (-15 to 16 min): {service_name="order-service"} | … — the instance in a label or metadata like pod or host, near',
    '± 1 h (-60 to 61 min): {service_name="order-service"} | … — the instance in a label or metadata like pod or host, near',
    'at that time (0 to 1 min): {service_name="order-service"} — service.name = service_name, of any instance, near',
    `at that time (0 to 1 min): ${however('service_name')}, near`,
    ...serviceLadder(subject, loki()).map(drawn).slice(2),
  ])
})

test.each([
  [
    'order-service',
    ['order', 'Order_Service', 'shop/order-svc', 'order.api'],
    ['border', 'orders', 'order-worker'],
  ],
  ['cart', ['CART', 'cart-service', 'a/b/cart'], ['cart-db']],
  ['a+b', ['A+B'], ['aab', 'aaab']],
])('every spelling of %s is matched, and no other name', (service, alike, others) => {
  const expression = new RegExp(`^(?:${anySpellingOf(service).replace('(?i)', '')})$`, 'i')
  expect([...alike, ...others].filter((name) => expression.test(name))).toEqual(alike)
})

const answered = (count: number): RungState => ({
  kind: 'answered',
  count,
  hasMore: false,
  firstMs: at,
  lastMs: at,
  tookMs: 1,
})
const error: ApiError = {
  kind: 'refused',
  message: 'Loki is down.',
  detail: undefined,
  advice: '',
  status: undefined,
}
const climbed = (stateOf: (rung: Rung) => RungState): readonly Climbed[] =>
  serviceLadder(subject, loki()).map((rung) => ({ rung, state: stateOf(rung) }))

test.each<[string, readonly Climbed[], string]>([
  [
    'they are there under another name',
    climbed(({ what, finds }) => answered(finds === 'its' && what.includes('however') ? 3 : 0)),
    'Loki has lines of order-service from then. Found: 3 lines by order-service, however spelled in service_name.',
  ],
  [
    'there are some an hour away',
    climbed(({ reach }) => answered(reach === '± 1 h' ? 3 : 0)),
    'No line of order-service is from then. The nearest are in Loki: 3 lines, ± 1 h.',
  ],
  [
    'others wrote lines then',
    climbed(({ finds }) => answered(finds === 'now' ? 9 : 0)),
    'No line of order-service was found in 24 hours before or after. Loki holds lines of others from then: its lines may be collected under a name that is not like it, belong to another tenant, or not be collected. What it is called can be said under Connections.',
  ],
  [
    'nobody did',
    climbed(() => answered(0)),
    'No line of order-service was found in 24 hours before or after. There are no lines of others from then either: it may be older than what is kept, or belong to another tenant.',
  ],
  [
    'the source went away',
    climbed(({ reach }) => (reach === '± 6 h' ? { kind: 'failed', error } : answered(0))),
    'No line of order-service was found where it could be asked. Loki is down.',
  ],
  [
    'the source is down',
    climbed(() => ({ kind: 'failed', error })),
    'Whether order-service wrote lines could not be asked. Loki is down.',
  ],
])('a service without lines is explained where %s', (_, rungs, sentence) => {
  const { headline, why, isFound = false } = endOfServices(subject, rungs)
  expect(`${headline} ${why}`).toBe(sentence)
  expect(isFound).toBe(foundOfServices(rungs) !== undefined)
})
