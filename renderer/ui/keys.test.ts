import { expect, test } from 'vitest'
import { keyOf, withinReach } from './keys'

const pressed = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

test('control is Mod, except on a Mac where command is', () => {
  expect(keyOf(pressed('k', { ctrlKey: true }), false)).toBe('Mod+K')
  expect(keyOf(pressed('k', { metaKey: true }), true)).toBe('Mod+K')
  expect(keyOf(pressed('k', { ctrlKey: true }), true)).toBe('Ctrl+K')
})

test('shift counts with letters and named keys, not with signs that need it', () => {
  expect(keyOf(pressed('L', { shiftKey: true }), false)).toBe('Shift+L')
  expect(keyOf(pressed('Enter', { shiftKey: true }), false)).toBe('Shift+Enter')
  expect(keyOf(pressed('?', { shiftKey: true }), false)).toBe('?')
})

test('letters are the same with and without caps lock', () => {
  expect(keyOf(pressed('w'), false)).toBe(keyOf(pressed('W'), false))
})

const binding = (keys: string | readonly string[], title: string) => ({ keys, title, run: () => {} })

test('a key that something nearer takes is not said to do what it would do without that', () => {
  const frame = {
    scope: 'Anywhere',
    bindings: [binding('T', 'Time range'), binding(['Alt+ArrowLeft', '['], 'Back')],
  }
  const line = { scope: 'Follow', bindings: [binding('T', 'Its trace'), binding('[', 'Folds')] }
  expect(withinReach([frame, line])).toEqual([{ ...frame, bindings: [frame.bindings[1]] }, line])
})

test('a part that binds nothing now, or whose keys are all taken by something nearer, is not headed', () => {
  const logs = { scope: 'Logs', bindings: [binding('J', 'Next line found')] }
  const found = { scope: 'Find', bindings: [binding('J', 'Next match')] }
  expect(withinReach([logs, { scope: 'Follow', bindings: [] }, found])).toEqual([found])
})

test('scopes of the same name are one, and each of them is as near as it is', () => {
  const ofTrace = { scope: 'Follow', bindings: [binding('G', 'The trace on the map')] }
  const rows = { scope: 'Waterfall', bindings: [binding('Enter', 'Details'), binding('O', 'Matches only')] }
  const ofLine = { scope: 'Follow', bindings: [binding('Enter', 'On the page of logs')] }
  expect(withinReach([ofTrace, rows, ofLine])).toEqual([
    { scope: 'Follow', bindings: [...ofTrace.bindings, ...ofLine.bindings] },
    { scope: 'Waterfall', bindings: [rows.bindings[1]] },
  ])
})

test('several of a kind, such as charts, are listed once', () => {
  const chart = { scope: 'Chart', bindings: [binding('E', 'Next exemplar')] }
  expect(withinReach([chart, chart])).toEqual([chart])
})
