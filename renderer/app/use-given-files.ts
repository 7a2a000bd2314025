import { useEffect, useRef } from 'react'
import { useAppInfo } from '../state/app-info'
import { tabStorage } from '../state/browser-storage'
import { useOpenGiven } from '../state/use-open-files'

const seenKey = 'clew.given-files'

/** Files named on the command line open once in each run, when the application shows its start page; going back there later does not open them again. */
export function useGivenFiles(path: string): void {
  const { data } = useAppInfo()
  const openGiven = useOpenGiven()
  const firstPath = useRef(path)
  useEffect(() => {
    if (!data || data.files.length === 0 || firstPath.current !== '/') return
    const ids = data.files.map((file) => file.id)
    const seen = [data.startedMs, ...ids].join(',')
    // Kept for the tab, so that a reload of the start page is a reload of the start page.
    if (tabStorage.get(seenKey) === seen) return
    tabStorage.set(seenKey, seen)
    void openGiven(ids)
  }, [data, openGiven])
}
