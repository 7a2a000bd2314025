/** What of a service is full, or waits: the pools, queues, runtimes and containers of every service in one look. */
import type { Labels } from '#shared/api/logs'
import { ownersAmong } from '#shared/correlate/service-resources'
import { itemOf, type Resource } from '#shared/metrics/saturation'
import { noUnit, share, type Unit, unitOfMetric } from '#shared/metrics/unit'
import { valueText } from '#shared/metrics/value-text'

/** One number of an answer, and what it is of. */
export interface Measured {
  readonly labels: Labels
  readonly value: number
}

/** How one resource stands in all that have it. */
export interface ResourceUse {
  readonly resource: Resource
  /** What the fullest instance used at most just now. */
  readonly used: readonly Measured[]
  /** How much there is for each instance; empty where nothing tells. */
  readonly limits: readonly Measured[]
  /** The least that was used in the window; empty where it does not matter. */
  readonly least: readonly Measured[]
}

/** One resource of one service. */
export interface Saturation {
  /** `payments-db pool 20 / 20`. */
  readonly text: string
  /** It is nearly used up, or more waits for it than did before. */
  readonly isTight: boolean
  /** Next to nothing of it is used, and nothing waits: no news. */
  readonly isIdle: boolean
  readonly resource: Resource
  /** What lets its series through. */
  readonly labels: Labels
  readonly limit: number | undefined
}

/** A tenth left is little. */
const tightFrom = 0.9
/** Less than a twentieth is next to nothing. */
const idleBelow = 0.05

const unitOf = ({ metric, sign }: Resource): Unit => {
  // Seconds in each second: a share of time, or a number of cores.
  if (/seconds_(total|sum)$/.test(metric))
    return sign === 'saturation' ? { ...noUnit, kind: 'ratio' } : noUnit
  return unitOfMetric(metric, undefined)
}

const fits = (labels: Labels, group: Labels): boolean =>
  Object.entries(labels).every(([name, value]) => group[name] === value)

const valueFor = (
  labels: Labels,
  measured: readonly Measured[],
  pick: (...values: number[]) => number,
): number | undefined => {
  const values = measured.filter((one) => fits(labels, one.labels)).map(({ value }) => value)
  return values.length === 0 ? undefined : pick(...values)
}

/** Says of a service how full what it uses is, the tightest first; what has no bound and nobody waits for tells nothing, and is left out. */
export function saturationAmong(uses: readonly ResourceUse[]): (service: string) => readonly Saturation[] {
  const indexed = uses.map((use) => ({
    ...use,
    ownedBy: ownersAmong(
      use.resource,
      use.used.map(({ labels }) => labels),
    ),
  }))
  return (service) =>
    indexed
      .flatMap(({ resource, used, limits, least, ownedBy }) =>
        ownedBy(service).flatMap((labels) => {
          const now = valueFor(labels, used, Math.max)
          if (now === undefined) return []
          const limit = valueFor(labels, limits, Math.min)
          const low = valueFor(labels, least, Math.min) ?? 0
          const { trouble } = resource
          const part = limit === undefined ? undefined : now / limit
          if (part === undefined && trouble === undefined && resource.sign !== 'saturation') return []
          const isTight =
            part === undefined
              ? trouble !== undefined && now >= low + trouble.difference && now >= low * trouble.factor
              : part >= tightFrom
          return [
            {
              resource,
              labels,
              limit,
              isTight,
              isIdle: !isTight && (part === undefined ? now === 0 : part < idleBelow),
              share: part ?? 0,
              text: textOf(resource, labels, now, limit),
            },
          ]
        }),
      )
      .toSorted((one, other) => Number(other.isTight) - Number(one.isTight) || other.share - one.share)
}

function textOf(resource: Resource, labels: Labels, now: number, limit: number | undefined): string {
  const unit = unitOf(resource)
  const name = nameOf(resource, itemOf(labels))
  const text = (value: number): string => valueText(value, unit)
  if (limit === undefined) return `${name} ${text(now)}`
  // Of four cores nobody asks for a thousandth; of a fortieth of one, nothing else says anything.
  if (unit.kind === 'none' && limit < 1) return `${name} ${valueText(now / limit, share)} of ${text(limit)}`
  return `${name} ${text(unit.kind === 'none' ? Number(now.toFixed(2)) : now)} / ${text(limit)}`
}

function nameOf({ group, sign, title }: Resource, item: string): string {
  if (item === '') return title
  return group === 'pool' && sign === 'utilisation'
    ? `${item} pool`
    : `${item}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`
}
