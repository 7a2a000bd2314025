import { useCallback } from 'react'
import type { Climbed } from '#shared/correlate/ladder-end'
import type { LogSubject } from '#shared/correlate/log-ladder'
import { placeWords } from '#shared/correlate/met-place'
import { withSaid } from '#shared/correlate/said'
import { unfitName, unfitWords } from '#shared/correlate/unfit-name'
import { useSaidFacts, useSay } from '../state/said-facts'
import { type Offer, say } from '../ui/status-message'

interface Remembering {
  /** What did not fit; empty where the lines say so themselves. */
  readonly words: string
  readonly offer: Offer
}

/** Offers to put right what a person said otherwise than a ladder found: where the lines of a source name their trace, or what it calls a service. */
export function useRemember(): (subject: LogSubject, found: Climbed) => Remembering | undefined {
  const sayOf = useSay()
  const said = useSaidFacts()
  return useCallback(
    (subject, found) => {
      const { source } = found.rung
      const now = said[source.id] ?? {}
      const place =
        found.state.kind === 'answered' && now.trace !== undefined ? found.state.unknownPlace : undefined
      const name = unfitName(subject, found, now.names)
      if (place === undefined && name === undefined) return undefined
      return {
        words: name ? unfitWords(name, source.name) : '',
        offer: {
          label: 'Remember that',
          run: () => {
            sayOf(source.id, (before) => {
              const named = name
                ? withSaid(before, { kind: 'name', service: name.service, value: name.value })
                : before
              return place ? withSaid(named, { kind: 'trace', value: place }) : named
            })
            const what = [
              place && `the trace of lines of ${source.name} is read from ${placeWords(place)}`,
              name && `${name.service} is looked for as ${name.value} in ${source.name}`,
            ]
            say(`From now on ${what.filter(Boolean).join(', and ')}; Connections has this among its facts.`)
          },
        },
      }
    },
    [sayOf, said],
  )
}
