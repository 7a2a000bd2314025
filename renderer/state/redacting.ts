/** Redacting what was gathered, the thread with it, so that its questions still find what they found. */
import { useEffect, useState } from 'react'
import { cutText } from '#shared/base/cut-text'
import type { Manifest, SavedFiles } from '#shared/investigation/manifest'
import { type Found, Redaction } from '#shared/investigation/redact'
import type { SavedPeers } from '#shared/investigation/saved-peers'
import type { RedactRule } from '#shared/investigation/redact-rules'
import { longest, type Thread } from '#shared/thread/thread'
import type { Gathered } from './gather'
import { type GatheredFile, jsonFile } from './gathered-file'
import { partsOfPlace } from './thread-place'

/** Lets the page draw between two documents. */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** A place as it is read, for what is written in it is encoded. */
function redactPlace(place: string, redaction: Redaction): string {
  const { path, query } = partsOfPlace(place)
  if (query === '') return place
  const params = [...new URLSearchParams(query)].map(([name, value]) => [name, redaction.text(value)])
  return `${path}?${new URLSearchParams(params).toString()}`
}

/** A thread without what the rules find in what was asked, found and noted. */
export function redactThread(thread: Thread, redaction: Redaction): Thread {
  // What stands instead may be longer, and a step with more than is kept could not be read again.
  const text = (words: string, most: number): string => cutText(redaction.text(words), most)
  return {
    ...thread,
    name: text(thread.name, longest.name),
    summary: text(thread.summary, longest.note),
    steps: thread.steps.map((step) => ({
      ...step,
      place: redactPlace(step.place, redaction),
      title: text(step.title, longest.title),
      sources: step.sources.map((name) => text(name, longest.source)),
      query: text(step.query, longest.query),
      count: text(step.count, longest.count),
      name: text(step.name, longest.name),
      note: text(step.note, longest.note),
    })),
  }
}

/** What was said of opened files; as the place of its step is, so that the step finds it. */
function redactOpened(opened: readonly SavedFiles[], redaction: Redaction): readonly SavedFiles[] {
  const text = (words: string): string => redaction.text(words)
  return opened.map((set) => ({
    ...set,
    key: set.key.split(',').map(text).join(','),
    files: set.files.map((file) => ({
      ...file,
      name: text(file.name),
      ...(file.error && {
        error: {
          message: text(file.error.message),
          detail: text(file.error.detail),
          advice: text(file.error.advice),
        },
      }),
      warnings: file.warnings.map(text),
    })),
    traces: set.traces.map(({ id, files }) => ({ id, files: files.map(text) })),
  }))
}

/** How spans compared with others; as the document of a trace is, so that its spans still find it. */
function redactPeers(peers: readonly SavedPeers[], redaction: Redaction): readonly SavedPeers[] {
  const text = (words: string): string => redaction.text(words)
  return peers.map((one) => {
    const span = {
      name: one.operation,
      service: [{ key: 'service.name', value: { stringValue: one.service } }],
    }
    const hidden = redaction.json(span) as typeof span
    return {
      ...one,
      service: hidden.service[0].value.stringValue,
      operation: hidden.name,
      source: text(one.source),
      metric: one.metric && text(one.metric),
      query: text(one.query),
      notes: one.notes.map(text),
    }
  })
}

/** What one document holds; undefined for what is no JSON, which must not be saved as it is. */
function valueOf({ content }: GatheredFile): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder().decode(content)) }
  } catch {
    return undefined
  }
}

/** Looks through all of it, so that what is found in one document goes from the others too; false where it was `isLeft`. */
async function lookThrough(
  redactions: readonly Redaction[],
  {
    thread,
    opened,
    peers,
    files,
  }: Pick<Gathered, 'opened' | 'peers' | 'files'> & { readonly thread: Thread },
  isLeft: () => boolean = () => false,
): Promise<boolean> {
  for (const redaction of redactions) {
    redactThread(thread, redaction)
    redactOpened(opened, redaction)
    redactPeers(peers, redaction)
  }
  for (const file of files) {
    const document = valueOf(file)
    if (document) for (const redaction of redactions) redaction.json(document.value)
    // oxlint-disable-next-line no-await-in-loop -- the page goes on living
    await breathe()
    if (isLeft()) return false
  }
  return true
}

/** Also what stands for a name: what a person said of a service is kept under that. Bounded by the depth of JSON that was parsed. */
function everyText(value: unknown, redaction: Redaction): unknown {
  if (typeof value === 'string') return redaction.text(value)
  if (Array.isArray(value)) return value.map((one) => everyText(one, redaction))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [redaction.text(name), everyText(inner, redaction)]),
  )
}

/** What is saved, without what the rules find. A document that cannot be read is left out, and that is said. */
export async function redact(
  manifest: Manifest,
  gathered: Gathered,
  rules: readonly RedactRule[],
): Promise<{ readonly manifest: Manifest; readonly gathered: Gathered }> {
  if (rules.length === 0) return { manifest, gathered }
  const redaction = new Redaction(rules)
  await lookThrough([redaction], { ...gathered, thread: manifest.thread })
  redaction.spread()
  const thread = redactThread(manifest.thread, redaction)
  const opened = redactOpened(manifest.opened, redaction)
  const peers = redactPeers(manifest.peers, redaction)
  const files: GatheredFile[] = []
  const sources = manifest.sources.map((one) => ({ ...one, name: redaction.text(one.name) }))
  const notes = manifest.notes.map((note) => redaction.text(note))
  for (const file of gathered.files) {
    const document = valueOf(file)
    if (document) files.push(jsonFile(file.path, redaction.json(document.value)))
    else notes.push(`${file.path} could not be redacted, and is not in the file.`)
    // oxlint-disable-next-line no-await-in-loop -- the page goes on living
    await breathe()
  }
  // By the id of each source: names of services and of fields, on either side of a colon.
  const logFacts = Object.fromEntries(
    Object.entries(manifest.logFacts).map(([id, facts]) => [id, everyText(facts, redaction)]),
  )
  const redacted = redaction
    .found()
    .filter(({ values }) => values > 0)
    .map(({ rule, values }) => ({ what: rule.saidAs ?? rule.label, values }))
  return {
    manifest: { ...manifest, thread, sources, opened, peers, notes, redacted, logFacts },
    gathered: { ...gathered, files },
  }
}

/**
 * What each of these rules takes out beside the others, so that nothing is counted twice, and what each of the `rest` would by itself;
 * undefined until that is found for the first time.
 */
export function useFound(
  thread: Thread,
  gathered: Gathered | undefined,
  chosen: readonly RedactRule[],
  rest: readonly RedactRule[],
): readonly Found[] | undefined {
  const [found, setFound] = useState<{ readonly of: unknown; readonly list: readonly Found[] }>()
  useEffect(() => {
    if (!gathered) return undefined
    let isLeft = false
    const look = async () => {
      const redactions = [new Redaction(chosen), ...rest.map((rule) => new Redaction([rule]))]
      const all = { ...gathered, thread }
      if (!(await lookThrough(redactions, all, () => isLeft))) return
      for (const redaction of redactions) redaction.spread()
      if (!(await lookThrough(redactions, all, () => isLeft))) return
      setFound({ of: gathered, list: redactions.flatMap((redaction) => redaction.found()) })
    }
    void look()
    return () => {
      isLeft = true
    }
  }, [thread, gathered, chosen, rest])
  return gathered && found?.of === gathered ? found.list : undefined
}
