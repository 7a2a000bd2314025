/** `npm run check`: format, lint, types of every environment, unused code, unit tests. Stops at the first failure. */
import { spawnSync } from 'node:child_process'

const root = new URL('..', import.meta.url).pathname

const steps: readonly (readonly [name: string, ...command: string[]])[] = [
  ['format', 'oxfmt', '--check', '.'],
  ['lint', 'oxlint', '--type-aware'],
  ['types: node', 'tsc', '-p', '.'],
  ['types: shared', 'tsc', '-p', 'shared'],
  ['types: page', 'tsc', '-p', 'renderer'],
  ['types: worker', 'tsc', '-p', 'renderer/worker'],
  ['unused code', 'knip'],
  ['unit tests', 'vitest', 'run', '--config', 'build/vitest.config.ts', '--reporter=dot'],
]

for (const [name, command, ...args] of steps) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error(`check: ${name} failed (${[command, ...args].join(' ')})`)
    process.exit(1)
  }
  console.log(`check: ${name} ok`)
}
