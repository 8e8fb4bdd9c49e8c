// What a page says of its workers: as many of them as are believed, each only as far as it looks like one.

import * as v from 'valibot'
import { WORKER_KINDS, WORKER_STATES, type WorkerNote } from '../../runtime/protocol'
import { LONGEST_NAME, MOST_WORKERS } from './limits'
import { oneLine, plainText } from './plain-text'

const text = v.pipe(
  v.string(),
  v.transform((said) => oneLine(plainText(said, LONGEST_NAME))),
)

const note = v.object({
  key: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  kind: v.picklist(WORKER_KINDS),
  url: text,
  name: text,
  state: v.picklist(WORKER_STATES),
})

/** One for each key; none where it is no list. */
export function parseWorkerNotes(answer: string): WorkerNote[] {
  const notes = new Map<number, WorkerNote>()
  for (const one of listOf(answer).slice(0, MOST_WORKERS)) {
    const read = v.safeParse(note, one)
    if (read.success && !notes.has(read.output.key)) notes.set(read.output.key, read.output)
  }
  return [...notes.values()]
}

function listOf(json: string): unknown[] {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
