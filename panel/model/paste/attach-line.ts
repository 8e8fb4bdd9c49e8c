// A line that makes an OpenTelemetry context active until somebody disposes of it.

import type { SourceText } from './source-text'
import { beginsStatement, endsStatement } from './statement'

const PLACE = '[A-Za-z_$][\\w$]*(?:\\.#?[\\w$]+)*'
const KEPT = new RegExp(
  `^\\s*(?:(?:const|let|var)\\s+([A-Za-z_$][\\w$]*)\\s*(?::[^=]*)?|(${PLACE})\\s*)=\\s*${PLACE}\\.attach\\(`,
)
const DROPPED = new RegExp(`^(\\s*)${PLACE}\\.attach\\(`)

/** What the line calls what it gets; null where it does not keep it. */
export function attachedName(line: string): string | null {
  const [, declared, assigned] = KEPT.exec(line) ?? []
  return declared ?? assigned ?? null
}

/** `context.attach(active)` -> `const attached = context.attach(active)`. */
export function keptAttached(source: SourceText, number: number): string | null {
  const line = source.line(number)
  const [match, indent = ''] = DROPPED.exec(line ?? '') ?? []
  if (line === null || match === undefined || line.split('.attach(').length > 2) return null
  if (/^\s*(?:super|new|await|import)\b/.test(line)) return null
  if (!beginsStatement(source, number) || !endsStatement(source, number, match.length - 1)) return null
  return `${indent}const ${freshName(source)} = ${line.slice(indent.length)}`
}

/** The line that disposes of it, by the name that the other line has, or will have. */
export function disposing(source: SourceText, number: number): string | null {
  const line = source.line(number)
  const name = line === null ? null : (attachedName(line) ?? (keptAttached(source, number) && freshName(source)))
  return name === null ? null : `${name}.dispose()`
}

/** A name that the file does not know yet. */
function freshName(source: SourceText): string {
  if (!source.has('attached')) return 'attached'
  let count = 2
  while (source.has(`attached${count}`)) count++
  return `attached${count}`
}
