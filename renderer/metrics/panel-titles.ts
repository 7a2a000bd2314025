import type { PanelPlace } from '../state/metrics-location'

/** What a chart is called. */
export const titleOf = ({ query }: Pick<PanelPlace, 'query'>): string =>
  query.trim() === '' ? 'New chart' : query.trim()

/** What charts that stand together are called: of several that ask the same, all but the first are numbered, so that each has a name of its own. */
export function titlesOf(panels: readonly Pick<PanelPlace, 'query'>[]): readonly string[] {
  const seen = new Map<string, number>()
  return panels.map((panel) => {
    const title = titleOf(panel)
    const nth = (seen.get(title) ?? 0) + 1
    seen.set(title, nth)
    return nth === 1 ? title : `${title} (${nth})`
  })
}
