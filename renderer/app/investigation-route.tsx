import { InvestigationPage } from '../investigation/investigation-page'
import { searchAsks } from './search-asks'

/** The page of the investigation, which asks searches again as the page of searches does. */
export function InvestigationRoute() {
  return <InvestigationPage asksOf={searchAsks} />
}
