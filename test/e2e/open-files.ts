import type { FileChooser, Page } from '@playwright/test'
import { expect } from './clew.ts'

/** What a chooser is given: paths, or files that are nowhere. */
type Chosen = Parameters<FileChooser['setFiles']>[0]

/** Chooses files as a person does: by the key, pressed again where the page was not yet there to hear it, and the chooser it brings up. */
export async function chooseByKey(page: Page, files: Chosen): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  const choosers: FileChooser[] = []
  page.once('filechooser', (one) => choosers.push(one))
  await expect(async () => {
    if (choosers.length === 0) await page.keyboard.press('Control+o')
    await expect.poll(() => choosers.length, { timeout: 2_000 }).toBe(1)
  }).toPass()
  await choosers[0].setFiles(files)
}

/** Opens files of these names and texts. */
export const openFiles = (page: Page, files: Readonly<Record<string, string>>): Promise<void> =>
  chooseByKey(
    page,
    Object.entries(files).map(([name, text]) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    })),
  )

/** Waits until the browser's own database has so many files: they are written behind, and a page that is left before has none to find again. */
export async function expectKept(page: Page, count: number): Promise<void> {
  const keptCount = () =>
    page.evaluate(async () => {
      // Opened before the page does, it would be made without its table.
      const isThere = (await indexedDB.databases()).some(({ name }) => name === 'clew-files')
      if (!isThere) return 0
      return new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('clew-files')
        opening.addEventListener('error', () => reject(new Error('the database does not open')))
        opening.addEventListener('success', () => {
          const { result } = opening
          const counting = result.transaction('files').objectStore('files').count()
          counting.addEventListener('success', () => {
            result.close()
            resolve(counting.result)
          })
        })
      })
    })
  await expect.poll(keptCount).toBe(count)
}
