import { planSearch } from '../search/plan-search'
import type { StepQuestion } from '../state/gather-question'
import { searchLocation } from '../state/search-location'
import type { Ask } from '../state/trace-search'

/** What a search that is to be saved asks each of its sources: features know nothing of each other, so they meet here. */
export function searchAsks({ params, sources, window }: StepQuestion): readonly Ask[] {
  const searched = sources.filter(({ capabilities }) => capabilities.traces)
  return planSearch(searchLocation.parse(params), searched, window).asks
}
