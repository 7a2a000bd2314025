/** `npm run check`: format, lint, types of every environment, unused code, unit tests (layers and docs among them). */
import { checks } from './checks.ts'
import { runTool } from './run-tool.ts'

const unit = {
  name: 'unit tests',
  command: 'vitest',
  args: ['run', '--config', 'build/vitest.config.ts', '--reporter=dot'],
}

for (const { name, command, args } of [...checks, unit]) {
  if (!runTool(command, args)) {
    console.error(`check: ${name} failed (${[command, ...args].join(' ')})`)
    process.exit(1)
  }
  console.log(`check: ${name} ok`)
}
