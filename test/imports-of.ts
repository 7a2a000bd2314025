/** What a source file imports, read from its syntax tree. */
import { readFileSync } from 'node:fs'
import { parseAst } from 'vite'

/** One import: static, dynamic, re-exported, by type, or a worker's `new URL('./x.ts', import.meta.url)`. */
export interface FoundImport {
  readonly specifier: string
  /** Erased when compiled: `import type`. */
  readonly typeOnly: boolean
}

/** Every import of a TypeScript file. */
export function importsOf(file: string): readonly FoundImport[] {
  const found: FoundImport[] = []
  visit(parseAst(readFileSync(file, 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' }), found)
  return found
}

function visit(node: unknown, found: FoundImport[]): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, found)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const { type, source, importKind, exportKind } = node as Record<string, unknown>
  if (type === 'ImportDeclaration' || type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration') {
    const typeOnly = importKind === 'type' || exportKind === 'type'
    if (typeof literal(source) === 'string') found.push({ specifier: literal(source) ?? '', typeOnly })
  } else if (type === 'ImportExpression') {
    found.push({ specifier: literal(source) ?? '(computed)', typeOnly: false })
  } else if (type === 'TSImportType') {
    found.push({ specifier: literal(source) ?? '', typeOnly: true })
  } else if (type === 'NewExpression') {
    const specifier = urlOfModule(node as Record<string, unknown>)
    if (specifier !== undefined) found.push({ specifier, typeOnly: false })
  }
  for (const child of Object.values(node)) visit(child, found)
}

/** The text of a string literal, also inside the node that wraps it in types. */
function literal(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  const { value, literal: inner } = node as Record<string, unknown>
  return typeof value === 'string' ? value : inner === undefined ? undefined : literal(inner)
}

/** `new URL('./x.worker.ts', import.meta.url)` names a module; a folder or a file of data is none. */
function urlOfModule(node: Record<string, unknown>): string | undefined {
  const args = node['arguments'] as { readonly type: string }[]
  const callee = node['callee'] as { readonly name?: string }
  if (callee.name !== 'URL' || args.length !== 2) return undefined
  const specifier = literal(args[0])
  return specifier !== undefined && /\.tsx?$/.test(specifier) ? specifier : undefined
}
