// What a fact must look like to be believed. A page or a file may send anything: what fits is copied key by key (unknown keys and
// `__proto__` stay behind), bounded in depth and length, and everything else is refused without an exception.

import * as v from 'valibot'
import type {
  ContextKind,
  Fact,
  FactType,
  Frame,
  Preview,
  PreviewKind,
  ReadFrom,
  StackLevel,
  TokenErrorCode,
} from '../../runtime/protocol'
import { DEEPEST_PREVIEW, MOST_FRAMES, MOST_INSTALL_LIMITS, MOST_PROPERTIES } from './limits'
import { plainText } from './plain-text'

const isNatural = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** An id of any brand. */
const id = v.custom<never>((value) => isNatural(value) && value > 0, 'a positive whole number')
/** How many of something, or the number of the newest fact, which may be none. */
const count = v.custom<number>(isNatural, 'a whole number')
const at = v.custom<never>((value) => Number.isFinite(value), 'a number of milliseconds')

export const pageText = v.pipe(
  v.string(),
  v.transform((said) => plainText(said)),
)

const previewKinds = new Set<unknown>([
  'undefined',
  'null',
  'boolean',
  'number',
  'bigint',
  'string',
  'symbol',
  'function',
  'array',
  'map',
  'set',
  'date',
  'regexp',
  'error',
  'promise',
  'node',
  'object',
  'unreadable',
] satisfies PreviewKind[])

const isPreviewKind = (kind: unknown): kind is PreviewKind => previewKinds.has(kind)

/**
 * By hand, for most of what a page sends is previews: ten times as fast as a schema. What is nested deeper than any recorder looks
 * is left out, so that no depth can exhaust the stack.
 */
function readPreview(candidate: unknown, depth: number): Preview | null {
  if (!isObject(candidate)) return null
  const { kind, text: shown, entries, more } = candidate
  if (!isPreviewKind(kind) || typeof shown !== 'string') return null
  const read: Preview = { kind, text: plainText(shown) }
  if (entries !== undefined && depth > 0) {
    if (!Array.isArray(entries) || entries.length > MOST_PROPERTIES) return null
    read.entries = []
    for (const entry of entries) {
      if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return null
      const value = readPreview(entry[1], depth - 1)
      if (value === null) return null
      read.entries.push([plainText(entry[0]), value])
    }
  }
  if (more !== undefined) {
    if (!isNatural(more)) return null
    read.more = more
  }
  return read
}

const preview = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = readPreview(dataset.value, DEEPEST_PREVIEW)
    if (read !== null) return read
    addIssue({ message: 'a preview' })
    return NEVER
  }),
)

const contextKind = v.picklist([
  'base',
  'copy',
  'new',
  'task',
  'callback',
  'restored',
  'unknown',
] satisfies ContextKind[])
const readFrom = v.picklist(['own', 'inherited', 'fallback', 'default', 'miss'] satisfies ReadFrom[])
const tokenErrorCode = v.picklist(['used', 'other-variable', 'other-context', 'not-a-token'] satisfies TokenErrorCode[])
const outcome = v.picklist(['fulfilled', 'rejected'])

const propagation = v.nullable(
  v.object({
    nativeAwait: v.boolean(),
    events: v.picklist(['cause', 'registration', 'dispatch']),
    limits: v.pipe(v.array(pageText), v.maxLength(MOST_INSTALL_LIMITS)),
  }),
)

const orNull = <Output>(schema: v.GenericSchema<unknown, Output>) => v.nullable(schema)
const idOrNull = orNull(id)
/** Zero, too: `NOT_TAKEN`. */
const stackOrNull = orNull(v.custom<never>(isNatural, 'a whole number'))

const frame: v.GenericSchema<unknown, Frame> = v.object({ name: pageText, url: pageText, line: count, column: count })
export const frames = v.pipe(v.array(frame), v.maxLength(MOST_FRAMES))

const censusVariable = v.object({ variable: id, name: pageText, default: orNull(preview), stack: stackOrNull })
const censusEntry = v.object({ variable: id, token: idOrNull, value: preview, stack: stackOrNull })
const censusContext = v.object({
  context: id,
  parent: idOrNull,
  kind: contextKind,
  name: orNull(pageText),
  api: orNull(pageText),
  stack: stackOrNull,
  ended: v.boolean(),
  entries: v.array(censusEntry),
})

