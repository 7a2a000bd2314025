import { expect, test } from 'vitest'
import { csvLine } from '#shared/derive/groups/csv'

test('cells are quoted where they must be, and only there', () => {
  expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', ' edge', '', 12.5, -3])).toBe(
    'plain,"a,b","say ""hi""","two\nlines"," edge",,12.5,-3\r\n',
  )
})

test('no text of a trace becomes a formula', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@sum', '\tx', '=HYPERLINK("http://a","b")'])).toBe(
    `'=1+1,'+1,'-1,'@sum,'\tx,"'=HYPERLINK(""http://a"",""b"")"\r\n`,
  )
})
