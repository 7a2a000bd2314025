/**
 * `npm run bench [-- NAME…] [--runs N] [--sizes 10k,200k,1M] [--write]`: medians of 5 with their spread, beside what they should reach.
 * `--write` keeps each benchmark's table in its part of BENCHMARKS.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median, reachesGoal, type Benchmark, type Measurement } from '../test/bench/measure.ts'
import { demo } from '../test/bench/demo.ts'
import { files } from '../test/bench/files.ts'
import { investigation } from '../test/bench/investigation.ts'
import { logql } from '../test/bench/logql.ts'
import { logs } from '../test/bench/logs.ts'
import { map } from '../test/bench/map.ts'
import { metrics } from '../test/bench/metrics.ts'
import { pivots } from '../test/bench/pivots.ts'
import { promql } from '../test/bench/promql.ts'
import { traceql } from '../test/bench/traceql.ts'
import { start } from '../test/bench/start.ts'
import { trace } from '../test/bench/trace.ts'
import { bundle } from './bundle.ts'
import { projectFolder } from './project.ts'

const benchmarks: readonly Benchmark[] = [
  start,
  trace,
  files,
  metrics,
  logs,
  map,
  pivots,
  demo,
  investigation,
  promql,
  traceql,
  logql,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const unknown = positionals.filter((word) => !benchmarks.some(({ name }) => name === word))
const runs = Number(values.runs)
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(
    `npm run bench [-- NAME…] [--runs N] [--sizes 10k,200k,1M] [--write]; names are ${benchmarks.map(({ name }) => name).join(', ')}.`,
  )
  process.exitCode = 2
} else await measureAll()

async function measureAll(): Promise<void> {
  await bundle()
  const [busy] = loadavg()
  if (busy > cpus().length / 2)
    console.error(`Other programs keep this machine busy (load ${busy.toFixed(1)}): times will be too long.`)
  for (const benchmark of benchmarks) {
    if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue
    const sizes = values.sizes.split(',').filter((size) => size !== '')
    const table = formatTable(await benchmark.run({ runs, sizes }))
    console.log(table)
    if (values.write) writeTable(benchmark.name, table)
  }
}

/** A row for each name, a column for each size. */
function formatTable(measurements: readonly Measurement[]): string {
  const sizes = [...new Set(measurements.map(({ size }) => size))]
  const names = [...new Set(measurements.map(({ name }) => name))]
  const cellOf = (name: string, size: string): string => {
    const measurement = measurements.find((one) => one.name === name && one.size === size)
    return measurement ? formatMeasurement(measurement) : ''
  }
  return [
    line(['median (spread), goal', ...sizes]),
    line(['---', ...sizes.map(() => '---')]),
    ...names.map((name) =>
      line([name.replaceAll('|', String.raw`\|`), ...sizes.map((size) => cellOf(name, size))]),
    ),
  ].join('\n')
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** `466 ms (406 … 582), ≤ 250: missed`. */
function formatMeasurement(measurement: Measurement): string {
  const { unit, goal, samples } = measurement
  const middle = median(samples)
  const digits = middle < 20 ? 1 : 0
  const text = (value: number): string => value.toFixed(digits)
  const spread = `${text(middle)} ${unit} (${text(Math.min(...samples))} … ${text(Math.max(...samples))})`
  if (goal === undefined) return spread
  return `${spread}, ≤ ${goal}${reachesGoal(measurement) ? '' : ': **missed**'}`
}

/** Replaces the table between a benchmark's two marks of BENCHMARKS.md; what is written around it stays. */
function writeTable(name: string, table: string): void {
  const file = join(projectFolder, 'BENCHMARKS.md')
  const cores = cpus()
  const machine = `${cores.length} × ${cores[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${platform()}, Node ${process.versions.node}; medians of ${runs}.`
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- /bench ${name} -->`]
  const text = readFileSync(file, 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`BENCHMARKS.md has no ${begin} … ${end}`)
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n${machine}\n\n${table}\n${text.slice(to)}`)
}
