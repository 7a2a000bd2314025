/** The trace page as a person finds it: by what things are called. */
import type { Locator, Page } from '@playwright/test'

/** Parts of the trace page. */
export function tracePage(page: Page) {
  const spans = page.getByRole('treegrid', { name: 'Spans' })
  return {
    spans,
    /** Rows of spans; the header is a row too. */
    rows: spans.locator('[role=row][aria-level]'),
    row: (name: string | RegExp): Locator => spans.getByRole('row', { name }).first(),
    find: page.getByRole('searchbox', { name: 'Find in trace' }),
    found: page.getByRole('search').getByRole('status'),
    details: page.getByRole('complementary', { name: 'Span details' }),
    overview: page.getByRole('region', { name: 'Overview of the trace' }),
    button: (name: string | RegExp): Locator => page.getByRole('button', { name }),
    /** Nanoseconds in view, from the URL; undefined for all. */
    zoom: (): { from: number; to: number } | undefined => {
      const [from, to] = (new URL(page.url()).searchParams.get('zoom') ?? '').split('-').map(Number)
      return to === undefined ? undefined : { from, to }
    },
    param: (name: string): string | null => new URL(page.url()).searchParams.get(name),
  }
}
