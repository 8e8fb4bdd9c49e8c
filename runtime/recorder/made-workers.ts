// The workers that a page or a worker makes: each that has no name gets one that leads it to its recorder, and all are told of, led
// there or not.

import { markedName } from '../context/worker-mark'
import { channelOf, openChannel } from './channel'
import { LONGEST_NAME, type MadeNote, MOST_WORKERS } from './made-notes'
import { apply, getOwnPropertyDescriptor, isArray } from './natives'
import { type Making, watchConstructor, watchTerminate } from './worker-constructors'

// Before the page's own code runs, as in `natives.ts`. A host that lacks one of these has no way into a worker.
const { URL, Blob, document, location } = globalThis
const { createObjectURL, revokeObjectURL } = URL ?? {}
const hrefOf = getOwnPropertyDescriptor(URL?.prototype ?? {}, 'href')?.get ?? Object

interface Known extends MadeNote {
  /** Lets go of what leads the worker to its recorder, once it has it. */
  forget(): void
}

export class MadeWorkers {
  /** What makes a recorder in a worker, given the name of its channel. */
  readonly #scriptFor: (channelName: string) => string
  readonly #changed: () => void
  readonly #known = new Set<Known>()
  readonly #byWorker = new WeakMap<object, Known>()
  readonly #undo: (() => void)[] = []

  /** `changed` is called when one was made or ended. */
  constructor(scriptFor: (channelName: string) => string, changed: () => void) {
    this.#scriptFor = scriptFor
    this.#changed = changed
    try {
      this.#undo.push(watchConstructor('Worker', (address) => this.#make('dedicated', address)))
      this.#undo.push(watchConstructor('SharedWorker', (address) => this.#make('shared', address)))
      this.#undo.push(watchTerminate((worker) => this.#end(this.#byWorker.get(worker))))
    } catch {
      // What somebody put in the place of these classes is no class: who has them is recorded all the same.
    }
  }

  /** Those that were not ended. */
  notes(): MadeNote[] {
    const notes: MadeNote[] = []
    // A page may have broken the methods of lists.
    let count = 0
    for (const { key, kind, url, name, state } of this.#known) notes[count++] = { key, kind, url, name, state }
    return notes
  }

  /** Gives back what was wrapped. */
  stop(): void {
    for (const undoOne of this.#undo) undoOne()
  }

  #make(kind: MadeNote['kind'], address: unknown): Making {
    const url = addressOf(address)
    const state = kind === 'shared' ? 'other-kind' : url.startsWith('data:') ? 'own-origin' : 'waiting'
    // Others make workers beside this one, and the document in this frame before had other keys: chance keeps them apart.
    const key = Math.floor(Math.random() * 2 ** 48)
    const known: Known = { key, kind, url, name: '', state, forget: () => {} }
    return {
      name: (given) => {
        // The host has its own words for what is no text.
        if (typeof given === 'symbol') return given
        const name = given === undefined ? '' : `${given}`
        known.name = name.slice(0, LONGEST_NAME)
        if (name === '' && known.state === 'waiting' && this.#known.size < MOST_WORKERS) {
          try {
            return this.#lead(known)
          } catch {
            // Nothing can lead it anywhere.
            known.forget()
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
        this.#changed()
      },
      failed: () => this.#end(known),
    }
  }

  /** The name that leads a worker to its recorder, until that answers somebody. */
  #lead(known: Known): string {
    const channelName = channelOf(known.key)
    const channel = openChannel(channelName, (message) => {
      if (isArray(message)) known.forget()
    })
    known.forget = () => channel.close()
    const script = new Blob([this.#scriptFor(channelName)], { type: 'text/javascript' })
    const leading = apply(createObjectURL, URL, [script])
    known.forget = () => {
      apply(revokeObjectURL, URL, [leading])
      channel.close()
    }
    return markedName(known.url.match(/[^/?#]*(?=[?#]|$)/)?.[0] ?? '', leading)
  }

  #end(known: Known | undefined): void {
    if (known === undefined) return
    known.forget()
    if (this.#known.delete(known)) this.#changed()
  }
}

/** A worker's address in full, as far as it can be read without running code of the page. */
function addressOf(address: unknown): string {
  try {
    const said: unknown = typeof address === 'string' ? address : apply(hrefOf, address, [])
    return new URL(said as string, document?.baseURI ?? location?.href).href.slice(0, LONGEST_NAME)
  } catch {
    return ''
  }
}
