import { QueryClient } from '@tanstack/react-query'

/** Answers of servers are never asked for twice behind a person's back: a failure is shown, with a button to try again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 30_000,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
