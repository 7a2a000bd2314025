import type { Page } from '@playwright/test'
import { expect } from './clew.ts'

/** Opens files as a person does: by the key, and the chooser it brings up. */
export async function openFiles(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Control+o')
  await (
    await chooser
  ).setFiles(
    Object.entries(files).map(([name, text]) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    })),
  )
}
