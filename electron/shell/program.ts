/** What both shells are made of: the profile's stores and the handler over them. */
import { plainSource } from '#shared/api/new-source'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { AppInfo, DemoChoice, Preferences } from '#shared/api/contract'
import { offeredChoice } from '#shared/api/demo-scenarios'
import { addConnection } from '../handler/end-demo.ts'
import { createHandler } from '../handler/handler.ts'
import type { Handler } from '../handler/options.ts'
import type { PreferenceStore } from '../handler/stores.ts'
import { createDemoShop, type DemoWorkerData } from '../local/demo-shop.ts'
import { createOpenedStore } from '../local/opened-store.ts'
import { appFolder, appVersion } from './app-folder.ts'
import type { CommandLine, ConnectRequest } from './command-line.ts'
import { openFactStore } from './fact-store.ts'
import { isFirstStart } from './first-start.ts'
import { createOpenedFiles, type OpenableFiles } from './opened-files.ts'
import { pageFiles } from './page-files.ts'
import { openPreferenceStore } from './preference-store.ts'
import type { Profile } from './profile.ts'
import type { SecretBox } from './secret-box.ts'
import { openSourceStore } from './source-store.ts'
import { openThreadStore } from './thread-store.ts'

/** What differs between the shells. */
export interface ProgramOptions {
  readonly shell: AppInfo['shell']
  readonly options: CommandLine
  readonly profile: Profile
  readonly secretBox: SecretBox
  /** Hears of preferences when the page changes them. */
  readonly preferencesChanged?: (preferences: Preferences) => void
}

/** Clew without its window. */
export interface Program {
  readonly handler: Handler
  readonly files: OpenableFiles
  readonly preferences: PreferenceStore
  /** Adds a connection that lasts for this run. */
  connect(request: ConnectRequest): Promise<void>
  /** Begins a run of the demo shop. */
  demo(choice: DemoChoice): Promise<void>
  close(): Promise<void>
}

/** Opens the stores, adds what the command line names, and builds the handler. */
export async function startProgram(start: ProgramOptions): Promise<Program> {
  const { shell, options, profile, secretBox } = start
  const store = await openSourceStore(profile, secretBox)
  const add = async (request: ConnectRequest): Promise<void> => {
    const taken = (await store.list()).map((source) => source.name)
    await store.add(plainSource(request.kind, request.url, taken), 'run')
  }
  for (const request of options.connect) await add(request)
  const demoShop = createDemoShop((data) => startThread('demo-worker', data))
  const openedStore = createOpenedStore(() => startThread('opened-worker'))
  const demo = async (choice: DemoChoice): Promise<void> =>
    void (await demoShop.start(choice, 'command-line'))
  const files = createOpenedFiles(options.files)
  // The page says so too, but who mistyped a name is looking at the terminal.
  for (const { error } of await files.list()) if (error !== undefined) console.error(error.message)
  const preferences = await openPreferenceStore(profile, start.preferencesChanged)
  const thread = await openThreadStore(profile)
  const facts = openFactStore(profile)
  if (options.demo) await demo(options.demo)
  else if (await isFirstStart(options, { store, preferences, thread }))
    await demoShop.start(offeredChoice, 'itself')
  const handler = createHandler({
    assets: pageFiles(fileURLToPath(new URL('dist/renderer', appFolder))),
    store,
    demoShop,
    openedStore,
    preferences,
    thread,
    facts,
    files,
    info: {
      version: appVersion(),
      shell,
      startedMs: Date.now(),
      secretStore: secretBox.info,
      notices: profile.notices,
    },
  })
  return {
    handler,
    files,
    preferences,
    connect: (request) => addConnection({ store, demoShop, preferences }, () => add(request)),
    demo,
    close: () => handler.close(),
  }
}

/** By its text: a thread of Node's reads no file out of Electron's archive. */
function startThread(name: 'demo-worker' | 'opened-worker', data?: DemoWorkerData): Worker {
  const program = readFileSync(new URL(`dist/electron/${name}.cjs`, appFolder), 'utf8')
  return new Worker(program, { eval: true, workerData: data })
}
