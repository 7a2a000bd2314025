import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { projectFolder } from './project.ts'

/** Runs a tool of node_modules in the project's folder, its output on ours; whether it ended with 0. */
export function runTool(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): boolean {
  const { status, error } = spawnSync(command, args, {
    cwd: projectFolder,
    stdio: 'inherit',
    // npm puts this folder first by itself; called without npm, the same tools must be found.
    env: {
      ...process.env,
      PATH: join(projectFolder, 'node_modules/.bin') + delimiter + (process.env['PATH'] ?? ''),
      ...env,
    },
    // On Windows the tools are .cmd files, which only a shell can run.
    shell: process.platform === 'win32',
  })
  if (error) console.error(`${command} could not be run: ${error.message}`)
  return status === 0
}
