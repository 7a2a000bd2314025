/** A Loki that holds lines and answers as much of LogQL as the tests of the page write: matchers of the selector, line filters, and filters of metadata and of what `regexp` reads out of the line, of which one may be a choice by `or`. */
import { json, text, type Answer } from './fake-servers.ts'

/** A line, and what belongs to it. */
export interface HeldLine {
  readonly ns: bigint
  readonly labels: Readonly<Record<string, string>>
  readonly text: string
  readonly metadata?: Readonly<Record<string, string>>
}

const incidentTrace = '4be1f0c2a7d94c1e8b03d5c6f2119a7e'

/** The minutes before `endMs` of a payment service whose pool is exhausted: `count` lines, one each half second. */
export function incidentLines(count: number, endMs: number): readonly HeldLine[] {
  const pods = ['x2lqp', 'm8c7t', 'q5d2r', 'h4wzn']
  return Array.from({ length: count }, (_, at): HeldLine => {
    const kind = at % 7
    const [level, text] =
      kind === 0
        ? ['error', 'connection pool exhausted, waited 4500ms for available connection']
        : kind === 2
          ? ['warn', `pool payments-db: 20/20 in use, ${30 + (at % 12)} waiting`]
          : [
              'info',
              `charge accepted order=${81_000 + at} amount=${at % 90}.10 currency=EUR took=${20 + (at % 30)}ms`,
            ]
    return {
      ns: BigInt(endMs - (count - at) * 500) * 1_000_000n,
      labels: { service_name: 'payment-service', k8s_pod_name: `payment-7c9f4d-${pods[at % 4]}` },
      text,
      metadata: {
        detected_level: level,
        ...(kind === 1 ? {} : { trace_id: incidentTrace, span_id: 'c07d1e55a3f2b801' }),
        logger: kind < 3 ? 'pool.payments-db' : 'http.charge',
      },
    }
  })
}

const stage = /\|[=~] (?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g
const matcher = /(\w+)=(~?)"((?:[^"\\]|\\.)*)"/g

/** Whether one of the conditions of a text holds: `a="b" or c=~"d|e"`. */
const isOneOf = (conditions: string, labels: Readonly<Record<string, string>>): boolean =>
  [...conditions.matchAll(matcher)].some(([, name, isExpression, quoted]) => {
    const wanted = JSON.parse(`"${quoted}"`) as string
    if (isExpression === '') return labels[name] === wanted
    const [, flags = '', expression] = /^(?:\(\?(i)\))?(.*)$/.exec(wanted) ?? []
    return new RegExp(`^(?:${expression})$`, flags).test(labels[name] ?? '')
  })

/** What is read out of a line: `regexp "(?P<name>text)"`. */
const reading = /\| regexp "\(\?P<(\w+)>(\w+)\)"/

/** What conditions are on: metadata, and what the query reads out of the line. */
function fieldsOf({ metadata = {}, text: line }: HeldLine, query: string): Readonly<Record<string, string>> {
  const [, name, read] = reading.exec(query) ?? []
  return name !== undefined && line.includes(read) ? { ...metadata, [name]: read } : metadata
}

/** The texts an expression chooses from; of one without a choice, itself. */
const choice = (form: string): readonly string[] => form.split('|')

/** The lines a query means within a window, oldest first. */
function matching(lines: readonly HeldLine[], params: URLSearchParams): readonly HeldLine[] {
  const query = params.get('query') ?? ''
  const selector = /\{([^}]*)\}/.exec(query)?.[1] ?? ''
  const rest = query.slice(query.indexOf('}'))
  const [start, end] = [BigInt(params.get('start') ?? 0), BigInt(params.get('end') ?? 0)]
  const wanted = [...selector.matchAll(matcher)]
  const filters = [...rest.matchAll(/\| (\w+=~?"(?:[^"\\]|\\.)*"(?: or \w+=~?"(?:[^"\\]|\\.)*")*)/g)]
  const held = [...rest.matchAll(stage)]
  return lines
    .filter(
      (one) =>
        one.ns >= start &&
        one.ns < end &&
        wanted.every(([condition]) => isOneOf(condition, one.labels)) &&
        filters.every(([, conditions]) => isOneOf(conditions, fieldsOf(one, rest))) &&
        held.every(([, quoted, raw]) =>
          choice(raw ?? (JSON.parse(`"${quoted}"`) as string)).some((part) => one.text.includes(part)),
        ),
    )
    .toSorted((a, b) => (a.ns < b.ns ? -1 : 1))
}

