import { useState } from 'react'
import { usePreferences } from '../state/preferences'
import { isServer, useSources } from '../state/sources'
import { Slot } from '../ui/slot'
import { ConnectPanel } from './connect-panel'
import { DemoOffer } from './demo-offer'
import { OpenPanel } from './open-panel'
import { RecentList } from './recent-list'
import { StoryStrip } from './story-strip'
import styles from './start.module.css'

/** Where one begins: an address, a file, or what was opened before. */
export function StartPage() {
  const [nowMs] = useState(() => Date.now())
  const isFirstTime = usePreferences().recent.length === 0
  const { data: sources } = useSources()
  const isConnected = sources?.some(isServer) ?? false
  const demo = <DemoOffer story={isFirstTime ? <StoryStrip /> : undefined} />
  return (
    <div className={`scroll ${styles.page}`}>
      <div className={styles.start}>
        <h1>Follow a slow request to the line that explains it.</h1>
        <p className={styles.lead}>
          From a metric, to the trace behind it, to the log line that says why, and back.
        </p>
        {/* Not before it is known whether anything is connected: it must not jump from one place to the other. */}
        {sources && !isConnected && demo}
        <div className={styles.two}>
          <ConnectPanel />
          <OpenPanel />
        </div>
        <RecentList nowMs={nowMs} />
        {isConnected && demo}
      </div>
      <Slot name="status">
        <span className="cut">Runs on this machine; reads your servers, stores nothing there</span>
      </Slot>
    </div>
  )
}
