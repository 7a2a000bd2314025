/**
 * `npm run bench [-- NAME…] [--runs N] [--write]`: times as medians of 5 with their spread, beside what they should reach. `--write`
 * keeps the table in BENCHMARKS.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median, reachesGoal, type Benchmark, type Measurement } from '../test/bench/measure.ts'
import { start } from '../test/bench/start.ts'
import { traceFile } from '../test/bench/trace-file.ts'
import { bundle } from './bundle.ts'
import { projectFolder } from './project.ts'

const benchmarks: readonly Benchmark[] = [start, traceFile]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name.startsWith(name)))
const runs = Number(values.runs)
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(
    `npm run bench [-- NAME…] [--runs N] [--write]; names are ${benchmarks.map(({ name }) => name).join(', ')}.`,
  )
  process.exitCode = 2
} else await measureAll()

async function measureAll(): Promise<void> {
  await bundle()
  const [busy] = loadavg()
  if (busy > cpus().length / 2)
    console.error(`Other programs keep this machine busy (load ${busy.toFixed(1)}): times will be too long.`)
  const wanted = benchmarks.filter(
    ({ name }) => positionals.length === 0 || positionals.some((word) => name.startsWith(word)),
  )
  const lines = ['| what | median | spread | goal | |', '|---|---:|---:|---:|---|']
  for (const line of lines) console.log(line)
  for (const benchmark of wanted)
    for (const measurement of await benchmark.run(runs)) {
      const line = formatMeasurement(measurement)
      lines.push(line)
      console.log(line)
    }
  if (values.write) writeTable(lines.join('\n'))
}

function formatMeasurement(measurement: Measurement): string {
  const { name, unit, goal, samples } = measurement
  const digits = unit === 'ms' && median(samples) < 20 ? 1 : 0
  const text = (value: number): string => value.toFixed(digits)
  const spread = `${text(Math.min(...samples))} … ${text(Math.max(...samples))}`
  const limit = goal === undefined ? '' : `${unit === 'ms' ? '≤' : '≥'} ${goal} ${unit}`
  const verdict = goal === undefined ? '' : reachesGoal(measurement) ? 'reached' : 'missed'
  return `| ${name} | ${text(median(samples))} ${unit} | ${spread} | ${limit} | ${verdict} |`
}

/** Replaces the table between the two marks of BENCHMARKS.md; what is written around it stays. */
function writeTable(table: string): void {
  const file = join(projectFolder, 'BENCHMARKS.md')
  const cores = cpus()
  const machine = `${cores.length} × ${cores[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()}, Node ${process.versions.node}; medians of ${runs}.`
  const [begin, end] = ['<!-- bench -->', '<!-- /bench -->']
  const text = readFileSync(file, 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`BENCHMARKS.md has no ${begin} … ${end}`)
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n${machine}\n\n${table}\n${text.slice(to)}`)
}
