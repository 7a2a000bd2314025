import { expect, test } from 'vitest'
import { completionsAt, type ServerWords } from './completion'

const server: ServerWords = {
  tags: () =>
    Promise.resolve([
      { scope: 'resource', tags: ['service.name'] },
      { scope: 'span', tags: ['http.route', 'two words'] },
      { scope: 'intrinsic', tags: ['duration', 'traceServices'] },
    ]),
  values: (field) =>
    Promise.resolve(
      field === 'resource.service.name'
        ? [
            { type: 'string', value: 'order-service' },
            { type: 'string', value: 'the "old" one' },
          ]
        : [{ type: 'int', value: '500' }],
    ),
}

const labels = async (text: string): Promise<readonly string[]> =>
  (await completionsAt(text, text.length, server)).items.map((item) => item.label)

test('names of the servers stand beside the words of the language', async () => {
  const offered = await labels('{ ')
  expect(offered).toEqual(
    expect.arrayContaining([
      'duration',
      'resource.',
      'resource.service.name',
      'span.http.route',
      'span."two words"',
      'traceServices',
    ]),
  )
  expect(new Set(offered).size).toBe(offered.length)
})

test('after a dot names stand without their scope', async () => {
  expect(await labels('{ .')).toEqual(['.service.name', '.http.route', '."two words"'])
})

test('values come from the server, in quotes where they are text', async () => {
  expect(await completionsAt('{ resource.service.name = "or', 29, server)).toMatchObject({
    from: 26,
    items: [{ insert: '"order-service"' }, { insert: '"the \\"old\\" one"' }],
  })
  expect(await labels('{ span.http.status_code = ')).toEqual(['500'])
})

test('what every server knows is not asked for', async () => {
  expect(await labels('{ status = ')).toEqual(['error', 'ok', 'unset'])
  expect(await labels('{ .a = "x" ')).toEqual(['&&', '||'])
})
