/** The running thread on the page: shown at once, and written to the profile right behind, one change after the other. */
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { changeBetween, piecesOf } from '#shared/thread/change'
import { emptyThread, type Thread, walk } from '#shared/thread/thread'
import { threadApi } from '../client/thread-api'

let thread: Thread = emptyThread(crypto.randomUUID())
/** What the handler has. */
let kept: Thread = thread
let writing: Promise<void> | undefined
let problem: unknown
/** Until what could not be written is tried again. */
const againMs = 10_000
let again: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
let others: BroadcastChannel | undefined

function tell(): void {
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Reads what is kept; to be waited for before the page is drawn, or its first step would begin another thread. */
export async function loadThread(): Promise<void> {
  try {
    thread = await threadApi.thread()
    kept = thread
  } catch (thrown) {
    problem = thrown
  }
  tell()
}

/** Takes in what other windows wrote of it, unless something here is not written yet: where one is in it stays. */
async function readAgain(): Promise<void> {
  const before = thread
  if (writing || before !== kept) return
  const read = await threadApi.thread().catch(() => undefined)
  if (!read || writing || thread !== before || read.id !== before.id) return
  const isHere = read.steps.some(({ id }) => id === before.current)
  const merged = isHere ? walk({ ...read, tip: before.tip }, before.current) : read
  if (!changeBetween(before, merged)) return
  thread = merged
  kept = merged
  tell()
}

/** From now on what other windows do is seen here: at once in this browser, in another when somebody comes back to it. */
export function watchOtherWindows(): void {
  others = new BroadcastChannel('clew-thread')
  others.addEventListener('message', () => void readAgain())
  window.addEventListener('focus', () => void readAgain())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void readAgain()
  })
}

/** The thread as of now, outside of rendering. */
export const threadNow = (): Thread => thread

/** Makes another thread of the one there is. */
export function changeThread(change: (now: Thread) => Thread): void {
  const next = change(thread)
  if (next === thread) return
  thread = next
  keepNow()
  tell()
}

/** Writes what is not written yet, unless that is being done. */
export function keepNow(): void {
  clearTimeout(again)
  writing ??= write()
}

async function write(): Promise<void> {
  // After who called it has kept the promise: where nothing differs there is nothing else to wait for, and `writing` would stay for ever.
  await Promise.resolve()
  try {
    for (;;) {
      const sent = thread
      const change = changeBetween(kept, sent)
      if (!change) break
      // Each is made of what the one before left.
      // oxlint-disable-next-line no-await-in-loop
      for (const piece of piecesOf(change)) await threadApi.change(piece)
      kept = sent
      problem = undefined
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      others?.postMessage('written')
    }
  } catch (thrown) {
    // What was not written is written with the next change, or after a while.
    problem = thrown
    again = setTimeout(keepNow, againMs)
  }
  writing = undefined
  tell()
}

export function useThread(): Thread {
  return useSyncExternalStore(subscribe, threadNow)
}

/** Why the thread could not be read or kept, if so; outside of rendering. */
export const threadProblem = (): unknown => problem

/** Why the thread could not be read or kept, if so. */
export function useThreadProblem(): unknown {
  return useSyncExternalStore(subscribe, threadProblem)
}

/** Threads that were run before this one, the last first; none until they are known. */
export function useEarlierThreads(): readonly Thread[] {
  const { id } = useThread()
  const { data } = useQuery({
    // Another thread is another list: the one before is on it.
    queryKey: ['earlier-threads', id],
    queryFn: async ({ signal }) => {
      await writing
      return threadApi.earlier(signal)
    },
  })
  return data ?? none
}

const none: readonly Thread[] = []
