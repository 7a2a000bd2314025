import { useState } from 'react'
import { keyOfLine, type LogLine } from '#shared/logs/batch'

/** The lines whose neighbours are shown in their detail. */
export interface LinesWithAround {
  readonly has: (line: LogLine) => boolean
  readonly set: (line: LogLine, isOn: boolean) => void
}

/** As in `useKeys`: shows the lines around the one that is selected. */
export const aroundKey = 'A'

/** Kept beside the list: a detail that is scrolled out of view is gone until it is back. */
export function useLinesWithAround(): LinesWithAround {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  return {
    has: (line) => keys.has(keyOfLine(line)),
    set: (line, isOn) => {
      const others = [...keys].filter((key) => key !== keyOfLine(line))
      setKeys(new Set(isOn ? [...others, keyOfLine(line)] : others))
    },
  }
}
