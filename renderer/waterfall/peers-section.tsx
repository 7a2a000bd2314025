import { useEffect, useMemo, useRef, useState } from 'react'
import type { Source } from '#shared/api/contract'
import { searchText } from '#shared/api/search-text'
import { exactly, type PeerChoice, peerSearch } from '#shared/correlate/peers'
import type { Spread } from '#shared/correlate/spread'
import { formatShortTime, type TimeZone } from '#shared/derive/clock-times'
import { peersAmong } from '#shared/investigation/saved-peers'
import type { SpanIndex, Trace } from '#shared/trace/table'
import { useGo } from '../state/location'
import { useKept } from '../state/open-investigation'
import { findPeer, peersAsked, peerSources, usePeers } from '../state/peers'
import { slotColor } from '../state/service-colors'
import { useTellWay } from '../state/shown-ways'
import { useSources } from '../state/sources'
import { hrefOfTrace } from '../state/trace-location'
import { Button } from '../ui/button'
import { ErrorNote } from '../ui/error-note'
import type { IconName } from '../ui/icon'
import { Keys } from '../ui/key-caps'
import { useKeys } from '../ui/keys'
import { say } from '../ui/status-message'
import { isAlone, placeAmong, spreadWords } from './peer-words'
import styles from './peers.module.css'
import { SpreadChart } from './spread-chart'

interface Props {
  readonly trace: Trace
  readonly row: SpanIndex
  readonly slots: readonly number[]
  /** Ids of the sources that hold the trace. */
  readonly cameFrom: readonly string[]
  readonly zone: TimeZone
}

/** Nothing is asked of spans that are only passed over. */
const settledMs = 250

/** How long the same operation takes at other times, where this span lies among those, and ways to some of them. */
export function PeersSection({ trace, row, slots, cameFrom, zone }: Props) {
  const go = useGo()
  const known = useSources().data
  const { isKnown, kept } = useKept(cameFrom)
  const isSaved = kept !== undefined
  const sources = useMemo(() => peerSources(known ?? [], cameFrom, isSaved), [known, cameFrom, isSaved])
  const traceSource = sources.traces
  const [nowMs] = useState(() => Date.now())
  const [settled, setSettled] = useState<SpanIndex>()
  useEffect(() => {
    const timer = setTimeout(() => setSettled(row), settledMs)
    return () => clearTimeout(timer)
  }, [row])
  const asked = useMemo(() => peersAsked(trace, row, sources, nowMs), [trace, row, sources, nowMs])
  const saved = useMemo(
    () => kept && peersAmong(kept.peers, asked.subject, asked.window.startMs, trace.traceId),
    [kept, asked, trace.traceId],
  )
  /** Sources that may be asked for whole traces. */
  const [agreed, setAgreed] = useState<readonly string[]>([])
  /** Which peer was asked for before it is known how they are spread; it is looked for as soon as that is. */
  const [early, setEarly] = useState<{ readonly row: SpanIndex; readonly choice: PeerChoice }>()
  const wanted = early?.row === row ? early.choice : undefined
  const peers = usePeers(
    settled === row && known && isKnown ? asked : undefined,
    sources,
    traceSource !== undefined && (wanted !== undefined || agreed.includes(traceSource.id)),
    saved,
  )
  const { found, isAsking, error, mayBeAsked, retry } = peers
  const acts = useRef<HTMLDivElement>(null)
  const ask = mayBeAsked && (() => setAgreed([...agreed, mayBeAsked.id]))
  const goToPeers = () => {
    ask?.()
    acts.current?.querySelector('button')?.focus()
  }
  const isLooking = settled !== row || isAsking || !known || !isKnown
  const waits = traceSource !== undefined && !found?.spread && (isLooking || mayBeAsked !== undefined)
  useKeys({
    scope: 'Follow',
    bindings: [
      { keys: 'B', title: 'Among its peers', run: goToPeers },
      ...(waits
        ? choices.map(({ choice, keys, title }) => ({
            keys,
            title,
            run: () => {
              setEarly({ row, choice })
              if (ask) say(`Reading ${mayBeAsked.name}’s traces of this hour.`)
              ask?.()
            },
          }))
        : []),
    ],
  })
  const ownNs = trace.spans.duration[row]
  const { spread } = found ?? {}
  const hasNoOther = found && (!spread || isAlone(spread, ownNs, found))
  const cannot =
    error?.message ??
    (hasNoOther ? `${found.source} has no other ${asked.subject.operation} at that time.` : undefined)
  useEffect(() => {
    if (wanted === undefined || isLooking || cannot === undefined) return
    say(cannot, { tone: 'warn' })
  }, [wanted, isLooking, cannot])
  useTellWay('peers', found?.spread || mayBeAsked ? goToPeers : undefined)

  const window = found?.window ?? asked.window
  const hours = `${formatShortTime(window.startMs, zone)} – ${formatShortTime(window.endMs, zone)}`
  if (!isLooking && !found && !error && !mayBeAsked) return undefined
  return (
    <section className={styles.peers} aria-label="Among its peers" aria-busy={isLooking}>
      <h3>
        Among its peers
        <span className="t3 small grow cut" role="status">
          {spread && found ? placeAmong(spread, ownNs, found) : isLooking && 'looking for them…'}
        </span>
        <Keys keys="B" />
      </h3>
      {error && <ErrorNote error={error} action={<Button onClick={retry}>Retry</Button>} />}
      {found && !spread && (
        <p className="t2">
          {found.source} has no other {asked.subject.operation} of {asked.subject.service}, {hours}.
        </p>
      )}
      {spread && found && (
        <SpreadChart
          spread={spread}
          ownNs={ownNs}
          color={slotColor(slots[trace.spans.service[row]] ?? 1)}
          label={spreadWords(spread, ownNs, found)}
        />
      )}
      {found && (
        <p className={`t3 small ${styles.from}`}>
          <span>
            {hours}, {found.metric === undefined ? 'found' : `counted by ${found.metric}`} in {found.source}
            {found.isOfFiles
              ? ', which has what was saved: at the time there may have been others'
              : found.isSample && ', not all there are: some of each sixth of that time'}
          </span>
          <code title={found.query}>{found.query}</code>
          {found.notes.map((note) => (
            <span key={note} title={note}>
              {note}
            </span>
          ))}
        </p>
      )}
      <div ref={acts} className={styles.acts}>
        {ask && (
          <Button icon="search" onClick={ask}>
            Read {mayBeAsked.name}’s traces of this hour
          </Button>
        )}
        {spread && found && traceSource && !isAlone(spread, ownNs, found) && (
          <PeerButtons
            key={row}
            wanted={wanted}
            onTaken={() => setEarly(undefined)}
            spread={spread}
            asked={{ ...asked, window }}
            source={traceSource}
            own={{ traceId: trace.traceId, durationNs: ownNs }}
            onOpen={(traceId, span) => go(hrefOfTrace({ sources: [traceSource.id], traceId, span }))}
          />
        )}
      </div>
    </section>
  )
}

