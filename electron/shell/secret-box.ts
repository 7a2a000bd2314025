import type { AppInfo } from '#shared/api/contract'

/** Where secrets lie: each under a key such as `shop/password`. A box is read once at start and replaced whole. */
export interface SecretBox {
  /** What the page says of it. */
  readonly info: AppInfo['secretStore']
  read(): Promise<ReadonlyMap<string, string>>
  write(secrets: ReadonlyMap<string, string>): Promise<void>
}

/** A box for systems that offer no protection at all: its secrets end with the process. */
export function memorySecretBox(sentence: string): SecretBox {
  let kept: ReadonlyMap<string, string> = new Map()
  return {
    info: { kind: 'memory', sentence },
    read: () => Promise.resolve(kept),
    write: (secrets) => {
      kept = new Map(secrets)
      return Promise.resolve()
    },
  }
}

/** The secrets as JSON text, in the order of their keys. */
export function formatSecrets(secrets: ReadonlyMap<string, string>): string {
  const sorted = [...secrets].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`
}

/** Reads what `formatSecrets` wrote. Throws when it is anything else. */
export function parseSecrets(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('it is not a JSON object')
  const secrets = new Map<string, string>()
  for (const [key, secret] of Object.entries(value)) {
    if (typeof secret !== 'string') throw new Error(`the entry "${key}" is not text`)
    secrets.set(key, secret)
  }
  return secrets
}