/** Lines as an answer, or a frame of a tail, has them. */
export function streamsOf(lines: readonly HeldLine[]) {
  const groups = Map.groupBy(lines, ({ labels }) => JSON.stringify(labels))
  return [...groups.values()].map((group) => ({
    stream: group[0].labels,
    values: group.map(({ ns, text: line, metadata }) => [
      String(ns),
      line,
      metadata ? { structuredMetadata: metadata } : {},
    ]),
  }))
}

function volumeOf(lines: readonly HeldLine[], params: URLSearchParams) {
  const stepMs = Number(params.get('step')) * 1000
  const [startMs, endMs] = ['start', 'end'].map((name) => Number(params.get(name)) / 1e6)
  const groups = Map.groupBy(lines, ({ metadata }) => metadata?.['detected_level'] ?? '')
  return [...groups].map(([level, group]) => {
    const values: [number, string][] = []
    for (let atMs = startMs; atMs <= endMs; atMs += stepMs) {
      const count = group.filter(({ ns }) => {
        const ms = Number(ns / 1_000_000n)
        return ms > atMs - stepMs && ms <= atMs
      }).length
      if (count > 0) values.push([atMs / 1000, String(count)])
    }
    return { metric: { detected_level: level }, values }
  })
}

const success = (data: unknown): Answer => json({ status: 'success', data })

/** A Loki 3 that holds these lines; `levle` in a query is what it cannot read. */
export function lokiWith(lines: readonly HeldLine[]): Answer {
  return (request, response) => {
    const { pathname, searchParams: params } = new URL(request.url ?? '', 'http://any')
    const query = params.get('query') ?? ''
    const answer = (): Answer => {
      if (pathname === '/loki/api/v1/status/buildinfo') return json({ version: '3.7.0', revision: '' })
      if (pathname === '/loki/api/v1/labels')
        return success([...new Set(lines.flatMap(({ labels }) => Object.keys(labels)))])
      const label = /^\/loki\/api\/v1\/label\/(\w+)\/values$/.exec(pathname)?.[1]
      if (label !== undefined)
        return success([
          ...new Set(lines.map(({ labels }) => labels[label]).filter((value) => value !== undefined)),
        ])
      if (pathname === '/loki/api/v1/query_range') {
        const at = query.indexOf('levle')
        if (at >= 0)
          return text(`parse error at line 1, col ${at + 1}: syntax error: unexpected IDENTIFIER`, 400)
        if (params.has('step')) {
          const widest = new URLSearchParams(params)
          widest.set('start', '0')
          return success({ resultType: 'matrix', result: volumeOf(matching(lines, widest), params) })
        }
        const found = matching(lines, params)
        const limit = Number(params.get('limit'))
        const kept =
          params.get('direction') === 'forward' ? found.slice(0, limit) : found.toReversed().slice(0, limit)
        return success({ resultType: 'streams', result: streamsOf(kept) })
      }
      if (pathname === '/loki/api/v1/patterns')
        return success([
          { pattern: 'charge accepted order=<_>', level: 'info', samples: [[1, 40]] },
          { pattern: 'connection pool exhausted, waited <_>', level: 'error', samples: [[1, 90]] },
        ])
      return text('404 page not found\n', 404)
    }
    answer()(request, response)
  }
}