/** Every kind of fact has one, or this does not compile. */
type FactSchemas = { [Type in FactType]: v.GenericSchema<unknown, Extract<Fact, { type: Type }>> }

function fact<const Type extends FactType, Entries extends v.ObjectEntries>(type: Type, entries: Entries) {
  return v.object({ seq: id, at, type: v.literal(type), ...entries })
}

const schemas: FactSchemas = {
  'runtime-attached': fact('runtime-attached', {
    version: pageText,
    origin: v.picklist(['application', 'injected']),
    base: id,
    late: v.boolean(),
    propagation,
  }),
  'runtime-refused': fact('runtime-refused', {
    version: pageText,
    reason: v.picklist(['tap-version', 'second-copy']),
    advice: pageText,
  }),
  'propagation-changed': fact('propagation-changed', { propagation }),
  'var-created': fact('var-created', { variable: id, name: pageText, default: orNull(preview), stack: stackOrNull }),
  'context-created': fact('context-created', {
    context: id,
    parent: idOrNull,
    asOf: count,
    kind: contextKind,
    name: orNull(pageText),
    api: orNull(pageText),
    stack: stackOrNull,
  }),
  'var-set': fact('var-set', { context: id, variable: id, token: id, value: preview, stack: stackOrNull }),
  'var-reset': fact('var-reset', { context: id, variable: id, token: id, value: orNull(preview), stack: stackOrNull }),
  'token-error': fact('token-error', {
    code: tokenErrorCode,
    context: id,
    variable: id,
    stack: stackOrNull,
    token: idOrNull,
    tokenContext: idOrNull,
    tokenVariable: idOrNull,
    tokenStack: stackOrNull,
    usedStack: stackOrNull,
    message: pageText,
  }),
  'var-read': fact('var-read', { context: id, variable: id, from: readFrom }),
  'lookup-error': fact('lookup-error', { context: id, variable: id, stack: stackOrNull }),
  'reentry-error': fact('reentry-error', { context: id, entered: stackOrNull, stack: stackOrNull }),
  'run-started': fact('run-started', { context: id, outer: id, stack: stackOrNull }),
  'run-ended': fact('run-ended', { context: id, threw: v.boolean() }),
  'task-created': fact('task-created', { task: id, context: id, name: pageText, parent: idOrNull, stack: stackOrNull }),
  'task-started': fact('task-started', { task: id }),
  'task-settled': fact('task-settled', { task: id, outcome }),
  'callback-ran': fact('callback-ran', { context: id, threw: v.boolean() }),
  'token-collected': fact('token-collected', { token: id }),
  'context-collected': fact('context-collected', { context: id }),
  'await-untracked': fact('await-untracked', {
    context: id,
    cause: pageText,
    copied: v.boolean(),
    // Recorders of before did not tell.
    resumed: v.optional(idOrNull, null),
    stack: stackOrNull,
  }),
  'entry-unfollowed': fact('entry-unfollowed', { context: id, stack: stackOrNull }),
  'recording-level': fact('recording-level', {
    stacks: v.picklist(['all', 'sampled', 'none'] satisfies StackLevel[]),
    every: count,
    why: v.picklist(['asked', 'budget', 'calm']),
  }),
  gap: fact('gap', { from: id, to: id }),
  census: fact('census', {
    current: id,
    variables: v.array(censusVariable),
    contexts: v.array(censusContext),
  }),
}

/** By a map, so that no name of a type finds anything of `Object.prototype`. */
const schemaOf = new Map<unknown, v.GenericSchema<unknown, Fact>>(Object.entries(schemas))

/** A fact, or null for what is none or of a kind that this version does not know. */
export function parseFact(candidate: unknown): Fact | null {
  if (typeof candidate !== 'object' || candidate === null || !('type' in candidate)) return null
  const schema = schemaOf.get(candidate.type)
  if (schema === undefined) return null
  const result = v.safeParse(schema, candidate, { abortEarly: true })
  return result.success ? result.output : null
}
