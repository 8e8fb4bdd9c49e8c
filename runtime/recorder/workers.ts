// The workers that a page makes: each that has no name gets one that leads it to its recorder, and all are told of, reached or not.

import { markedName } from '../context/worker-mark'
import type { Outlet, WorkerNote } from '../protocol'
import { encode } from './encode'
import { apply, getOwnPropertyDescriptor, now } from './natives'
import { type Making, watchConstructor, watchTerminate } from './worker-constructors'
import { WorkerLink } from './worker-link'

// Before the page's own code runs, as in `natives.ts`. A host that lacks one of these has no way into a worker.
const { URL, Blob, document } = globalThis
const { createObjectURL, revokeObjectURL } = URL ?? {}
const hrefOf = getOwnPropertyDescriptor(URL?.prototype ?? {}, 'href')?.get ?? Object

/** More workers than a person follows; the next are left alone. */
const MOST_WORKERS = 100
/** Milliseconds that a worker's code has to load before it is thought to have no recorder. */
const PATIENCE = 3_000
/** Characters of an address or a name that are told. */
const LONGEST_TEXT = 2_000
interface Known extends WorkerNote {
  link: WorkerLink | null
  madeAt: number
  /** Lets go of what leads the worker to its recorder, once it has it. */
  forget(): void
}

export class Workers {
  /** What makes a recorder in a worker, given the name of its channel. */
  readonly #scriptFor: (channelName: string) => string
  readonly #known = new Set<Known>()
  readonly #byWorker = new WeakMap<object, Known>()
  /** Gives back what was wrapped. */
  readonly stop: () => void

  constructor(scriptFor: (channelName: string) => string) {
    this.#scriptFor = scriptFor
    const undo = [
      watchConstructor('Worker', (address) => this.#make('dedicated', address)),
      watchConstructor('SharedWorker', (address) => this.#make('shared', address)),
      watchTerminate((worker) => this.#end(this.#byWorker.get(worker))),
    ]
    this.stop = () => {
      for (const undoOne of undo) undoOne()
    }
  }

  notes(): string {
    // A page may have broken the methods of lists.
    const notes = serviceNote()
    let count = notes.length
    for (const known of this.#known) notes[count++] = noteOf(known)
    return encode(notes)
  }

  /** What answers for a worker. */
  outlet(key: number): ReturnType<NonNullable<Outlet['worker']>> {
    for (const { key: known, link } of this.#known) {
      if (known === key && link?.state) {
        return {
          packed: (seq) => link.packed(seq),
          where: () => link.where(),
          configure: (settings) => link.configure(settings),
        }
      }
    }
    return null
  }

  #make(kind: 'dedicated' | 'shared', address: unknown): Making {
    const url = addressOf(address)
    const state = kind === 'shared' ? 'other-kind' : url.startsWith('data:') ? 'own-origin' : 'waiting'
    // The document in this frame before had other keys.
    const key = Math.floor(Math.random() * 2 ** 48)
    const known: Known = { key, kind, url, name: '', state, link: null, madeAt: now(), forget: () => {} }
    return {
      name: (given) => {
        // The host has its own words for what is no text.
        if (typeof given === 'symbol') return given
        const name = given === undefined ? '' : `${given}`
        known.name = name.slice(0, LONGEST_TEXT)
        if (name === '' && known.state === 'waiting' && this.#known.size < MOST_WORKERS) {
          try {
            return this.#lead(known)
          } catch {
            // Nothing can lead it anywhere.
          }
        }
        // A worker may ask its name what it is: libraries that are one script for page and worker do, and so does anybody else.
        if (name !== '' && known.state === 'waiting') known.state = 'own-name'
        return name
      },
      made: (worker) => {
        if (this.#known.size >= MOST_WORKERS) return
        this.#known.add(known)
        this.#byWorker.set(worker, known)
      },
      failed: () => this.#end(known),
    }
  }

  /** The name that leads a worker to its recorder. */
  #lead(known: Known): string {
    // Only scripts of this origin can be on it, and what one of those says is read with care.
    const channelName = `contextvars ${known.key}`
    const script = new Blob([this.#scriptFor(channelName)], { type: 'text/javascript' })
    const leading = apply(createObjectURL, URL, [script])
    known.forget = () => apply(revokeObjectURL, URL, [leading])
    known.link = new WorkerLink(channelName, known.forget)
    return markedName(known.url.match(/[^/?#]*(?=[?#]|$)/)?.[0] ?? '', leading)
  }

  #end(known: Known | undefined): void {
    if (known === undefined) return
    this.#known.delete(known)
    known.link?.close()
    known.forget()
  }
}

const noteOf = ({ key, kind, url, name, state, link, madeAt }: Known): WorkerNote => ({
  key,
  kind,
  url,
  name,
  state: state === 'waiting' ? (link?.state ?? (now() - madeAt > PATIENCE ? 'unanswered' : state)) : state,
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

/** A worker's address in full, as far as it can be read without running code of the page. */
function addressOf(address: unknown): string {
  try {
    const said: unknown = typeof address === 'string' ? address : apply(hrefOf, address, [])
    return new URL(said as string, document.baseURI).href.slice(0, LONGEST_TEXT)
  } catch {
    return ''
  }
}
