/** Processor time of single tasks of the page's main thread: unlike the length of a frame it does not count what other programs take. */
import type { Page } from '@playwright/test'

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Processor time, microseconds. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/** Runs `work`; the processor time of each task meanwhile, ms. Of the frames of the page, for it alone is open. */
export async function taskTimes(page: Page, work: () => Promise<void>): Promise<readonly number[]> {
  const devtools = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  })
  await work()
  const isOver = new Promise<void>((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()))
  await devtools.send('Tracing.end')
  await isOver
  await devtools.detach()
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`
  const mainThreads = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf),
  )
  const times = events
    .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && mainThreads.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1e3)
  if (times.length === 0) throw new Error('the browser told of no task')
  return times
}
