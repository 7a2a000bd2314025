import { expect, test } from 'vitest'
import { namesOfFiles } from './files-source'

const recent = [
  { name: 'a trace of it', href: '/trace?file=f1&id=1' },
  { name: 'a.json', href: '/files?file=f1' },
]
const step = (place: string, title: string, sources: readonly string[]) => ({ place, title, sources })
const steps = [
  step('/logs?source=files%3Af2%2Cf3&query=x', 'Lines', ['b.log and 1 more']),
  step('/files?file=f2&file=f3', 'b.log, c.log', []),
  step('/metrics?p=auto%3Afiles%253Af4%3Aup', 'up', ['d.prom']),
]

test.each([
  [['f1'], 'a.json'],
  [['f2', 'f3'], 'b.log, c.log'],
  [['f4'], 'd.prom'],
  [['f2'], ''],
])('%j were called %j', (ids, names) => {
  expect(namesOfFiles(ids, recent, steps)).toBe(names)
})
