import { expect, test } from 'vitest'
import { storyOf } from '#shared/investigation/markdown'
import type { Step } from '#shared/thread/thread'

const step = (id: string, parent: string, change: Partial<Step>): Step => ({
  id,
  parent,
  place: '/logs',
  signal: 'log',
  title: id,
  sources: ['Loki'],
  query: '',
  count: '',
  atMs: id.charCodeAt(0),
  name: '',
  note: '',
  isPinned: false,
  ...change,
})

test('the story tells what is known, then every step with its query, picture, lines and note', () => {
  const steps = [
    step('a', '', {
      title: 'p99 of order_service',
      count: '4.83 s',
      query: 'up',
      window: { startMs: 1, endMs: 2 },
    }),
    step('b', 'a', { query: '{a="```"}', isPinned: true }),
    step('c', 'a', { note: 'It waits.\n\nThe # is 4 [500](x).' }),
  ]
  const thread = {
    id: 't',
    name: 'Checkout *slow*',
    summary: '- p99 rose\n\nA job holds them.',
    steps,
    current: 'c',
    tip: 'c',
  }
  const story = storyOf(thread, {
    formatTime: (ms) => `${ms} ms`,
    pictures: new Map([['a', 'pictures/1.svg']]),
    lines: new Map([['b', ['10:00 ERROR `pool` exhausted', '10:01 INFO done']]]),
  })
  expect(story).toBe(`# Checkout \\*slow\\*

## What we know

- p99 rose
- A job holds them.

## Steps

### 1. p99 of order\\_service · 4.83 s

Loki · 1 ms – 2 ms

\`\`\`
up
\`\`\`

![p99 of order\\_service](pictures/1.svg)

### 2. b

Loki · 98 ms · pinned · on a branch

\`\`\`\`
{a="\`\`\`"}
\`\`\`\`

\`\`\`
10:00 ERROR \`pool\` exhausted
10:01 INFO done
\`\`\`

### 3. c

Loki · 99 ms

> It waits.
> The \\# is 4 \\[500\\](x).
`)
})
