/** A request that could not be answered as asked: what a service throws, and what its caller gets to know. Not an `Error`: that would note the stack of the simulation, which takes time and tells nothing. */
export class Failure {
  readonly message: string
  /** The HTTP status it becomes. */
  readonly status: number
  /** The class of the error in its program. */
  readonly type: string
  /** Where in the program, innermost first. */
  readonly frames: readonly string[]
  /** Whether a span tells of it already: it is recorded where it was thrown, not again by everything around. */
  recorded = false

  constructor(status: number, type: string, message: string, frames: readonly string[] = []) {
    this.message = message
    this.status = status
    this.type = type
    this.frames = frames
  }

  /** As the program's runtime prints it. */
  get stackText(): string {
    return [`${this.type}: ${this.message}`, ...this.frames.map((frame) => `    at ${frame}`)].join('\n')
  }
}

const grpcCodes: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  404: 'NOT_FOUND',
  409: 'FAILED_PRECONDITION',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

/** The gRPC code that means what an HTTP status means. */
export function grpcCode(status: number): string {
  return grpcCodes[status] ?? (status < 400 ? 'OK' : 'UNKNOWN')
}
