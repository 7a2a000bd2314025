/** As much of an `AbortSignal` as a gate needs: shared code knows neither browser nor Node. */
interface StopSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options: { readonly once: true }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** Lets so many in at once; the others wait in line, and may leave it. */
export interface Gate {
  /** Resolves with the way out, to be called once; rejects with the signal's reason when it fires while waiting. */
  enter(signal: StopSignal): Promise<() => void>
}

/** A gate `width` wide, first come, first served. */
export function createGate(width: number): Gate {
  let inside = 0
  const line: (() => void)[] = []

  function wayOut(): () => void {
    let left = false
    return () => {
      if (left) return
      left = true
      const next = line.shift()
      // The place passes on without being free in between, so nobody jumps the line.
      if (next === undefined) inside -= 1
      else next()
    }
  }

  return {
    enter(signal) {
      if (signal.aborted) return Promise.reject(signal.reason)
      if (inside < width) {
        inside += 1
        return Promise.resolve(wayOut())
      }
      return new Promise((resolve, reject) => {
        const letIn = (): void => {
          signal.removeEventListener('abort', leave)
          resolve(wayOut())
        }
        const leave = (): void => {
          line.splice(line.indexOf(letIn), 1)
          reject(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        line.push(letIn)
      })
    },
  }
}
