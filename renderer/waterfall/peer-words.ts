/** Where a span lies among its peers, in words. */
import type { Spread } from '#shared/correlate/spread'
import { formatDuration, formatShare } from '#shared/derive/durations'
import { countOf, formatCount } from '#shared/derive/quantities'
import type { FoundPeers } from '../state/peers'

/** How they were found: counted by a metric, or searched for, perhaps not all. */
type How = Pick<FoundPeers, 'metric' | 'isSample' | 'isOfFiles'>

const manyOf = ({ total }: Spread): number => Math.max(1, Math.round(total))

/** One alone has no quantiles: a bucket would put it elsewhere. */
export const isOne = (spread: Spread): boolean => manyOf(spread) === 1

/** Whether a search for all of them found the span itself and no other. */
export const isAlone = (spread: Spread, ownNs: number, { metric, isSample }: How): boolean =>
  metric === undefined && !isSample && spread.total === 1 && spread.quantile(0.5) === Math.max(1, ownNs)

/** `slower than 90 % of about 1,200`, `the fastest of 3 found`, `the only one found`. */
export function placeAmong(spread: Spread, ownNs: number, how: How): string {
  if (isAlone(spread, ownNs, how)) return 'the only one found'
  if (isOne(spread)) {
    // Itself, most likely: a bucket does not tell.
    if (how.metric !== undefined) return 'the only one counted'
    return `${ownNs < spread.quantile(0.5) ? 'faster' : 'slower'} than the only other one found`
  }
  // Counters are extrapolated to the ends of a window: what they tell is near the number.
  const about = how.metric === undefined ? '' : 'about '
  return `${rank(spread, ownNs)} of ${about}${formatCount(manyOf(spread))}${how.isOfFiles ? ' in the file' : how.isSample ? ' found' : ''}`
}

/** Near the end by a decimal place, for that is where one looks. */
function rank({ shareBelow }: Spread, ownNs: number): string {
  const share = shareBelow(ownNs)
  if (share === 0) return 'the fastest'
  if (share < 0.99) return `slower than ${formatShare(share, 1)}`
  return share < 0.9995 ? `slower than ${(share * 100).toFixed(1)} %` : 'slower than nearly all'
}

/** The same with how they are spread, for who does not see the picture. */
export function spreadWords(spread: Spread, ownNs: number, how: How): string {
  const own = `This one took ${formatDuration(ownNs)}`
  if (isOne(spread)) return `${own}: ${placeAmong(spread, ownNs, how)}.`
  const [half, most] = [spread.quantile(0.5), spread.quantile(0.95)].map(formatDuration)
  return `Durations of ${countOf(manyOf(spread), 'span')}: half took up to ${half}, 95 % up to ${most}. ${own}: ${rank(spread, ownNs)}.`
}
