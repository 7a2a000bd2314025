/** The places of the application. Each page reads its own part of the URL with its codec (renderer/state). */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { painted } from '../state/painted'
import { Frame } from './frame'
import { NotFound } from './not-found'
import { PageFailure } from './page-failure'

const root = createRootRoute({
  component: Frame,
  beforeLoad: async ({ location }) => {
    // The bar over the page is painted before the next page is made.
    const before = router.state.resolvedLocation
    if (before !== undefined && before.pathname !== location.pathname) await painted()
  },
})

const routeTree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('../start/start-page'), 'StartPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/connections',
    component: lazyRouteComponent(() => import('../connections/connections-page'), 'ConnectionsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/traces',
    component: lazyRouteComponent(() => import('../search/search-page'), 'SearchPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/logs',
    component: lazyRouteComponent(() => import('../logs/logs-page'), 'LogsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/trace',
    component: lazyRouteComponent(() => import('./trace-route'), 'TraceRoute'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/files',
    component: lazyRouteComponent(() => import('./files-route'), 'FilesRoute'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/overview',
    component: lazyRouteComponent(() => import('../metrics/overview-page'), 'OverviewPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/rules',
    component: lazyRouteComponent(() => import('../metrics/rules-page'), 'RulesPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/service',
    component: lazyRouteComponent(() => import('../metrics/service-page'), 'ServicePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/metrics',
    component: lazyRouteComponent(() => import('../metrics/metrics-page'), 'MetricsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/cardinality',
    component: lazyRouteComponent(() => import('../metrics/cardinality-page'), 'CardinalityPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/map',
    component: lazyRouteComponent(() => import('../map/map-page'), 'MapPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/investigation',
    component: lazyRouteComponent(() => import('./investigation-route'), 'InvestigationRoute'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/settings',
    component: lazyRouteComponent(() => import('../settings/settings-page'), 'SettingsPage'),
  }),
])

/** Search params stay strings: codecs give them meaning. */
function parseSearch(text: string): Record<string, string | string[]> {
  const params = new URLSearchParams(text)
  const out: Record<string, string | string[]> = {}
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key)
    out[key] = values.length === 1 ? values[0] : values
  }
  return out
}

function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (typeof one === 'string') params.append(key, one)
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  scrollRestoration: false,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: PageFailure,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
