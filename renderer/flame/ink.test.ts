import { expect, test } from 'vitest'
import { inkOn } from './ink'

test('text on a colour is black or white, whichever stands out', () => {
  expect(['#005a3e', '#3374b8', '#feb27c', '#d5b5ff', ''].map(inkOn)).toEqual([
    'white',
    'white',
    'black',
    'black',
    'black',
  ])
})
