import { expect, test } from 'vitest'
import { traceFromText } from '../../test/builders/trace-from-text.ts'
import { checkTrace } from './check.ts'
import { dumpTrace } from './dump.ts'

function dump(text: string, adjustSkew = true): string {
  const trace = traceFromText(text, { adjustSkew })
  expect(checkTrace(trace)).toEqual([])
  return `\n${dumpTrace(trace).split('\n').slice(4).join('\n')}`
}

test('rows come in tree order with self time, events and links', () => {
  expect(
    dump(`
      shop: GET /checkout  0..100  server
        stock: reserve     50..60  client
        cart: load          5..25  client db.system=redis @12:exception ->9
          cart: parse      20..40
    `),
  ).toMatchInlineSnapshot(`
    "
    |########################|           0         100          70  shop: GET /checkout  [server; #0000000000000001]
    | #####                  |           5          20          15    cart: load  [client; database; exception; events at 12; 1 links; #0000000000000003]
    |    ######              |          20          20          20      cart: parse  [#0000000000000004]
    |            ##          |          50          10          10    stock: reserve  [client; #0000000000000002]
    "
  `)
})

test('a parent that never arrived becomes a row over its children', () => {
  expect(
    dump(`
      shop: GET /checkout  0..100
        cart: load         5..25
      ? lost
        stock: reserve    30..60
        stock: count      40..80
    `),
  ).toMatchInlineSnapshot(`
    "
    |########################|           0         100          80  shop: GET /checkout  [#0000000000000001]
    | #####                  |           5          20          20    cart: load  [#0000000000000002]
    |       ############     |          30          50           0  unknown_service: (parent never arrived)  [missing; #0000000000000003]
    |       #######          |          30          30          30    stock: reserve  [orphan; #0000000000000004]
    |         ##########     |          40          40          40    stock: count  [orphan; #0000000000000005]

    problem missing-parent 2: 2 spans name a parent that never arrived; one dashed row stands for what is missing.
    problem several-roots 2: The trace has 2 roots; they are shown one below the other.
    "
  `)
})

test('a cycle is cut at its earliest span', () => {
  expect(
    dump(`
      a: one   0..10  id=1 parent=3
      a: two   1..9   id=2 parent=1
      a: three 2..8   id=3 parent=2
      a: self  3..4   id=4 parent=4
    `),
  ).toMatchInlineSnapshot(`
    "
    |########################|           0          10           2  a: one  [cycle; #0000000000000001]
    |  ####################  |           1           8           2    a: two  [#0000000000000002]
    |    ###############     |           2           6           6      a: three  [#0000000000000003]
    |       ###              |           3           1           1  a: self  [cycle; #0000000000000004]

    problem several-roots 2: The trace has 2 roots; they are shown one below the other.
    problem cycle 2: 2 chains of parents lead back to themselves; their earliest spans were made roots.
    "
  `)
})

test('a client and a server that share an id become parent and child', () => {
  expect(
    dump(`
      shop: root          0..100  id=1
        shop: get         10..50  client id=2 parent=1
        stock: get        15..45  server id=2 parent=1
          stock: select   20..30  id=3 parent=2
    `),
  ).toMatchInlineSnapshot(`
    "
    |########################|           0         100          60  shop: root  [#0000000000000001]
    |  ##########            |          10          40          10    shop: get  [client; #0000000000000002]
    |   ########             |          15          30          20      stock: get  [server; #0000000000000002]
    |    ###                 |          20          10          10        stock: select  [#0000000000000003]
    "
  `)
})

test('different spans of one id are both kept, the same span twice is shown once', () => {
  expect(
    dump(`
      shop: root          0..100  id=1
        shop: a           10..50  id=2 parent=1
        shop: b           15..45  id=2 parent=1
        shop: a           10..50  id=2 parent=1
    `),
  ).toMatchInlineSnapshot(`
    "
    |########################|           0         100          60  shop: root  [#0000000000000001]
    |  ##########            |          10          40          40    shop: a  [duplicate; #0000000000000002]
    |   ########             |          15          30          30    shop: b  [duplicate; #0000000000000002]

    problem duplicate-id 2: 2 spans share their id with another, different span; all are shown, and children hang below the likelier one.
    problem merged 1: 1 span came more than once and is shown once.
    "
  `)
})

const SKEWED = `
  shop: order          0..100  server
    shop: call stock  10..60   client
      stock: reserve  -2..38   server @1:locked
        stock: select  5..15
        cart: look     30..40
`

test('a child process whose clock is behind is moved into its parent', () => {
  expect(dump(SKEWED)).toMatchInlineSnapshot(`
    "
    |########################|           0         100          50  shop: order  [server; #0000000000000001]
    |  ############          |          10          50          10    shop: call stock  [client; #0000000000000002]
    |   ##########           |          15          40          22      stock: reserve  [server; shifted; by 17 ms; events at 18; #0000000000000003]
    |     ###                |          22          10          10        stock: select  [shifted; by 17 ms; #0000000000000004]
    |       ###              |          30          10          10        cart: look  [#0000000000000005]

    problem clock-skew 2: stock clock is 17 ms behind; 2 spans moved.
    "
  `)
})

test('clock skew is only reported when it is not to be adjusted', () => {
  expect(dump(SKEWED, false)).toMatchInlineSnapshot(`
    "
    |########################|           2         100          50  shop: order  [server; #0000000000000001]
    |  #############         |          12          50          22    shop: call stock  [client; #0000000000000002]
    |#########               |           0          40          22      stock: reserve  [server; events at 3; #0000000000000003]
    | ###                    |           7          10          10        stock: select  [#0000000000000004]
    |       ###              |          32          10          10        cart: look  [#0000000000000005]

    problem clock-skew 2: stock clock is 17 ms behind; 2 spans are shown as recorded.
    "
  `)
})

test('negative and missing times are mended and listed', () => {
  expect(
    dump(`
      shop: root     0..100
        shop: late  20..10
        shop: when   0..0    untimed
          shop: in  30..40
    `),
  ).toMatchInlineSnapshot(`
    "
    |########################|           0         100         100  shop: root  [#0000000000000001]
    |#                       |           0           0           0    shop: when  [untimed; #0000000000000003]
    |       ###              |          30          10          10      shop: in  [#0000000000000004]
    |    #                   |          20           0           0    shop: late  [negative; #0000000000000002]

    problem negative-duration 1: 1 span ends before the start; shown with a duration of 0.
    problem no-time 1: 1 span has no start or no duration that can be true; shown with a duration of 0, at the start of the parent where the start is missing.
    "
  `)
})
