/** What the handler says of itself: version, shell, where secrets are kept, files given at the start. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../client/api'

/** One answer per run: nothing in it changes while Clew runs, except that files may be added. */
export const appInfoQuery = queryOptions({
  queryKey: ['app'],
  queryFn: ({ signal }) => api.app(signal),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The running program: `data` is undefined until the handler has answered. */
export function useAppInfo() {
  return useQuery(appInfoQuery)
}
