import { expect, test } from 'vitest'
import { Held } from './held'

const at = (bytes: number) => ({ bytes })

test('who listens hears of each step, until they leave', () => {
  const progress = new Held<{ readonly bytes: number } | undefined>(undefined)
  const heard: (number | undefined)[] = []
  const leave = progress.subscribe(() => heard.push(progress.get()?.bytes))
  progress.set(at(1))
  progress.set(undefined)
  leave()
  progress.set(at(2))
  expect(heard).toEqual([1, undefined])
  expect(progress.get()).toEqual(at(2))
})
