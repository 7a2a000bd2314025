import { useCallback } from 'react'
import type { Climbed } from '#shared/correlate/ladder-end'
import { placeWords } from '#shared/correlate/met-place'
import { withSaid } from '#shared/correlate/said'
import { useSaidFacts, useSay } from '../state/said-facts'
import { type Offer, say } from '../ui/status-message'

/** Offers to put right where the lines of a source name their trace, where a person said otherwise than a ladder found. */
export function useRememberPlace(): (found: Climbed) => Offer | undefined {
  const sayOf = useSay()
  const said = useSaidFacts()
  return useCallback(
    ({ rung: { source }, state }) => {
      const value = state.kind === 'answered' ? state.unknownPlace : undefined
      if (value === undefined || said[source.id]?.trace === undefined) return undefined
      return {
        label: 'Remember that',
        run: () => {
          sayOf(source.id, (now) => withSaid(now, { kind: 'trace', value }))
          say(
            `From now on the trace of lines of ${source.name} is read from ${placeWords(value)}; Connections has this among its facts.`,
          )
        },
      }
    },
    [sayOf, said],
  )
}
