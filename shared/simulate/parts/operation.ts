import type { Process } from '../engine/simulation.ts'
import { Context } from './context.ts'
import { Failure } from './failure.ts'
import {
  clientAttributes,
  operationName,
  serverAttributes,
  statusAttribute,
  type Protocol,
} from './protocol.ts'
import type { Attributes, Span } from './record.ts'
import type { Service } from './service.ts'
import { accessWords } from './span-words.ts'
import type { World } from './world.ts'

export type Reply<Output> =
  | { readonly kind: 'answer'; readonly output: Output }
  | { readonly kind: 'failure'; readonly failure: Failure }

/** What a service does with a request: answers, or throws a Failure. */
export type Handler<Settings, Input, Output> = (context: Context<Settings>, input: Input) => Process<Output>

export interface OperationOptions<Settings, Input, Output> {
  readonly service: Service<Settings>
  readonly protocol: Protocol
  readonly handler: Handler<Settings, Input, Output>
  /** The route with its parameters filled in; the route itself where it has none. */
  readonly path?: (input: Input) => string
  /** What else the server's span says of a request. */
  readonly attributes?: (input: Input) => Attributes
}

/** What a service can be asked for. */
export class Operation<Settings, Input, Output> {
  readonly service: Service<Settings>
  readonly protocol: Protocol
  /** Of the spans of both sides. */
  readonly name: string
  /** What every client's span says. */
  readonly clientAttributes: Attributes
  /** What spans of both sides say when all went well. */
  readonly succeeded: Attributes
  /** What a URL begins with, before the path. */
  readonly origin: string
  readonly #serverAttributes: Attributes
  readonly #world: World
  readonly #options: OperationOptions<Settings, Input, Output>

  constructor(world: World, options: OperationOptions<Settings, Input, Output>) {
    this.#world = world
    this.#options = options
    this.service = options.service
    this.protocol = options.protocol
    this.name = operationName(options.protocol)
    this.clientAttributes = clientAttributes(options.protocol, options.service.name)
    this.succeeded = statusAttribute(options.protocol, 200)
    this.origin = `http://${options.service.name}:8080`
    this.#serverAttributes = serverAttributes(options.protocol)
  }

  path(input: Input): string {
    const { path, protocol } = this.#options
    if (path) return path(input)
    return protocol.kind === 'http' ? protocol.route : `/${protocol.method}`
  }

  /** Answers in the instance whose turn it is, within a server span below the caller's. A Failure is a reply; it is not thrown. */
  *answer(caller: Span | undefined, input: Input): Process<Reply<Output>> {
    const { protocol, handler, attributes } = this.#options
    const instance = this.service.next()
    const path = this.path(input)
    const span = this.#world.recorder.begin({
      instance,
      name: this.name,
      kind: 'server',
      parent: caller,
      common: this.#serverAttributes,
      own: protocol.kind === 'http' ? { 'url.path': path, ...attributes?.(input) } : attributes?.(input),
    })
    const context = new Context(this.#world, instance, span)
    instance.busy++
    instance.activeRequests++
    if (!instance.workers.takeAtOnce()) yield* this.#waitForWorker(context)
    let reply: Reply<Output>
    try {
      reply = { kind: 'answer', output: yield* handler(context, input) }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      reply = { kind: 'failure', failure: error }
    }
    instance.workers.give()
    instance.activeRequests--
    instance.busy--
    const status = reply.kind === 'answer' ? 200 : reply.failure.status
    context.set(reply.kind === 'answer' ? this.succeeded : statusAttribute(protocol, status))
    // What the caller did wrong is no error of the server.
    if (reply.kind === 'failure' && status >= 500) {
      context.fail(reply.failure)
      context.set({ 'error.type': reply.failure.type })
    }
    context.end()
    const severity = status >= 500 ? 'ERROR' : status >= 400 ? 'WARN' : 'INFO'
    context.logEnd(severity, `${protocol.kind}.access`, accessWords)
    return reply
  }

  *#waitForWorker(context: Context): Process {
    const { workers } = context.instance
    const waiting = workers.waiting + 1
    context.event('worker.wait', { 'worker.waiters': waiting, 'worker.max': workers.capacity })
    context.log('WARN', 'http', `all ${workers.capacity} workers busy, ${waiting} requests queued`, {
      'worker.queue': waiting,
    })
    yield* workers.take()
  }
}
