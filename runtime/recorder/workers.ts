// All the workers of a page: those that it made, and those that these made in turn, each that may have a recorder with a link to it.
// A channel reaches as far as the origin does, so the page talks to every one itself: it needs only be told of it, by the one that made it.

import type { Outlet, WorkerNote } from '../protocol'
import { channelOf } from './channel'
import { encode } from './encode'
import { type MadeNote, MOST_WORKERS, readMadeNotes } from './made-notes'
import { MadeWorkers } from './made-workers'
import { now } from './natives'
import { WorkerLink } from './worker-link'

/** Milliseconds that a worker's code has to load before it is thought to have no recorder. */
const PATIENCE = 3_000

interface Known {
  note: MadeNote
  link: WorkerLink | null
  heardAt: number
  made: Family
}

/** What one maker made, by key. */
type Family = Map<number, Known>

export class Workers {
  readonly #made: MadeWorkers
  readonly #family: Family = new Map()
  /** Of all families. */
  readonly #byKey: Family = new Map()

  constructor(scriptFor: (channelName: string) => string) {
    this.#made = new MadeWorkers(scriptFor, () => this.#take(this.#family, this.#made.notes()))
  }

  /** Each is followed by those that it made. */
  notes(): string {
    // A page may have broken the methods of lists.
    const notes = serviceNote()
    let count = notes.length
    const add = (family: Family): void => {
      for (const known of family.values()) {
        notes[count++] = noteOf(known)
        add(known.made)
      }
    }
    add(this.#family)
    return encode(notes)
  }

  /** What answers for a worker. */
  outlet(key: number): ReturnType<NonNullable<Outlet['worker']>> {
    const link = this.#byKey.get(key)?.link
    if (!link?.state) return null
    return {
      packed: (seq) => link.packed(seq),
      where: () => link.where(),
      configure: (settings) => link.configure(settings),
    }
  }

  stop(): void {
    this.#made.stop()
    this.#take(this.#family, [])
  }

  /** A maker tells all that it made and has not ended. Who tells of a worker first is believed to be its maker. */
  #take(family: Family, told: readonly MadeNote[]): void {
    const there = new Set<number>()
    for (let index = 0; index < told.length; index++) there.add((told[index] as MadeNote).key)
    for (const key of family.keys()) if (!there.has(key)) this.#end(family, key)
    for (let index = 0; index < told.length; index++) {
      const note = told[index] as MadeNote
      if (!this.#byKey.has(note.key) && this.#byKey.size < MOST_WORKERS) this.#begin(family, note)
    }
  }

  #begin(family: Family, note: MadeNote): void {
    const made: Family = new Map()
    const told = (text: string): void => {
      const notes = readMadeNotes(text)
      if (notes !== null) this.#take(made, notes)
    }
    const known = { note, link: note.state === 'waiting' ? linkTo(note.key, told) : null, heardAt: now(), made }
    family.set(note.key, known)
    this.#byKey.set(note.key, known)
  }

  /** A worker takes with it what it made. */
  #end(family: Family, key: number): void {
    const known = family.get(key)
    if (known === undefined) return
    known.link?.close()
    family.delete(key)
    this.#byKey.delete(key)
    this.#take(known.made, [])
  }
}

function linkTo(key: number, told: (text: string) => void): WorkerLink | null {
  try {
    return new WorkerLink(channelOf(key), told)
  } catch {
    // A host without channels.
    return null
  }
}

const noteOf = ({ note, link, heardAt }: Known): WorkerNote => ({
  ...note,
  state:
    note.state === 'waiting' ? (link?.state ?? (now() - heardAt > PATIENCE ? 'unanswered' : 'waiting')) : note.state,
})

/** The service worker that the page's requests go through. */
function serviceNote(): WorkerNote[] {
  try {
    const url = globalThis.navigator.serviceWorker.controller?.scriptURL
    return url === undefined ? [] : [{ key: 0, kind: 'service', url, name: '', state: 'other-kind' }]
  } catch {
    // A sandboxed page may not ask.
    return []
  }
}