interface ButtonsProps {
  /** The one that was asked for before. */
  readonly wanted: PeerChoice | undefined
  readonly onTaken: () => void
  readonly spread: Spread
  readonly asked: Parameters<typeof findPeer>[1]
  readonly source: Source
  readonly own: { readonly traceId: string; readonly durationNs: number }
  readonly onOpen: (traceId: string, spanId: string) => void
}

const choices: readonly {
  readonly choice: PeerChoice
  readonly icon: IconName
  readonly words: string
  readonly keys: string
  readonly title: string
}[] = [
  {
    choice: 'typical',
    icon: 'check',
    words: 'A typical one',
    keys: 'Shift+B',
    title: 'A typical one of its peers',
  },
  { choice: 'slow', icon: 'clock', words: 'A slow one', keys: 'Shift+S', title: 'A slow one of its peers' },
  {
    choice: 'failed',
    icon: 'error',
    words: 'A failed one',
    keys: 'Shift+T',
    title: 'A failed one of its peers',
  },
]

/** Of what was saved only some traces are in a file, whatever is known of the others. */
const whyNone = (choice: PeerChoice, { kind, name }: Source): string =>
  `${choices.find((one) => one.choice === choice)?.words} of another trace ${kind === 'files' ? 'is not in' : 'was not found in'} ${name}.`

/** Ways to single peers; each is looked for when it is wanted. */
function PeerButtons({ wanted, onTaken, spread, asked, source, own, onOpen }: ButtonsProps) {
  const [sought, setSought] = useState<PeerChoice>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const find = async (choice: PeerChoice): Promise<void> => {
    running.current?.abort()
    const abort = new AbortController()
    running.current = abort
    setSought(choice)
    const { peer, error } = await findPeer(source, asked, choice, spread, own, abort.signal)
    if (abort.signal.aborted) return
    setSought(undefined)
    if (peer) onOpen(peer.traceId, peer.spanId)
    else say(error?.message ?? whyNone(choice, source), { tone: 'warn' })
  }
  useKeys({
    scope: 'Follow',
    bindings: choices.map(({ choice, keys, title }) => ({ keys, title, run: () => void find(choice) })),
  })
  const latest = useRef(find)
  useEffect(() => {
    latest.current = find
  })
  useEffect(() => {
    if (wanted === undefined) return
    onTaken()
    void latest.current(wanted)
  }, [wanted, onTaken])
  return choices.map(({ choice, icon, words, keys }) => (
    <Button
      key={choice}
      icon={sought === choice ? 'wait' : icon}
      title={searchText(
        peerSearch(asked.subject, choice, asked.window, source.capabilities, exactly(spread)),
        source,
      )}
      onClick={() => void find(choice)}
    >
      {words} <Keys keys={keys} />
    </Button>
  ))
}
