import { describe, expect, it, onTestFinished } from 'vitest'
import type { ApiError } from '#shared/api/contract'
import { nsTextOf, textOf, type LogBatch } from '#shared/logs/batch'
import { lineAt } from '#shared/logs/log-list'
import { readAnswer } from '#shared/logs/read-lines'
import { ClewError } from '../client/api'
import type { LogPage, TailLines } from '../worker/log-messages'
import { LogFollow, type FollowServer } from './log-follow'
import { LogRun } from './log-run'

const second = 1_000_000_000n
const start = 1_700_000_000n * second

/** Lines at these seconds after the start, each with its own text. */
function batchOf(...seconds: readonly number[]): LogBatch {
  const values = seconds.map((at) => [String(start + BigInt(at) * second), `line ${at}`])
  return readAnswer({ data: { resultType: 'streams', result: [{ stream: { app: 'a' }, values }] } }, 'newest')
    .batch
}

const brokenOff: ApiError = {
  kind: 'cut-off',
  message: 'It broke off.',
  detail: undefined,
  advice: '',
  status: undefined,
}

const refused: ApiError = {
  ...brokenOff,
  kind: 'refused',
  message: 'Nothing listens there.',
  advice: 'Start it.',
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

function following(pages: readonly (LogBatch | 'too many' | 'refused')[]) {
  const question = {
    source: { id: 'loki', name: 'Loki' },
    query: '{}',
    window: { startNs: String(start), endNs: String(start + 10n * second) },
    order: 'newest',
  } as const
  const run = new LogRun(question)
  run.addNews(batchOf(1, 2, 9))
  let now = start + 10n * second
  let send: ((lines: TailLines) => void) | undefined
  let lose: ((error: ClewError) => void) | undefined
  const tails: string[] = []
  const holes: string[] = []
  const server: FollowServer = {
    follow: ({ startNs }, onLines) => {
      tails.push(startNs)
      send = onLines
      return new Promise((_, reject) => {
        lose = reject
      })
    },
    page: ({ window }): Promise<LogPage> => {
      const batch = pages[holes.length] ?? batchOf()
      holes.push(`${window.startNs}-${window.endNs}`)
      if (batch === 'refused') return Promise.reject(new ClewError(refused))
      return Promise.resolve(
        batch === 'too many'
          ? {
              batch: batchOf(...Array.from({ length: 21_000 }, (_, at) => 100 + at)),
              rest: window,
              searchedBytes: 0,
              notes: [],
              isCut: false,
            }
          : { batch, rest: undefined, searchedBytes: 0, notes: [], isCut: false },
      )
    },
    now: () => now,
    wait: () => Promise.resolve(),
  }
  const follow = new LogFollow(run, server)
  follow.start()
  onTestFinished(follow.stop)
  return {
    follow,
    tails,
    holes,
    shown: () => {
      const { list } = run.snapshot()
      return Array.from({ length: list.length }, (_, row) => {
        const line = lineAt(list, row)
        expect(textOf(line)).toBe(`line ${Number((BigInt(nsTextOf(line)) - start) / second)}`)
        return Number(textOf(line).slice(5))
      })
    },
    send: (...seconds: number[]) => send?.({ batch: batchOf(...seconds), dropped: 0 }),
    drop: () => send?.({ batch: batchOf(), dropped: 3 }),
    lose: () => lose?.(new ClewError(brokenOff)),
    pass: (seconds: number) => (now += BigInt(seconds) * second),
  }
}

describe('following a log', () => {
  it('adds lines in order of time, and none that is there already', async () => {
    const { send, shown, tails } = following([batchOf(9, 10)])
    await settled()
    send(9, 10, 11)
    send(14, 12)
    send(13)
    expect(shown()).toEqual([14, 13, 12, 11, 10, 9, 2, 1])
    expect(tails).toEqual([String(start + 5n * second)])
  })

  it('asks for what it missed when the stream was lost, and opens it again', async () => {
    const { send, lose, pass, shown, holes, follow } = following([batchOf(), batchOf(12, 13, 14)])
    await settled()
    send(11, 12)
    pass(20)
    lose()
    await settled()
    expect(follow.snapshot().state).toBe('live')
    send(13, 31)
    expect(shown()).toEqual([31, 14, 13, 12, 11, 9, 2, 1])
    expect(holes[1]).toBe(`${start + 7n * second}-${start + 30n * second}`)
    expect(follow.snapshot().notes).toEqual([])
  })

  it('says why the stream cannot be opened, until it is', async () => {
    const { lose, follow, shown, holes } = following([batchOf(), 'refused', batchOf(12)])
    const said: (readonly string[])[] = []
    follow.subscribe(() => said.push(follow.snapshot().notes))
    await settled()
    lose()
    await settled()
    expect(said).toContainEqual(['Nothing listens there. Start it.'])
    expect([follow.snapshot().state, follow.snapshot().notes]).toEqual(['live', []])
    expect(shown()).toEqual([12, 9, 2, 1])
    expect(holes).toHaveLength(3)
  })

  it('says so when a hole is too large to be filled, and when the server left lines out', async () => {
    const { lose, drop, follow } = following([batchOf(), 'too many'])
    await settled()
    lose()
    await settled()
    drop()
    expect(follow.snapshot().notes).toEqual([
      'More lines came while the stream was away than are asked for again: some between 22:13:25.000 UTC and 22:13:30.000 UTC are missing.',
      'The server could not keep up and left lines out.',
    ])
  })

  it('holds lines back while it is paused, counts them, and shows them afterwards', async () => {
    const { send, follow, shown } = following([])
    await settled()
    follow.pause(true)
    send(11, 12)
    send(13)
    expect([shown(), follow.snapshot().waiting]).toEqual([[9, 2, 1], 3])
    follow.pause(false)
    expect([shown(), follow.snapshot().waiting]).toEqual([[13, 12, 11, 9, 2, 1], 0])
  })
})
