import { expect, test } from 'vitest'
import { helpText, parseCommandLine, resolvePaths, startFolder, type CommandLine } from './command-line.ts'

const nothing: CommandLine = {
  files: [],
  connect: [],
  demo: undefined,
  links: [],
  browser: false,
  open: true,
  port: undefined,
  profile: undefined,
}

test.each<[words: string[], options: Partial<CommandLine>]>([
  [[], {}],
  [['a.json', 'b c.json.gz'], { files: ['a.json', 'b c.json.gz'] }],
  [['--browser', '--no-open'], { browser: true, open: false }],
  [['--port', '7421'], { port: 7421 }],
  [['--port=7421'], { port: 7421 }],
  [['--port', '0'], { port: 0 }],
  [['--profile', '/tmp/x', 'a.json'], { profile: '/tmp/x', files: ['a.json'] }],
  [['--', '--port'], { files: ['--port'] }],
  [['-'], { files: ['-'] }],
  [['clew://trace/abc?start=1'], { links: ['clew://trace/abc?start=1'] }],
  [
    ['--connect', 'jaeger=http://127.0.0.1:16686/jaeger/', '--connect=tempo=https://tempo.example'],
    {
      connect: [
        { kind: 'jaeger', url: 'http://127.0.0.1:16686/jaeger' },
        { kind: 'tempo', url: 'https://tempo.example' },
      ],
    },
  ],
  [['--demo', 'bad-deploy'], { demo: { scenario: 'bad-deploy', seed: 1 } }],
  [['--demo=bad-deploy:7'], { demo: { scenario: 'bad-deploy', seed: 7 } }],
  [['--connect', 'Zipkin=localhost:9411'], { connect: [{ kind: 'zipkin', url: 'http://localhost:9411' }] }],
])('%j is understood', (words, options) => {
  expect(parseCommandLine(words)).toEqual({ kind: 'run', options: { ...nothing, ...options } })
})

test.each<[words: string[], sentence: string]>([
  [['--prot', '1'], '--prot is not an option of Clew; did you mean --port?'],
  [['--frobnicate'], '--frobnicate is not an option of Clew; --help lists them.'],
  [['--port'], '--port needs a value: --port N.'],
  [['--port', '--browser'], '--port needs a value: --port N.'],
  [['--port', '70000'], '--port needs a number up to 65535 (0 for any free one), not "70000".'],
  [['--port', '7e3'], '--port needs a number up to 65535 (0 for any free one), not "7e3".'],
  [['--browser=yes'], '--browser takes no value: leave out "=yes".'],
  [
    ['--connect', 'http://127.0.0.1:16686'],
    '--connect needs KIND=URL, such as --connect jaeger=http://127.0.0.1:16686, not "http://127.0.0.1:16686".',
  ],
  [
    ['--connect', 'mimir=http://127.0.0.1:9009'],
    '--connect does not know the kind "mimir": it is jaeger, tempo, zipkin, loki or prometheus.',
  ],
  [
    ['--connect', 'jeager=http://127.0.0.1:16686'],
    '--connect does not know the kind "jeager"; did you mean jaeger: it is jaeger, tempo, zipkin, loki or prometheus.',
  ],
  [['--connect', 'jaeger=ftp://x'], '--connect jaeger needs an http or https address, not "ftp://x".'],
  [
    ['--connect', 'jaeger=javascript:1'],
    '--connect jaeger: An address that starts with javascript: cannot be asked. Enter an address that starts with http:// or https://.',
  ],
  [
    ['--connect', 'tempo=http://host/a/../b'],
    '--connect tempo: The path of the address has a step up or aside in it (“..”, “.” or “\\”). Enter the path as it is in the end.',
  ],
  [['--connect', 'jaeger=http://'], '--connect jaeger needs an http or https address, not "http://".'],
  [
    ['--connect', 'tempo=http://me:secret@host'],
    '--connect tempo takes no user or password in the address (it would show in the process list): add the connection on the Connections page.',
  ],
  [
    ['--connect', 'tempo=http://host/a?b=1'],
    '--connect tempo takes the server\'s address without "?" or "#": http://host/a.',
  ],
  [
    ['--demo', 'pool'],
    'There is no scenario “pool”; there are pool-exhaustion, n-plus-one, retry-storm, slow-consumer, bad-instance, bad-deploy, lock-contention, clock-skew, healthy.',
  ],
  [
    ['--demo', 'n-plus-one:x'],
    'A seed is a whole number up to 999999999, as in n-plus-one:7; “n-plus-one:x” has none.',
  ],
])('%j is refused with a sentence', (words, sentence) => {
  expect(parseCommandLine(words)).toEqual({ kind: 'refused', sentences: [sentence] })
})

test('every mistake is named at once', () => {
  const result = parseCommandLine(['--port', 'x', '--wat', '--demo', 'n-minus-one'])
  expect(result.kind === 'refused' && result.sentences.length).toBe(3)
})

test('a password in an unreadable address is not repeated', () => {
  for (const value of [
    'jaeger=ftp://me:hunter2@host',
    'http://me:hunter2@host',
    'jaeger=http://me:hunter2@',
    'http://me:hunter2=x@host',
    'jaeger=ftp://me:hunter2/x@host',
    'jaeger=ftp://me:x@hunter2@host',
    'jaeger=http://me:hunter2@bad host',
  ])
    expect(JSON.stringify(parseCommandLine(['--connect', value]))).not.toContain('hunter2')
})

test('help and version win over everything else', () => {
  expect(parseCommandLine(['--wat', '--help'])).toEqual({ kind: 'help' })
  expect(parseCommandLine(['-h'])).toEqual({ kind: 'help' })
  expect(parseCommandLine(['--version', 'a.json'])).toEqual({ kind: 'version' })
})

test('the help names every option that does something, and every format', () => {
  const text = helpText('1.2.3')
  for (const option of [
    'FILE',
    '--connect',
    '--demo',
    '--browser',
    '--no-open',
    '--port',
    '--profile',
    '1.2.3',
    'Jaeger',
    'OTLP',
    'Tempo',
    'Zipkin',
    'protobuf',
    'gzipped',
  ])
    expect(text).toContain(option)
  expect(text).not.toContain('browser shell')
})

test('files and profile are found from where npm was started', () => {
  const options = { ...nothing, files: ['a.json', '/b.json'], profile: 'p' }
  const folder = startFolder({ INIT_CWD: '/home/me', npm_lifecycle_event: 'start' }, '/project')
  expect(resolvePaths(options, folder)).toEqual({
    ...options,
    files: ['/home/me/a.json', '/b.json'],
    profile: '/home/me/p',
  })
})

test('INIT_CWD left over from another npm script does not count', () => {
  expect(startFolder({ INIT_CWD: '/home/me', npm_lifecycle_event: 'test' }, '/here')).toBe('/here')
  expect(startFolder({}, '/here')).toBe('/here')
})
