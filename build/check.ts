/** `npm run check`: format, lint, types of every environment, unused code, unit tests (layers and docs among them). */
import { checks } from './checks.ts'
import { runTool } from './run-tool.ts'

const unit = {
  name: 'unit tests',
  command: 'vitest',
  args: ['run', '--config', 'build/vitest.config.ts', '--reporter=dot'],
}

for (const { name, command, args } of [...checks, unit]) {
  // In a log, colours are noise: a dot per test would be ten characters.
  if (!runTool(command, args, process.stdout.isTTY ? {} : { NO_COLOR: '1' })) {
    console.error(`check: ${name} failed (${[command, ...args].join(' ')})`)
    process.exit(1)
  }
  console.log(`check: ${name} ok`)
}
