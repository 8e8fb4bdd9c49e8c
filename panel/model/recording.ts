// Recordings and answers of a page, from text to facts. What comes in is hostile until it was looked at: it becomes a
// current recording, or one sentence that a person can act on.

import * as v from 'valibot'
import {
  type Batch,
  type ContextId,
  type Fact,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type Recording,
  type Settings,
  type StackTable,
  type TaskId,
  type Where,
} from '../../runtime/protocol'
import { frames, isId, parseFact } from './fact-schema'
import { LONGEST_EPOCH } from './limits'
import { readMutes } from './mutes'
import { type ReadFacts, readRows } from './packed'
import { plainText, quotation } from './plain-text'
import { REFUSED } from './reader'
import { upgraded } from './upgrades'

export { fromCaller } from './from-caller'
export { LONGEST_ANSWER, LONGEST_LIVE_ANSWER, LONGEST_SETTINGS } from './limits'
export { parseLiveAnswer } from './live-answer'
export { parseOutlinePart } from './outline'
export { oneLine, plainText } from './plain-text'
export { credentialVeil } from './redact'
export { parseWorkerNotes } from './worker-notes'

export type ParsedRecording =
  /** `ignored`: facts of kinds that this version does not know, or that are malformed. */
  { ok: true; recording: Recording; ignored: number } | { ok: false; error: string }

export function parseRecording(text: string): ParsedRecording {
  const json = parseJson(text)
  if (!json.ok) return refuse(whyNotJson(text, json.error))
  if (!isObject(json.value)) return refuse(`This is no recording: ${nameOf(json.value)} where an object was expected.`)
  const { format, version } = json.value
  if (format !== RECORDING_FORMAT) {
    return refuse(`This is no recording: \`format\` is ${nameOf(format)}, not "${RECORDING_FORMAT}".`)
  }
  if (!Number.isSafeInteger(version) || Number(version) < 1) {
    return refuse(`This recording is damaged: \`version\` is ${nameOf(version)}, not a positive whole number.`)
  }
  if (Number(version) > RECORDING_VERSION) {
    return refuse(
      `This recording was written by a newer version of Contextvars DevTools (format ${version}; this one reads up to ${RECORDING_VERSION}): update it to open the file.`,
    )
  }
  return readCurrent(upgraded(json.value, Number(version), RECORDING_VERSION))
}

/** Where the beginning says what it is, by a download that ended too early, or somebody's editor. */
function whyNotJson(text: string, error: string): string {
  if (text.trim() === '') return 'This is no recording: it is empty.'
  if (!text.slice(0, 1_000).includes(`"${RECORDING_FORMAT}"`)) return `This is no recording: not JSON (${error}).`
  if (!text.trimEnd().endsWith('}')) return 'This recording is damaged: it breaks off, and its end is missing.'
  return `This recording is damaged: not JSON (${error}).`
}

const pageText = v.pipe(
  v.string(),
  v.transform((said) => plainText(said)),
)

/** Of anything: it is read by hand, and a schema of the items would look at each of a million as well. */
const list = v.custom<unknown[]>(Array.isArray, 'a list')

const header = v.object({
  tool: v.object({ name: pageText, version: pageText }),
  page: v.pipe(
    v.object({ url: pageText, title: pageText, exported: pageText, browser: v.optional(pageText) }),
    v.transform(({ browser, ...page }) => ({ ...page, ...(browser === undefined ? {} : { browser }) })),
  ),
  options: v.pipe(
    v.object({ redacted: v.boolean(), cut: v.optional(pageText) }),
    v.transform(({ redacted, cut }) => ({ redacted, ...(cut === undefined ? {} : { cut }) })),
  ),
  // Read by hand; what is none is left out.
  mutes: v.optional(v.unknown()),
  facts: list,
  stacks: v.custom<JsonObject>(isObject, 'an object'),
})

