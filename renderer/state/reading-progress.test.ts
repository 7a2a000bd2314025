import { expect, test } from 'vitest'
import { ReadingProgress } from './reading-progress'

const at = (bytes: number) => ({ bytes, totalBytes: undefined, spans: 0, traces: 0 })

test('who listens hears of each step, until they leave', () => {
  const progress = new ReadingProgress()
  const heard: (number | undefined)[] = []
  const leave = progress.subscribe(() => heard.push(progress.get()?.bytes))
  progress.set(at(1))
  progress.set(undefined)
  leave()
  progress.set(at(2))
  expect(heard).toEqual([1, undefined])
  expect(progress.get()).toEqual(at(2))
})
