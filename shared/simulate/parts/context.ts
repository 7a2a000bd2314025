import type { Process } from '../engine/simulation.ts'
import { Failure } from './failure.ts'
import type { Attributes, Severity, Span, SpanKind, Words } from './record.ts'
import type { Instance } from './service.ts'
import type { World } from './world.ts'

/** What is said of a span besides its name; `internal` when nothing else is. */
export interface SpanAbout {
  readonly kind?: SpanKind
  readonly common?: Attributes
  readonly own?: Attributes
}

/** Where a piece of work happens: in which instance, within which span. */
export class Context<Settings = unknown> {
  readonly world: World
  readonly instance: Instance<Settings>
  readonly span: Span

  constructor(world: World, instance: Instance<Settings>, span: Span) {
    this.world = world
    this.instance = instance
    this.span = span
  }

  get settings(): Settings {
    return this.instance.settings
  }

  /** Computes: for so long it has the instance's only core, and waits for it first where others compute. */
  *work(medianNs: number, spread?: number): Process {
    const { instance } = this
    if (!instance.core.takeAtOnce()) yield* instance.core.take()
    const cpuNs = instance.service.random.around(medianNs, spread)
    yield cpuNs * instance.slowness
    instance.cpuNs += cpuNs
    instance.core.give()
  }

  /** Does something within a span of its own; what is thrown there marks it as failed. */
  *within<Result>(
    name: string,
    body: (inner: Context<Settings>) => Process<Result>,
    about: SpanAbout = {},
  ): Process<Result> {
    const inner = this.open(name, about)
    try {
      return yield* body(inner)
    } catch (error) {
      if (error instanceof Failure) inner.fail(error)
      throw error
    } finally {
      inner.end()
    }
  }

  /** Begins a span below this one; whoever opens it ends it. */
  open(name: string, { kind = 'internal', common, own }: SpanAbout): Context<Settings> {
    const { instance, span: parent } = this
    const span = this.world.recorder.begin({ instance, name, kind, parent, common, own })
    return new Context(this.world, instance, span)
  }

  end(): void {
    this.world.recorder.end(this.span)
  }

  /** Marks the span as failed; the first span that hears of a failure tells of it as an exception. */
  fail(failure: Failure): void {
    this.span.error = failure.message
    if (failure.recorded) return
    failure.recorded = true
    this.event('exception', {
      'exception.type': failure.type,
      'exception.message': failure.message,
      'exception.stacktrace': failure.stackText,
    })
  }

  /** Says more of the span. */
  set(attributes: Attributes): void {
    this.world.recorder.set(this.span, attributes)
  }

  event(name: string, attributes: Attributes): void {
    this.world.recorder.addEvent(this.span, name, attributes)
  }

  /** Logs that the span has ended, in words that follow from it. */
  logEnd(severity: Severity, logger: string, words: (span: Span) => Words): void {
    this.world.recorder.writeOf(this.span, severity, logger, words)
  }

  log(severity: Severity, logger: string, text: string, attributes?: Attributes): void {
    this.world.recorder.write(this, severity, logger, text, attributes)
  }
}
