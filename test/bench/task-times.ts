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
export const taskTimes = async (page: Page, work: () => Promise<void>): Promise<readonly number[]> =>
  (await threadTimes(page, work)).page

/** The same of the page's main thread and of all its workers. */
export async function threadTimes(
  page: Page,
  work: () => Promise<void>,
): Promise<{ readonly page: readonly number[]; readonly workers: readonly number[] }> {
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
  const timesOf = (threadName: RegExp): readonly number[] => {
    const threads = new Set(
      events
        .filter(({ name, args }) => name === 'thread_name' && threadName.test(args.name ?? ''))
        .map(threadOf),
    )
    return events
      .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && threads.has(threadOf(event)))
      .map(({ tdur = 0 }) => tdur / 1e3)
  }
  const times = timesOf(/^CrRendererMain$/)
  if (times.length === 0) throw new Error('the browser told of no task')
  return { page: times, workers: timesOf(/Worker/) }
}
