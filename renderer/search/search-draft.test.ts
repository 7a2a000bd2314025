import { describe, expect, test } from 'vitest'
import { noConditions } from '#shared/api/contract'
import { searchLocation } from '../state/search-location'
import {
  cleared,
  draftOf,
  locationOf,
  problemsOf,
  withConditions,
  withDuration,
  withoutOwn,
  withText,
} from './search-draft'

const empty = draftOf(searchLocation.parse(new URLSearchParams()))

describe('form and TraceQL', () => {
  test('the text follows the form', () => {
    expect(empty.text).toBe('{}')
    expect(withConditions(empty, { service: 'a', errorsOnly: true }).text).toBe(
      '{ resource.service.name = "a" && status = error }',
    )
  })

  test('the form follows a text it can say, and the text stays as it was written', () => {
    const draft = withText(empty, '{.service.name="a" && duration>1500ms}')
    expect(draft).toMatchObject({
      isOwn: false,
      text: '{.service.name="a" && duration>1500ms}',
      conditions: { ...noConditions, service: 'a', minDurationNs: 1_500_000_001 },
      minText: '1.5 s',
    })
    expect(locationOf(draft)).toMatchObject({ service: 'a', minDurationNs: 1_500_000_001, traceql: '' })
  })

  test('a text that says more is the query, and the form keeps what it said', () => {
    const draft = withText(withConditions(empty, { service: 'a' }), '{ name =~ "x" }')
    expect(locationOf(draft)).toMatchObject({ service: 'a', traceql: '{ name =~ "x" }' })
    expect(withConditions(draft, { service: 'b' }).text).toBe('{ name =~ "x" }')
    expect(withoutOwn(draft)).toMatchObject({ isOwn: false, text: '{ resource.service.name = "a" }' })
  })

  test('what the form said outlives the emptiness one writes through', () => {
    const form = withConditions(empty, { service: 'a' })
    const written = ['', '{', '{}', '{ }', '{ n', '{ name =~ "x" }'].reduce(withText, form)
    expect(written).toMatchObject({ isOwn: true, conditions: { service: 'a' } })
    const other = ['', '{ .service.name = "b" }', '{ .service.name = "b" } | count() > 2'].reduce(
      withText,
      form,
    )
    expect(other).toMatchObject({ isOwn: true, conditions: { service: 'b' } })
  })

  test('clearing leaves sources, time and limit', () => {
    const draft = {
      ...withText(empty, '{ name =~ "x" }'),
      sources: ['t'],
      limitText: '7',
      range: { from: 'now-3h', to: 'now' } as const,
    }
    expect(cleared(draft)).toEqual({ ...empty, sources: ['t'], limitText: '7', range: draft.range })
  })
})

describe('durations and limit', () => {
  test('a number without its unit is asked for it', () => {
    const draft = withDuration(empty, 'min', '500')
    expect(problemsOf(draft).min).toBe('Say the unit: 500 ms, 500 s.')
    expect(draft.conditions.minDurationNs).toBeUndefined()
  })

  test('nothing can be over 2 s and under 1 s', () => {
    const draft = withDuration(withDuration(empty, 'min', '2s'), 'max', '1 s')
    expect(problemsOf(draft)).toEqual({
      min: undefined,
      max: 'Shorter than “over”: nothing can match.',
      limit: undefined,
    })
  })

  test('a limit is a whole number that servers will answer', () => {
    expect(problemsOf({ ...empty, limitText: '1e9' }).limit).toBe('A whole number up to 2000.')
    expect(problemsOf({ ...empty, limitText: '' }).limit).toBeUndefined()
    expect(locationOf({ ...empty, limitText: '' }).limit).toBe(100)
  })

  test('a place in the URL becomes the draft it came from', () => {
    const draft = withDuration(withConditions(empty, { service: 'a' }), 'min', '500 ms')
    const place = searchLocation.parse(
      searchLocation.format({ ...searchLocation.parse(new URLSearchParams()), ...locationOf(draft) }),
    )
    expect(draftOf(place)).toEqual(draft)
  })
})

test('an attribute without a value is not asked for, and is said to miss it', () => {
  const draft = withConditions(draftOf(searchLocation.parse(new URLSearchParams())), {
    tags: [
      { key: '', value: '' },
      { key: 'http.route', value: '' },
    ],
  })
  expect(draft.text).toBe('{}')
  expect(problemsOf(draft).tags).toBe('A value is missing.')
  expect(problemsOf(withConditions(draft, { tags: [{ key: '', value: '' }] })).tags).toBeUndefined()
})
