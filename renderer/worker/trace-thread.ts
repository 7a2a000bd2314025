/** Answers the page's messages: which session, which request, what to stop. The work itself is in session.ts and search-route.ts. */
import type { Trace } from '#shared/trace/table'
import { countCallsIn } from './count-calls'
import type { Environment } from './environment'
import { exportTrace, importOf } from './export-trace'
import { readFileLogs } from './file-logs'
import { cancelledError, errorOf, Failure, goneError, isFull } from './failures'
import { handOver } from './hand-over'
import type { Answer, Event, FromWorker, Request, ToWorker } from './messages'
import { searchRoute } from './search-route'
import { Session } from './session'

/** Gives a message to the page; `transfer` lists buffers that are handed over rather than copied. */
export type Send = (message: FromWorker, transfer: ArrayBuffer[]) => void

/** So many opened things are kept in memory, and so many bytes of them; the one used least recently goes first. */
const mostSessions = 4
const mostKeptBytes = 1e9

/** The trace thread: hand it every message of the page; answers come through `send`. */
export class TraceThread {
  readonly #environment: Environment
  readonly #send: Send
  /** Least recently used first. */
  readonly #sessions = new Map<string, Session>()
  readonly #running = new Map<number, AbortController>()
  /** Requests that are opening a session, by its name. */
  readonly #opening = new Map<string, number>()
  /** Who waits for the next of these to end. */
  readonly #whenOpened: (() => void)[] = []

  constructor(environment: Environment, send: Send) {
    this.#environment = environment
    this.#send = send
  }

  /** Resolves when the message has been dealt with; never rejects. */
  async handle({ id, request }: ToWorker): Promise<void> {
    if (request.kind === 'cancel') {
      this.#running.get(request.request)?.abort()
      return
    }
    const controller = new AbortController()
    const { signal } = controller
    this.#running.set(id, controller)
    try {
      const answer = await this.#answer(id, request, signal)
      // An open that was stopped still says what it kept; all else that was stopped is not waited for any more.
      if (signal.aborted && request.kind !== 'open') this.#send({ id, error: cancelledError }, [])
      else this.#send({ id, answer }, transferOf(answer))
    } catch (thrown) {
      this.#send({ id, error: errorOf(thrown, signal) }, [])
    } finally {
      this.#running.delete(id)
    }
  }

