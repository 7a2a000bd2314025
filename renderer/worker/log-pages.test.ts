import { describe, expect, it } from 'vitest'
import type { LogWindow } from '#shared/api/logs'
import { nsTextOf, textOf } from '#shared/logs/batch'
import { type Order, readAnswer } from '#shared/logs/read-lines'
import { type LogServer, readPage } from './log-pages'

interface Held {
  readonly ns: bigint
  readonly app: string
  readonly text: string
}

/** A Loki with these lines, which gives at most `most` of them at once, and of one nanosecond whichever it finds first. */
function serverWith(held: readonly Held[], most: number): LogServer & { readonly asked: LogWindow[] } {
  const asked: LogWindow[] = []
  return {
    asked,
    lines(query, window, limit, order) {
      asked.push(window)
      const only = /app="(\w+)"/.exec(query)?.[1]
      const [start, end] = [BigInt(window.startNs), BigInt(window.endNs)]
      const kept = Math.min(limit, most)
      const found = held
        .filter(({ ns, app }) => ns >= start && ns < end && (only === undefined || app === only))
        .sort((a, b) => (order === 'newest' ? Number(b.ns - a.ns) : Number(a.ns - b.ns)))
        .slice(0, kept)
      const result = [...Map.groupBy(found, ({ app }) => app)].map(([app, lines]) => ({
        stream: { app },
        values: lines.map(({ ns, text }) => [String(ns), text]),
      }))
      return Promise.resolve({
        ...readAnswer({ data: { resultType: 'streams', result } }, order),
        limit: kept,
      })
    },
    series: (_, window) => {
      const within = held.filter(({ ns }) => ns >= BigInt(window.startNs) && ns < BigInt(window.endNs))
      return Promise.resolve([...new Set(within.map(({ app }) => app))].map((app) => ({ app })))
    },
  }
}

const start = 1_700_000_000_000_000_000n
const source = { id: 'loki', name: 'Loki' }

async function readAll(server: LogServer, order: Order, limit: number, end: bigint) {
  const lines: string[] = []
  const notes: string[] = []
  let rest: LogWindow | undefined = { startNs: String(start), endNs: String(end) }
  while (rest !== undefined) {
    const page = await readPage({ source, query: '{app=~".+"}', window: rest, limit, order }, server)
    const { batch } = page
    for (let at = 0; at < batch.length; at++)
      lines.push(`${nsTextOf({ batch, at })} ${textOf({ batch, at })}`)
    notes.push(...page.notes)
    rest = page.rest
  }
  return { lines, notes }
}

/** 200 lines of three services: some alone, many together in one nanosecond. */
const held: readonly Held[] = Array.from({ length: 200 }, (_, at) => ({
  ns: start + BigInt(at < 60 ? at >> 2 : at < 150 ? 20 : at),
  app: ['a', 'b', 'c'][at % 3],
  text: `line ${at}`,
}))
const all = held.map(({ ns, text }) => `${ns} ${text}`).toSorted()

describe('page after page', () => {
  it.each<[Order, number, number]>([
    ['newest', 7, 5000],
    ['oldest', 7, 5000],
    ['newest', 100, 100],
    ['oldest', 1, 100],
    ['newest', 50, 40],
    ['oldest', 5000, 40],
  ])('every line comes once, in order (%s, %i a page, %i at most)', async (order, limit, most) => {
    const { lines, notes } = await readAll(serverWith(held, most), order, limit, start + 1000n)
    expect(lines.toSorted()).toEqual(all)
    const times = lines.map((line) => line.slice(0, 19))
    expect(times).toEqual(order === 'oldest' ? times.toSorted() : times.toSorted().toReversed())
    expect(notes).toEqual([])
  })

  it('says so where one stream has more lines in one nanosecond than the server gives', async () => {
    const { lines, notes } = await readAll(serverWith(held, 20), 'newest', 20, start + 1000n)
    expect(notes).toEqual([
      'More than 20 lines of one stream share one nanosecond; the server gives no more of them.',
    ])
    // Ninety lines share a nanosecond, thirty of each service: of those it gave twenty each.
    expect(lines.length).toBe(200 - 3 * 10)
  })

  it('says what the server warned of, once', async () => {
    const server = serverWith(held, 40)
    const warning: LogServer = {
      ...server,
      lines: async (...ask) => ({ ...(await server.lines(...ask)), warnings: ['one store did not answer'] }),
    }
    const { notes } = await readAll(warning, 'newest', 5_000, start + 1000n)
    expect([...new Set(notes)]).toEqual(['The server warns: one store did not answer'])
  })

  it('asks once where that was all, and nothing of lines outside the window is believed', async () => {
    const server = serverWith(held, 5000)
    const window = { startNs: String(start), endNs: String(start + 5n) }
    const lying: LogServer = {
      ...server,
      lines: (query, _, limit, order) =>
        server.lines(query, { ...window, endNs: String(start + 15n) }, limit, order),
    }
    const page = await readPage({ source, query: '{}', window, limit: 1000, order: 'newest' }, lying)
    expect([page.batch.length, page.rest, page.notes, server.asked.length]).toEqual([
      20,
      undefined,
      ['40 lines lay outside the time range and were left out.'],
      1,
    ])
  })
})
