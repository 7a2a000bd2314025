/** What no reader can undercut: the bytes of the trace fetched in this Chromium, and each of them looked at once in a worker. */
import { withPage } from './program.ts'

export interface Floor {
  readonly fetchedMs: number
  readonly scannedMs: number
}

/** `url` is that of a trace server. */
export async function measureFloor(url: string): Promise<Floor> {
  return withPage(async (page) => {
    await page.goto(url)
    const fetchedMs = await page.evaluate(readInWorker, { url: `${url}/api/traces/1`, scan: false })
    const scannedMs = await page.evaluate(readInWorker, { url: `${url}/api/traces/1`, scan: true })
    return { fetchedMs, scannedMs }
  })
}

/** Sent to the page as its source text, and from there to its worker: neither may use anything from around it. */
async function readInWorker(task: { readonly url: string; readonly scan: boolean }): Promise<number> {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- all there is in the page is this function's source
  const read = async (url: string, scan: boolean): Promise<{ readonly ms: number; readonly sum: number }> => {
    const before = performance.now()
    const reader = (await fetch(url)).body?.getReader()
    let sum = 0
    for (;;) {
      const piece = await reader?.read()
      if (!piece?.value) break
      // A loop by index, as readers have: for-of over bytes is slower.
      if (scan) for (let at = 0; at < piece.value.length; at++) sum = (sum + piece.value[at]) | 0
    }
    // The sum is told, so that the loop is not left out.
    return { ms: performance.now() - before, sum }
  }
  const source = `onmessage = async ({ data }) => postMessage(await (${String(read)})(data.url, data.scan))`
  const worker = new Worker(URL.createObjectURL(new Blob([source])))
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<{ ms: number }>) => resolve(data.ms))
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.postMessage(task, [])
  })
}