function readCurrent(json: JsonObject): ParsedRecording {
  const read = v.safeParse(header, json, { abortEarly: true })
  if (!read.success) {
    const issue = read.issues[0]
    const where = issue.path?.map(({ key }) => String(key)).join('.') ?? 'the file'
    const expected = issue.input === undefined ? '' : `, not ${EXPECTED[issue.type] ?? issue.message}`
    return refuse(`This recording is damaged: \`${where}\` is ${nameOf(issue.input)}${expected}.`)
  }
  const { tool, page, options } = read.output
  const { facts, told } = readFacts(read.output.facts)
  const stacks = readStacks(read.output.stacks)
  const mutes = readMutes(read.output.mutes)
  const head = { format: RECORDING_FORMAT, version: RECORDING_VERSION, tool, page, options } as const
  return {
    ok: true,
    recording: { ...head, ...(mutes.length > 0 ? { mutes } : {}), facts, stacks },
    ignored: told - facts.length,
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  object: 'an object',
}

/** What a page answers to `since`; null for anything else. */
export const parseBatch = (text: string): Batch | null => readBatch(text)?.batch ?? null

/** The same, and how many facts were told: of a recorder of tomorrow, perhaps more than were understood. */
export function readBatch(text: string): { batch: Batch; told: number } | null {
  const json = parseJson(text)
  const header = json.ok ? v.safeParse(batchHeader, json.value) : null
  if (!header?.success) return null
  const { facts, rows, stacks, ...rest } = header.output
  const read = facts !== undefined ? readFacts(facts) : rows !== undefined ? readRows(rows) : null
  if (read === null) return null
  return { batch: { ...rest, facts: read.facts, stacks: readStacks(stacks) }, told: read.told }
}

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const batchHeader = v.object({
  protocol: natural,
  epoch: v.pipe(v.string(), v.maxLength(LONGEST_EPOCH)),
  // One of the two: as they are, or packed.
  facts: v.optional(list),
  rows: v.optional(list),
  stacks: v.custom<JsonObject>(isObject),
  last: natural,
  bytes: natural,
  capacity: natural,
  silent: v.optional(natural, 0),
})

/** What a page answers to `where`; null for anything else. */
export function parseWhere(text: string): Where | null {
  const json = parseJson(text)
  const read = json.ok ? v.safeParse(where, json.value) : null
  return read?.success ? read.output : null
}

const where = v.object({
  epoch: v.pipe(v.string(), v.maxLength(LONGEST_EPOCH)),
  last: natural,
  current: v.nullable(v.custom<ContextId>(isId)),
  task: v.nullable(v.custom<TaskId>(isId)),
})

/** What a page answers to `configure`; null for anything else. */
export function parseSettings(text: string): Settings | null {
  const json = parseJson(text)
  const read = json.ok ? v.safeParse(settings, json.value) : null
  return read?.success ? read.output : null
}

const settings = v.object({
  stacks: v.picklist(['all', 'sampled', 'none']),
  budget: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  facts: natural,
  bytes: natural,
  // A recorder of before has no choice.
  callbacks: v.optional(v.picklist(['counted', 'told']), 'counted'),
  previews: v.optional(v.picklist(['small', 'usual', 'large']), 'usual'),
  events: v.optional(v.picklist(['cause', 'registration', 'dispatch']), 'cause'),
})

// ---- Pieces ----------------------------------------------------------------------------------------------------------------------

type JsonObject = Record<string, unknown>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(error: string): ParsedRecording {
  return { ok: false, error }
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; error: string } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? quotation(error.message) : 'unreadable' }
  }
}

function readFacts(candidates: readonly unknown[]): ReadFacts {
  const facts: Fact[] = []
  for (const candidate of candidates) {
    const fact = parseFact(candidate)
    if (fact !== null) facts.push(fact)
  }
  return { facts, told: candidates.length }
}

/** A malformed stack is left out: its facts then show no line, which is less than the rest is worth. */
function readStacks(candidates: JsonObject): StackTable {
  const stacks: StackTable = {}
  for (const [key, candidate] of Object.entries(candidates)) {
    const id = Number(key)
    if (!isId(id) || String(id) !== key) continue
    const read = frames(candidate)
    if (read !== REFUSED) stacks[id] = read
  }
  return stacks
}

/** A value in a sentence, short whatever it is. */
function nameOf(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'string' ? `"${quotation(value)}"` : String(value)
}
