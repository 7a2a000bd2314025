/** Queries written by hand, a line each, over what `data.ts` writes. */
import { readFileSync } from 'node:fs'

/** What finds lines in both. */
export const writtenQueries = lines('written-queries.txt')
/** What gives numbers over time in both. */
export const writtenMetrics = lines('written-metrics.txt')
/** What both refuse. */
export const refusedQueries = lines('refused-queries.txt')

function lines(file: string): string[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
}
