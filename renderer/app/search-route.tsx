import { SearchPage } from '../search/search-page'
import { UnlessEnded } from './ended-demo'

/** The page that finds traces. */
export function SearchRoute() {
  return (
    <UnlessEnded>
      <SearchPage />
    </UnlessEnded>
  )
}
