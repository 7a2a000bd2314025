import './ui/theme.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/frame.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app'
import { firstPlace } from './app/first-place'
import { preparePages } from './app/prepare-pages'
import { queries } from './app/queries'
import { router } from './app/router'
import { applyTheme } from './app/theme'
import { appInfoQuery } from './state/app-info'
import { flushPreferences, preferencesQuery } from './state/preferences'
import { finishRemovals, resumeRemovals } from './state/removals'
import { sourcesQuery } from './state/sources'
import { loadThread, watchOtherWindows } from './state/thread'
import { watchEntries } from './state/thread-entries'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const page = createRoot(root)

addEventListener('pagehide', () => {
  flushPreferences()
  finishRemovals()
})

resumeRemovals(() => queries.invalidateQueries({ queryKey: sourcesQuery.queryKey }))

// The theme is known before the first picture, so that a dark page never flashes white. The handler answers in a few milliseconds;
// if it does not answer at all, the page still comes, and says so where an answer would have been.
const appInfo = queries.prefetchQuery(appInfoQuery)
watchEntries(router.history)
watchOtherWindows()
void Promise.all([
  queries.prefetchQuery(preferencesQuery),
  // What is connected and what was given decide where one begins.
  ...(location.pathname === '/' ? [queries.prefetchQuery(sourcesQuery), appInfo] : []),
  loadThread(),
]).then(() => {
  const place = firstPlace(
    location.pathname,
    queries.getQueryData(sourcesQuery.queryKey),
    queries.getQueryData(appInfoQuery.queryKey)?.files.length ?? 0,
  )
  if (place !== undefined) router.history.replace(place)
  applyTheme(queries.getQueryData(preferencesQuery.queryKey)?.theme ?? 'system')
  page.render(
    <StrictMode>
      <App queries={queries} />
    </StrictMode>,
  )
  preparePages()
})
