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
