import { useEffect, useRef } from 'react'
import type { DemoSource } from '#shared/api/contract'
import { useDemo } from '../state/demo'
import { useSources } from '../state/sources'
import { say } from '../ui/status-message'

/** Says it when the demo shop that began by itself ends for opened files (of a connection it is said with the connection). */
export function useDemoGivesWay(): void {
  const { data } = useSources()
  const demo = useDemo()
  const before = useRef<DemoSource>(undefined)
  useEffect(() => {
    const gone = demo === undefined ? before.current : undefined
    before.current = demo
    if (gone?.begunBy === 'itself' && data?.some(({ kind }) => kind === 'files'))
      say(`${gone.name} has ended: its figures are not mixed with those of your files.`)
  }, [data, demo])
}
