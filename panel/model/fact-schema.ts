// What a fact must look like to be believed. A page or a file may send anything: what fits is copied key by key (unknown keys and
// `__proto__` stay behind), bounded in depth and length, and everything else is refused without an exception.

import {
  type CensusContext,
  type CensusEntry,
  type CensusVariable,
  type ContextKind,
  type Fact,
  type FactType,
  type Frame,
  PREVIEW_KINDS,
  type Preview,
  type Propagation,
  type ReadFrom,
  type StackLevel,
  type TokenErrorCode,
} from '../../runtime/protocol'
import { DEEPEST_PREVIEW, MOST_FRAMES, MOST_INSTALL_LIMITS, MOST_NAMED, MOST_PROPERTIES } from './limits'
import { plainText } from './plain-text'
import { boolean, keyCount, listOf, objectOf, oneOf, orElse, orNull, REFUSED, type Reader, that, word } from './reader'

export const isNatural = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
export const isId = (value: unknown): value is number => isNatural(value) && value > 0

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** An id of any brand. */
const id = that<never>(isId)
/** How many of something, or the number of the newest fact, which may be none. */
export const count = that<number>(isNatural)
const at = that<never>(Number.isFinite)

export const pageText: Reader<string> = (said) => (typeof said === 'string' ? plainText(said) : REFUSED)

const previewKind = oneOf(PREVIEW_KINDS)

/** What is nested deeper than any recorder looks is left out, so that no depth can exhaust the stack. */
function readPreview(candidate: unknown, depth: number): Preview | null {
  if (!isObject(candidate)) return null
  const { text: shown, entries, more } = candidate
  const kind = previewKind(candidate.kind)
  if (kind === REFUSED || typeof shown !== 'string') return null
  const text = plainText(shown)
  // Most are one word, and there are as many as sets.
  if (entries === undefined && more === undefined) {
    if (candidate.kind !== kind || text !== shown || keyCount(candidate) !== 2) return { kind, text }
    return candidate as unknown as Preview
  }
  const read: Preview = { kind, text }
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

export const preview: Reader<Preview> = (candidate) => readPreview(candidate, DEEPEST_PREVIEW) ?? REFUSED

export const contextKind = oneOf([
  'base',
  'copy',
  'new',
  'task',
  'callback',
  'restored',
  'unknown',
] satisfies ContextKind[])
const readFrom = oneOf(['own', 'inherited', 'fallback', 'default', 'miss'] satisfies ReadFrom[])
const tokenErrorCode = oneOf(['used', 'other-variable', 'other-context', 'not-a-token'] satisfies TokenErrorCode[])
const outcome = oneOf(['fulfilled', 'rejected'])

const propagation = orNull(
  objectOf<Propagation>({
    nativeAwait: boolean,
    events: oneOf(['cause', 'registration', 'dispatch']),
    limits: listOf(pageText, MOST_INSTALL_LIMITS),
  }),
)

const idOrNull = orNull(id)
/** Zero, too: `NOT_TAKEN`. */
const stackOrNull = orNull(that<never>(isNatural))

const position = objectOf<Omit<Frame, 'generator'>>({ name: pageText, url: pageText, line: count, column: count })

/** Few say that they are a generator. */
const frame: Reader<Frame> = (candidate) => {
  const read = position(candidate)
  return read !== REFUSED && (candidate as Frame).generator === true ? { ...read, generator: true } : read
}

export const frames = listOf(frame, MOST_FRAMES)

const censusVariable = objectOf<CensusVariable>({
  variable: id,
  name: pageText,
  default: orNull(preview),
  stack: stackOrNull,
})
const censusEntry = objectOf<CensusEntry>({ variable: id, token: idOrNull, value: preview, stack: stackOrNull })
const censusContext = objectOf<CensusContext>({
  context: id,
  parent: idOrNull,
  kind: contextKind,
  name: orNull(pageText),
  api: orNull(pageText),
  stack: stackOrNull,
  ended: boolean,
  entries: listOf(censusEntry),
})

type FactOf<Type extends FactType> = Extract<Fact, { type: Type }>

/** Every kind of fact has one, or this does not compile. */
type FactReaders = { [Type in FactType]: Reader<FactOf<Type>> }

type Rest<Type extends FactType> = {
  [Key in keyof Omit<FactOf<Type>, 'seq' | 'at' | 'type'>]: Reader<FactOf<Type>[Key & keyof FactOf<Type>]>
}

function fact<const Type extends FactType>(type: Type, rest: Rest<Type>): Reader<FactOf<Type>> {
  const head = { seq: id, at, type: word(type) }
  return objectOf({ ...head, ...rest } as unknown as Parameters<typeof objectOf<FactOf<Type>>>[0])
}

const readers: FactReaders = {
  'runtime-attached': fact('runtime-attached', {
    version: pageText,
    origin: oneOf(['application', 'injected', 'zone.js']),
    base: id,
    late: boolean,
    propagation,
  }),
  'runtime-refused': fact('runtime-refused', {
    version: pageText,
    reason: oneOf(['tap-version', 'second-copy']),
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
  'run-ended': fact('run-ended', { context: id, threw: boolean }),
  'task-created': fact('task-created', { task: id, context: id, name: pageText, parent: idOrNull, stack: stackOrNull }),
  'task-started': fact('task-started', { task: id }),
  'task-settled': fact('task-settled', { task: id, outcome }),
  'callback-ran': fact('callback-ran', { context: id, threw: boolean }),
  'token-collected': fact('token-collected', { token: id }),
  'context-collected': fact('context-collected', { context: id }),
  'await-untracked': fact('await-untracked', {
    context: id,
    cause: pageText,
    copied: boolean,
    // Recorders of before did not tell.
    resumed: orElse(idOrNull, null),
    stack: stackOrNull,
  }),
  'entry-unfollowed': fact('entry-unfollowed', { context: id, stack: stackOrNull }),
  'work-awaited': fact('work-awaited', { context: id, work: id, stack: stackOrNull }),
  'default-changed': fact('default-changed', { context: id, variable: id, value: preview, stack: stackOrNull }),
  'recording-level': fact('recording-level', {
    stacks: oneOf(['all', 'sampled', 'none'] satisfies StackLevel[]),
    every: count,
    why: oneOf(['asked', 'budget', 'calm']),
  }),
  gap: fact('gap', { from: id, to: id }),
  census: fact('census', {
    current: id,
    variables: listOf(censusVariable),
    contexts: listOf(censusContext),
  }),
  'not-reduced': fact('not-reduced', {
    context: id,
    variables: listOf(id, MOST_NAMED),
    more: count,
    why: oneOf(['unregistered', 'duplicate', 'unresolved', 'refused']),
    stack: stackOrNull,
  }),
}

/** By a map, so that no name of a type finds anything of `Object.prototype`. */
const readerOf = new Map(
  Object.entries(readers).map(([type, read]) => [type as unknown, { type, read: read as Reader<Fact> }]),
)

/** A fact, or null for what is none or of a kind that this version does not know. The candidate is what becomes it. */
export function parseFact(candidate: unknown): Fact | null {
  if (typeof candidate !== 'object' || candidate === null || !('type' in candidate)) return null
  const known = readerOf.get(candidate.type)
  const fact = known?.read(candidate)
  if (known === undefined || fact === undefined || fact === REFUSED)
    return null
    // Ours, so that a million facts share it, and what asks for it compares no letters.
  ;(fact as { type: string }).type = known.type
  return fact
}
