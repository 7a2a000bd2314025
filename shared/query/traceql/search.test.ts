/** What a query finds; that Tempo finds the same is tested with Tempo itself (`test/servers/traceql-local.test.ts`). */
import { describe, expect, test } from 'vitest'
import { traceSpans } from '../../../test/builders/trace-spans.ts'
import { parseTraceql } from './parse.ts'
import { searchTraces } from './search.ts'
import { TraceqlError } from './traceql-error.ts'
import { valueText } from './value.ts'

const trace = traceSpans(`
  GET / @frontend 0+100ms server size=1 region=eu
    list @stock 10+40ms client size=20 cached=true event:retry=1 event:retry=3
      SELECT @stock 12+30ms error size=300
      SELECT @stock 14+2ms ok ratio=0.5
    mail @mail 60+20ms producer error user=ann event:retry=2
        lost @mail 70+5ms consumer
`)

/** The names of the spans found, a text for each group, with what the group has in common. */
async function found(query: string): Promise<string[]> {
  const groups: string[] = []
  for await (const { spansets } of searchTraces(parseTraceql(query), [trace]))
    for (const { spans, attributes } of spansets)
      groups.push(
        [
          ...attributes.map(([name, value]) => `${name}=${valueText(value)}:`),
          spans.map((span) => trace.name(span)).join(', '),
        ].join(' '),
      )
  return groups
}

const all = 'GET /, list, SELECT, SELECT, mail, lost'

describe('a query finds', () => {
  test.each<[query: string, found: string]>([
    ['{}', all],
    ['{ status = error }', 'SELECT, mail'],
    ['{ name =~ "SEL" }', ''],
    ['{ name =~ "SEL.*" }', 'SELECT, SELECT'],
    ['{ kind = internal }', 'SELECT, SELECT'],
    ['{ duration > 30ms }', 'GET /, list'],
    ['{ duration = traceDuration }', 'GET /'],
    ['{ rootName = "GET /" && rootServiceName = "frontend" }', all],
    ['{ nestedSetParent < 0 }', 'GET /'],
    ['{ nestedSetLeft = 0 }', 'lost'],
    ['{ .service.name = "stock" }', 'list, SELECT, SELECT'],
    ['{ span.service.name = "stock" }', ''],
    ['{ instrumentation:name = "lib" && instrumentation:version != "2" }', all],
    ['{ span:id = "0000000000000002" }', 'list'],
    ['{ trace:id = "a1" }', all],
    // What is not there is neither equal nor different.
    ['{ span.user != "bob" }', 'mail'],
    ['{ span.user != nil }', 'mail'],
    // Each kind of number beside its own.
    ['{ span.size > 19.5 }', ''],
    ['{ span.ratio > 0 }', ''],
    ['{ 20 <= span.size }', 'list, SELECT'],
    ['{ span.size + 0.5 > 20 }', 'list, SELECT'],
    ['{ span.size / 3 = 6 }', 'list'],
    ['{ -span.size * 2 = -40 }', 'list'],
    ['{ 2 ^ 3 = 8 && span.cached }', 'list'],
    ['{ !span.cached }', ''],
    // && binds as || does.
    ['{ name = "mail" || name = "list" && status = error }', 'mail'],
    ['{ name = "mail" || (name = "list" && status = error) }', 'mail'],
    ['{ name = "list" || name = "mail" && status = unset }', 'list'],
    ['{ event:name = "retry" }', 'list, mail'],
    ['{ event.attempt > 2 }', 'list'],
    ['{ event.attempt > 1 && event.attempt < 3 }', 'mail'],
    ['{ event:timeSinceStart = 0s }', 'list, mail'],
    ['{ status = error } && { kind = server }', 'GET /, SELECT, mail'],
    ['{ status = error } && { name = "none" }', ''],
    ['{ status = error } || { name = "none" }', 'SELECT, mail'],
    ['{ name = "list" } > {}', 'SELECT, SELECT'],
    ['{ kind = server } >> { status = error }', 'SELECT, mail'],
    ['{ status = error } < {}', 'GET /, list'],
    ['{ name = "SELECT" && status = error } << {}', 'GET /, list'],
    ['{ status = ok } ~ {}', 'SELECT'],
    ['{ name = "list" } !> {}', 'GET /, list, mail, lost'],
    ['{ name = "list" } &> { status = error }', 'SELECT, list'],
    ['{ kind = server } &>> { status = error }', 'SELECT, mail, GET /'],
    ['{ name = "list" } &~ { name = "mail" }', 'mail, list'],
    ['{ name = "none" } !> {}', ''],
    // What relates spans binds more strongly than && does.
    ['{ kind = producer } && { kind = server } > { kind = client }', 'list, mail'],
    ['{} | { status = error } | { kind = producer }', 'mail'],
    ['{} | select(name)', all],
  ])('%s: %s', async (query, names) => {
    expect(await found(query)).toEqual(names === '' ? [] : [names])
  })

  test.each<[query: string, groups: readonly string[]]>([
    ['{} | count() > 5', [`count()=6: ${all}`]],
    ['{} | count() > 6', []],
    ['{ status = error } | avg(duration) = 25ms', ['avg(duration)=25ms: SELECT, mail']],
    ['{} | sum(span.size) = 321', [`sum(span.size)=321: ${all}`]],
    ['{} | max(span.size) - 1 > 2', []],
    ['{} | min(span.nothing) = 0', []],
    [
      '{ .service.name = "stock" } | by(status) | count() > 0',
      [
        'by(status)=unset: count()=1: list',
        'by(status)=error: count()=1: SELECT',
        'by(status)=ok: count()=1: SELECT',
      ],
    ],
    ['{} | by(name) | count() = 2 | coalesce()', ['SELECT, SELECT']],
    [
      '{} | by(span.cached)',
      ['by(span.cached)=nil: GET /, SELECT, SELECT, mail, lost', 'by(span.cached)=true: list'],
    ],
    ['({ status = error } | count() > 1) && ({ kind = server })', ['GET /, SELECT, mail']],
  ])('%s: %s', async (query, groups) => {
    // Calculating with an aggregate is refused, and finds nothing.
    expect(
      await found(query).catch((error: unknown) => (error instanceof TraceqlError ? [] : [error])),
    ).toEqual(groups)
  })
})

test('groups cannot be related to one another', async () => {
  await expect(found('({} | by(name)) > {}')).rejects.toMatchObject({ kind: 'execution', from: 0, to: 20 })
})

test('a search for numbers is refused where the numbers are asked for', async () => {
  await expect(found('{} | rate()')).rejects.toMatchObject({ kind: 'type', from: 5, to: 11 })
})

test('a search pauses, and ends when it is given up', async () => {
  const long = traceSpans(Array.from({ length: 60_000 }, () => '  a @b 0+1ms').join('\n'))
  const signal = { aborted: false, reason: 'given up' }
  let pauses = 0
  const pause = async (): Promise<void> => {
    signal.aborted = ++pauses === 2
  }
  const search = async (): Promise<void> => {
    for await (const _ of searchTraces(parseTraceql('{}'), [long, long, long], { signal, pause }));
  }
  await expect(search()).rejects.toBe('given up')
  expect(pauses).toBe(2)
})

test('a search that is given up ends within a long trace', async () => {
  const long = traceSpans(Array.from({ length: 60_000 }, () => '  a @b 0+1ms').join('\n'))
  let looks = 0
  const signal = {
    get aborted() {
      return ++looks > 1000
    },
    reason: 'given up',
  }
  const search = searchTraces(parseTraceql('{ name =~ "b" }'), [long], { signal })
  await expect(search.next()).rejects.toBe('given up')
})
