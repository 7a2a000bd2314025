/** The drawing of a spread of durations, in shares of its width and height. */
import type { Spread } from '#shared/correlate/spread'

interface SpreadBar {
  readonly from: number
  readonly to: number
  readonly height: number
  /** Some in it took at least as long as the span itself. */
  readonly isSlower: boolean
}

interface SpreadTick {
  readonly ns: number
  readonly share: number
  /** Where its name stands: not past the ends of the axis. */
  readonly side: 'left' | 'middle' | 'right'
}

interface SpreadShape {
  readonly bars: readonly SpreadBar[]
  readonly ticks: readonly SpreadTick[]
  /** Where a duration lies. */
  readonly at: (ns: number) => number
}

/** A name of a duration is so wide. */
const labelShare = 0.16
/** What is there at all can be seen. */
const leastHeight = 0.04

/** An axis of powers from the first bar to the last, or to the span itself where that lies outside; the area of a bar is its count. */
export function spreadShape({ edges, counts }: Spread, ownNs: number): SpreadShape {
  const own = Math.max(1, ownNs)
  const low = Math.log(Math.min(edges[0], own))
  const length = Math.log(Math.max(edges[edges.length - 1], own)) - low || 1
  const at = (ns: number): number => (Math.log(Math.max(1, ns)) - low) / length
  const densities = counts.map((count, bar) => count / Math.log(edges[bar + 1] / edges[bar]))
  const most = Math.max(...densities)
  const bars = densities.flatMap((density, bar): readonly SpreadBar[] =>
    density > 0
      ? [
          {
            from: at(edges[bar]),
            to: at(edges[bar + 1]),
            height: Math.max(leastHeight, density / most),
            isSlower: edges[bar + 1] >= own * (1 - 1e-9),
          },
        ]
      : [],
  )
  return { bars, ticks: ticksOf(Math.exp(low), Math.exp(low + length), at), at }
}

/** Powers of ten, or where there are fewer than two of them the ends. */
function ticksOf(lowNs: number, highNs: number, at: (ns: number) => number): SpreadShape['ticks'] {
  const powers: number[] = []
  for (let power = Math.ceil(Math.log10(lowNs)); 10 ** power <= highNs * 1.001; power++)
    powers.push(10 ** power)
  const step = Math.ceil(powers.length * labelShare)
  const shown = powers.length < 2 ? [lowNs, highNs] : powers.filter((_, index) => index % step === 0)
  return shown.map((ns) => {
    const share = at(ns)
    return {
      ns,
      share,
      side: share < labelShare / 2 ? 'right' : share > 1 - labelShare / 2 ? 'left' : 'middle',
    }
  })
}

interface SpreadLabel {
  readonly name: 'p50' | 'p95'
  readonly ns: number
  readonly share: number
  /** On which side of its line it stands. */
  readonly side: 'left' | 'right'
}

/** The names of the lines, each beside its line; without the first where there is no room for both. */
export function spreadLabels(
  { quantile }: Pick<Spread, 'quantile'>,
  at: SpreadShape['at'],
): readonly SpreadLabel[] {
  const [half, most] = [quantile(0.5), quantile(0.95)]
  const label = (name: 'p50' | 'p95', ns: number, isLeft: boolean): SpreadLabel => ({
    name,
    ns,
    share: at(ns),
    side: isLeft ? 'left' : 'right',
  })
  const first = label('p50', half, at(half) > 2 * labelShare)
  const second = label('p95', most, at(most) > 1 - 2 * labelShare)
  const rooms = Number(first.side === 'right') + Number(second.side === 'left')
  return second.share - first.share < rooms * 1.5 * labelShare ? [second] : [first, second]
}
