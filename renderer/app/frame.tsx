import { Outlet, useLocation } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { visibleText } from '#shared/base/hidden-characters'
import { UnreadFiles } from '../open/unread-files'
import type { DroppedFiles } from '../state/dropped-files'
import { useGo } from '../state/location'
import { useHandOver } from '../state/opened-source'
import { usePreferences } from '../state/preferences'
import { useLearnFacts } from '../state/use-learn-facts'
import { useChooseFiles, useOpenFiles } from '../state/use-open-files'
import { useKeys } from '../ui/keys'
import { usePageOwnTitle } from '../ui/page-title'
import { say } from '../ui/status-message'
import { ClewGone } from './clew-gone'
import { DemoGuide } from './demo-guide'
import { DropTarget } from './drop-target'
import styles from './frame.module.css'
import { KeySheet } from './key-sheet'
import { OpeningBar } from './opening-bar'
import { Palette } from './palette'
import { Rail } from './rail'
import { StatusLine } from './status-line'
import { applyTheme } from './theme'
import { TopBar } from './top-bar'
import { Trail } from './trail'
import { UnlessEnded } from './unless-ended'
import { UnknownSources } from './unknown-sources'
import { useArrivalFocus } from './use-arrival-focus'
import { useDemoGivesWay } from './use-demo-gives-way'
import { useGivenFiles } from './use-given-files'
import { frameScope } from './use-palette-items'
import { usePaste } from './use-paste'
import { usePastedPlaces } from './use-pasted-places'
import { useShellCommands } from './use-shell-commands'
import { useTroubles } from './use-troubles'

/** What a place is called when its page does not say more. */
const titles: Readonly<Record<string, string>> = {
  '/': 'Start',
  '/overview': 'Overview',
  '/service': 'Service',
  '/rules': 'Rules',
  '/traces': 'Traces',
  '/trace': 'Trace',
  '/files': 'Files',
  '/logs': 'Logs',
  '/metrics': 'Metrics',
  '/cardinality': 'Cardinality',
  '/map': 'Map',
  '/investigation': 'Investigation',
  '/connections': 'Connections',
  '/settings': 'Settings',
}

/** A pasted line this long may still be a name to look for; more is a document. */
const longestName = 200

/** Rail, top bar, page, status line; and what works on every page: palette, keys, files from anywhere, pasted ids. */
export function Frame() {
  const path = useLocation({ select: (location) => location.pathname })
  /** From one trace to another is an arrival too. */
  const place = useLocation({
    select: ({ pathname, searchStr }) =>
      pathname === '/trace' ? `${pathname} ${new URLSearchParams(searchStr).get('id')}` : pathname,
  })
  const ownTitle = usePageOwnTitle()
  const { theme } = usePreferences()
  const go = useGo()
  const openFiles = useOpenFiles()
  const chooseFiles = useChooseFiles()
  const askForFile = () => void chooseFiles()
  const placesOf = usePastedPlaces()
  /** Text the palette starts with; undefined while it is closed. */
  const [palette, setPalette] = useState<string>()
  const [isSheetOpen, setSheetOpen] = useState(false)
  useGivenFiles(path)
  useHandOver(useLocation({ select: (location) => location.searchStr }))
  useDemoGivesWay()
  useShellCommands()
  useLearnFacts()

  useEffect(() => applyTheme(theme), [theme])
  useEffect(() => {
    document.title = visibleText(`${ownTitle ?? titles[path] ?? 'Nothing here'} · Clew`)
  }, [ownTitle, path])

  useTroubles()
  useArrivalFocus(place)

  const takeFiles = useCallback((files: readonly File[]) => void openFiles(files), [openFiles])

  const takeDrop = useCallback(
    (dropped: Promise<DroppedFiles>) => {
      const open = async () => {
        const { files, trouble } = await dropped
        if (trouble !== undefined) say(trouble)
        await openFiles(files)
      }
      void open()
    },
    [openFiles],
  )

  usePaste(({ text, files }) => {
    if (files.length > 0) return takeFiles(files)
    const places = placesOf(text)
    if (places.length === 1 && places[0].isSure) {
      go(places[0].href)
      return say(`As you pasted: ${places[0].title}.`)
    }
    if (
      places.length > 0 ||
      (text.trim() !== '' && text.length <= longestName && !text.trim().includes('\n'))
    )
      setPalette(text.trim())
    return undefined
  })

  useKeys({
    scope: frameScope,
    bindings: [
      {
        keys: 'Mod+K',
        title: 'Search or command',
        whileTyping: true,
        run: () => setPalette((now) => (now === undefined ? '' : undefined)),
      },
      { keys: 'Mod+O', title: 'Open a file', whileTyping: true, run: askForFile },
      { keys: 'Mod+,', title: 'Settings', whileTyping: true, run: () => go('/settings') },
      { keys: ['Alt+ArrowLeft', '['], title: 'Back', run: () => window.history.back() },
      { keys: ['Alt+ArrowRight', ']'], title: 'Forward', run: () => window.history.forward() },
      { keys: '?', title: 'All keys', run: () => setSheetOpen((isOpen) => !isOpen) },
    ],
  })

  return (
    <div className="app">
      <a className={`btn ${styles.skip}`} href="#page">
        Skip to the page
      </a>
      <Rail path={path} onOpenFile={askForFile} />
      <TopBar isPaletteOpen={palette !== undefined} onOpenPalette={() => setPalette('')} />
      <Trail />
      <UnreadFiles onClosed={() => document.querySelector<HTMLElement>('#page')?.focus()} />
      <main className="main" id="page" tabIndex={-1}>
        <ClewGone />
        <DemoGuide />
        <UnknownSources />
        <UnlessEnded>
          <Outlet />
        </UnlessEnded>
      </main>
      <OpeningBar />
      <StatusLine />
      {isSheetOpen && <KeySheet onClose={() => setSheetOpen(false)} />}
      {palette !== undefined && (
        <Palette
          initialText={palette}
          onClose={() => setPalette(undefined)}
          onOpenFile={askForFile}
          onShowKeys={() => setSheetOpen(true)}
        />
      )}
      <DropTarget onDrop={takeDrop} />
    </div>
  )
}
