// What is told of a worker by who made it, the page or another worker; and how a page reads that of a worker, which may say anything.

import type { WorkerNote } from '../protocol'
import { decode } from './decode'
import { isArray } from './natives'

/** More workers than a person follows; the next are left alone. */
export const MOST_WORKERS = 100
/** Characters of an address or a name that are told. */
export const LONGEST_NAME = 2_000
/** Characters of a list of them: of a hundred, each with a name and an address. */
const LONGEST_LIST = 1_000_000

/** As it was made, so that it never changes: whether its recorder answers is for the page to find out. */
export interface MadeNote extends WorkerNote {
  kind: 'dedicated' | 'shared'
  state: 'waiting' | 'own-name' | 'own-origin' | 'other-kind'
}

/** Each that looks like one; null where it is no list. */
export function readMadeNotes(text: string): MadeNote[] | null {
  const said = text.length > LONGEST_LIST ? null : decode(text)
  if (!isArray(said)) return null
  const notes: MadeNote[] = []
  let count = 0
  for (let index = 0; index < said.length && count < MOST_WORKERS; index++) {
    const note: unknown = said[index]
    // What somebody added beside is not kept.
    if (isMadeNote(note)) {
      const { key, kind, url, name, state } = note
      notes[count++] = { key, kind, url, name, state }
    }
  }
  return notes
}

function isMadeNote(said: unknown): said is MadeNote {
  if (typeof said !== 'object' || said === null) return false
  const { key, kind, url, name, state } = said as Partial<Record<keyof MadeNote, unknown>>
  // Zero is the service worker's.
  if (!Number.isSafeInteger(key) || Number(key) < 1 || !isName(url) || !isName(name)) return false
  if (kind === 'shared') return state === 'other-kind'
  return kind === 'dedicated' && (state === 'waiting' || state === 'own-name' || state === 'own-origin')
}

const isName = (said: unknown): said is string => typeof said === 'string' && said.length <= LONGEST_NAME
