/** 20,000 lines of which 3,000 share one nanosecond: what a list of lines must give back, each once. */
import { pause } from './process.ts'

export interface Pushed {
  readonly ns: bigint
  readonly app: string
  readonly text: string
}

const apps = ['order', 'payment', 'shipping', 'stock']

/** Lines within twenty minutes from a moment on; those in the middle are of one nanosecond, many others come in threes. */
export function manyLines(startMs: number): readonly Pushed[] {
  const startNs = BigInt(startMs) * 1_000_000n
  return Array.from({ length: 20_000 }, (_, at) => ({
    ns: startNs + (at >= 9_000 && at < 12_000 ? 540_000_000_017n : BigInt(Math.floor(at / 3)) * 180_000_001n),
    app: apps[at % 4],
    text: `line ${at} of order ${at % 97}`,
  }))
}

export const keyOf = ({ ns, app, text }: Pushed): string => `${ns} ${app} ${text}`

/** Pushes lines as streams of a run, by application; `metadata` goes along with each. */
export async function pushLines(
  url: string,
  run: string,
  lines: readonly Pushed[],
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  // It takes 4 MB a second, and refuses what is more.
  for (let at = 0; at < lines.length; at += 2_000) {
    if (at > 0) await pause(200)
    const streams = [...Map.groupBy(lines.slice(at, at + 2_000), ({ app }) => app)].map(([app, group]) => ({
      stream: { app, run },
      values: group.map(({ ns, text }) => [String(ns), text, ...(metadata ? [metadata] : [])]),
    }))
    const answer = await fetch(`${url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ streams }),
    })
    if (!answer.ok) throw new Error(`Loki took no lines: ${answer.status} ${await answer.text()}`)
  }
}
