import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { learnWhole } from './learn-whole'
import { factsLast } from './learning'

test.each([
  ['whole at once', [false], 1],
  ['not ready at first', [true, undefined, false, false], 3],
  ['never ready', [true, true, true, true, true], 4],
])(
  'a source that is %s is asked as long as something is missing, and no longer',
  async (_, answers, asked) => {
    const left = [...answers]
    const query = {
      ...factsLast,
      queryKey: ['facts'],
      queryFn: () => {
        const isPart = left.shift()
        return isPart === undefined ? Promise.reject(new Error('refused')) : Promise.resolve({ isPart })
      },
    }
    await learnWhole(new QueryClient(), query, [1, 1, 1], new AbortController().signal)
    expect(answers.length - left.length).toBe(asked)
  },
)
