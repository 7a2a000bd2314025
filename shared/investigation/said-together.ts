import type { Correction } from '#shared/api/contract'

/** What was said of each source, as said of the one that holds what they held. */
export function saidTogether(all: readonly Correction[]): Correction {
  const together: { -readonly [Key in keyof Correction]: Correction[Key] } = {}
  for (const said of all) {
    const { names, clocks, histograms, holds } = together
    Object.assign(together, said)
    if (said.names) together.names = { ...names, ...said.names }
    if (said.clocks) together.clocks = { ...clocks, ...said.clocks }
    if (said.histograms) together.histograms = { ...histograms, ...said.histograms }
    if (said.holds) together.holds = { ...holds, ...said.holds }
  }
  return together
}