  async #answer(
    id: number,
    request: Exclude<Request, { kind: 'cancel' }>,
    signal: AbortSignal,
  ): Promise<Answer> {
    const tell = (event: Event) => this.#send({ id, event }, [])
    switch (request.kind) {
      case 'open':
        return this.#open(id, request, signal, tell)
      case 'build':
        return { kind: 'built', trace: this.#build(request) }
      case 'detail':
        return { kind: 'detail', detail: this.#session(request.session).detail(request.traceId, request.row) }
      case 'find': {
        const { session, traceId, text } = request
        return { kind: 'found', result: await this.#session(session).find(traceId, text, signal, tell) }
      }
      case 'answers': {
        const { session, traceId, size, color } = request
        const answers = await this.#session(session).answers(traceId, size, color, signal)
        return { kind: 'answers', answers }
      }
      case 'attribute-keys': {
        const { session, traceId } = request
        return { kind: 'attribute-keys', keys: await this.#session(session).attributes(traceId).keys(signal) }
      }
      case 'attribute': {
        const { session, traceId, key } = request
        const column = await this.#session(session).attributes(traceId).column(key, signal)
        return { kind: 'attribute', column }
      }
      case 'arrange': {
        const { session, traceId, reductions, repeatsFolded } = request
        const columns = this.#session(session).arrange(traceId, reductions, repeatsFolded)
        return { kind: 'arranged', columns }
      }
      case 'color-classes': {
        const { session, traceId, key } = request
        const classes = await this.#session(session).colorClasses(traceId, key, signal, tell)
        return { kind: 'color-classes', classes }
      }
      case 'span-table': {
        const { session, traceId, question } = request
        const table = await this.#session(session).tables(traceId).answer(question, signal, tell)
        return { kind: 'span-table', table }
      }
      case 'span-table-csv': {
        const { session, traceId, question } = request
        return {
          kind: 'span-table-csv',
          csv: await this.#session(session).tables(traceId).csv(question, signal, tell),
        }
      }
      case 'flame': {
        const { session, traceId, question } = request
        return { kind: 'flame', flame: await this.#session(session).flame(traceId, question, signal) }
      }
      case 'search':
        return { kind: 'searched', answer: await searchRoute(request.url, this.#environment, signal) }
      case 'read': {
        const session = new Session(this.#environment, request.mostBytes)
        await session.open(request.inputs, signal, () => undefined)
        const found = session.summaries()
        return {
          kind: 'read',
          traces: found.map(({ traceId }) => session.build(traceId, { adjustSkew: false })),
        }
      }
      case 'count-calls': {
        const session = new Session(this.#environment, request.mostBytes)
        await session.open(request.inputs, signal, () => undefined)
        return { kind: 'calls', ...(await countCallsIn(session, signal)) }
      }
      case 'file-logs':
        return { kind: 'file-logs', logs: await readFileLogs(request.inputs, this.#environment, signal) }
      case 'export': {
        const { from, traceId, form } = request
        const bytes =
          typeof from === 'string'
            ? this.#session(from).exported(traceId, form)
            : exportTrace(importOf(from), traceId, form)
        return { kind: 'exported', bytes }
      }
      case 'hand-over': {
        await this.#untilOpened(signal)
        let bytes = 0
        const source = await handOver(request.as, request.inputs, this.#environment, signal, (more, broken) =>
          tell({ kind: 'handing-over', bytes: (bytes += more), broken: [...broken] }),
        )
        return { kind: 'handed-over', source, documents: source.documents }
      }
      default:
        this.#sessions.delete(request.session)
        return { kind: 'done' }
    }
  }

  /** What is on screen comes first. */
  async #untilOpened(signal: AbortSignal): Promise<void> {
    while (this.#opening.size > 0) {
      // oxlint-disable-next-line no-await-in-loop -- others may be opened meanwhile
      await new Promise<void>((resolve) => this.#whenOpened.push(resolve))
      signal.throwIfAborted()
    }
  }

  async #open(
    id: number,
    { session: name, inputs, mostBytes }: Extract<Request, { kind: 'open' }>,
    signal: AbortSignal,
    tell: (event: Event) => void,
  ): Promise<Answer> {
    // Asked again while it is being read: the page has lost interest in the first reading.
    const earlier = this.#opening.get(name)
    if (earlier !== undefined) this.#running.get(earlier)?.abort()
    const kept = this.#sessions.get(name)
    const isHere = kept?.isWhole === true && kept.mostBytes === mostBytes
    const session = isHere ? kept : new Session(this.#environment, mostBytes)
    this.#keep(name, session)
    this.#opening.set(name, id)
    try {
      const reports = await session.open(inputs, signal, tell)
      this.#letGo(name)
      const holders = inputs.length > 1 ? session.holders() : new Map<string, readonly string[]>()
      return { kind: 'opened', traces: session.summaries(), inputs: reports, holders }
    } catch (thrown) {
      if (this.#sessions.get(name) === session) this.#sessions.delete(name)
      throw thrown
    } finally {
      if (this.#opening.get(name) === id) this.#opening.delete(name)
      for (const tell of this.#whenOpened.splice(0)) tell()
    }
  }

  #session(name: string): Session {
    const session = this.#sessions.get(name)
    if (session === undefined) throw new Failure(goneError)
    this.#keep(name, session)
    return session
  }

  /** Where there is no room for the columns, other sessions give way. */
  #build({ session: name, traceId, options }: Extract<Request, { kind: 'build' }>): Trace {
    const session = this.#session(name)
    try {
      return session.build(traceId, options)
    } catch (thrown) {
      const before = this.#sessions.size
      if (isFull(thrown)) this.#letGo(name, 0)
      if (this.#sessions.size === before) throw thrown
      return session.build(traceId, options)
    }
  }

  /** Puts a session last in the row of those to go. */
  #keep(name: string, session: Session): void {
    this.#sessions.delete(name)
    this.#sessions.set(name, session)
    this.#letGo(name)
  }

  /** Lets go of the sessions used least recently until so many bytes are kept, but not of this one nor of those being read. */
  #letGo(name: string, keptBytes = mostKeptBytes): void {
    let bytes = 0
    for (const session of this.#sessions.values()) bytes += session.bytes
    for (const [oldest, session] of this.#sessions) {
      if (this.#sessions.size <= mostSessions && bytes <= keptBytes) break
      if (oldest === name || this.#opening.has(oldest)) continue
      this.#sessions.delete(oldest)
      bytes -= session.bytes
    }
  }
}

/** Masks and arrangements are made for the page alone. The columns of spans are not handed over: the thread needs them itself. */
function transferOf(answer: Answer): ArrayBuffer[] {
  return arraysOf(answer)
    .map((array) => array?.buffer)
    .filter((buffer) => buffer instanceof ArrayBuffer)
}

function arraysOf(answer: Answer): readonly (ArrayBufferView | undefined)[] {
  switch (answer.kind) {
    case 'found':
      return [answer.result.mask]
    case 'arranged': {
      const { row, at, parent, end, level, groups } = answer.columns.tree
      const { count: _, ...columns } = groups ?? { count: 0 }
      return [answer.columns.left, row, at, parent, end, level, ...Object.values(columns)]
    }
    case 'flame': {
      const { laneStart, lane, from, to, parent, row, boxOfRow, merged } = answer.flame
      // The texts of values are those of the attribute's column, which stays here.
      const { self, duration, count, errors, value } = merged ?? {}
      return [laneStart, lane, from, to, parent, row, boxOfRow, self, duration, count, errors, value]
    }
    case 'exported':
      return [answer.bytes]
    default:
      return []
  }
}
