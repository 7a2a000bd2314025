/** A check that counts as one: a command that ends with 0 or does not. */
export interface Check {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
}

/** What `npm run check` and `npm test` do before any test: format, lint, types of every environment, unused code. */
export const checks: readonly Check[] = [
  { name: 'format', command: 'oxfmt', args: ['--check', '.'] },
  { name: 'lint', command: 'oxlint', args: ['--type-aware'] },
  { name: 'types: node', command: 'tsc', args: ['-p', '.'] },
  { name: 'types: shared', command: 'tsc', args: ['-p', 'shared'] },
  { name: 'types: page', command: 'tsc', args: ['-p', 'renderer'] },
  { name: 'types: tests of the page', command: 'tsc', args: ['-p', 'renderer/tsconfig.tests.json'] },
  { name: 'types: worker', command: 'tsc', args: ['-p', 'renderer/worker'] },
  { name: 'types: browser tests', command: 'tsc', args: ['-p', 'test/e2e'] },
  { name: 'unused code', command: 'knip', args: [] },
]
