import { expect, test } from 'vitest'
import { completionPlace } from './completion-place'

/** The cursor is drawn as `^`. */
const at = (drawn: string) => {
  const offset = drawn.indexOf('^')
  return completionPlace(drawn.replace('^', ''), offset)
}

test.each([
  ['^', { kind: 'start', from: 0 }],
  ['{ ^', { kind: 'field', from: 2, prefix: '' }],
  ['{^}', { kind: 'field', from: 1, prefix: '' }],
  ['{ res^', { kind: 'field', from: 2, prefix: 'res' }],
  ['{ resource.serv^ }', { kind: 'field', from: 2, prefix: 'resource.serv' }],
  ['{ .http.route = "/x" && span:^', { kind: 'field', from: 24, prefix: 'span:' }],
  ['{ (.a = 1 || ^', { kind: 'field', from: 13, prefix: '' }],
  ['{ !^', { kind: 'field', from: 3, prefix: '' }],
  ['{ resource.service.name ^', { kind: 'comparison', from: 24 }],
  ['{ duration ^ }', { kind: 'comparison', from: 11 }],
  [
    '{ resource.service.name = ^',
    { kind: 'value', from: 26, field: 'resource.service.name', isQuoted: false },
  ],
  ['{ resource.service.name="^', { kind: 'value', from: 24, field: 'resource.service.name', isQuoted: true }],
  ['{ .a = "x" && name =~ "POST /or^" }', { kind: 'value', from: 22, field: 'name', isQuoted: true }],
  ['{ status = err^ }', { kind: 'value', from: 11, field: 'status', isQuoted: false }],
  ['{ span.n > ^', { kind: 'value', from: 11, field: 'span.n', isQuoted: false }],
  ['{ .a = "x" ^', { kind: 'connective', from: 11 }],
  ['{ .a = 5 ^ }', { kind: 'connective', from: 9 }],
  ['{ status = error ^', { kind: 'connective', from: 17 }],
  ['{ .a = "x" } ^', { kind: 'span-set-operator', from: 13 }],
  ['{ .a = "x" } && ^', { kind: 'start', from: 16 }],
  ['{ .a = "x" } | co^', { kind: 'pipeline', from: 15 }],
  ['{ .a = "x && y" && ^', { kind: 'field', from: 19, prefix: '' }],
  ['{ .a = "say \\"hi\\" ^', { kind: 'value', from: 7, field: '.a', isQuoted: true }],
  ['// { ^', { kind: 'none' }],
  ['{ span."two wo^', { kind: 'none' }],
  ['{ .a = "x" } | select("^', { kind: 'none' }],
])('%s', (drawn, place) => {
  expect(at(drawn)).toEqual(place)
})
