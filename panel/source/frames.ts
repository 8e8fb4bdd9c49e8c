// What lies in a page beside its own document, as it comes and goes: the documents in its frames, each that has a runtime a
// source of its own, and the workers that any of them made, those that are reached likewise. DevTools reaches a frame by its
// address. Of several with one address it reaches the first; the others are reached through the page that they lie in, if they
// are of its origin. A worker is reached through the document that made it.

import type { WorkerNote } from '../../runtime/protocol'
import { beganAtTop, closedIn, parseWalk, walkExpression } from './frame-walk'
import { type InspectedPage, inspectedPage, type PageEvent, type Place, TOP } from './inspected-page'
import type { Source } from './source'

/** The document in a frame, or a worker. */
export interface FrameDocument {
  /** Names the place, and with it the document, until the frame goes elsewhere. */
  key: string
  url: string
  /** What the document that made it says of a worker; null for a frame. */
  worker: WorkerNote | null
  source: Source
}

export interface FrameListener {
  /** All that are there now. */
  frames(documents: readonly FrameDocument[]): void
  /** How many frames nobody may evaluate in, whenever that changes. */
  closed?(count: number): void
  /** The page went elsewhere: what was in its frames is gone with it. */
  left(): void
}

export interface FrameSource {
  /** Begins to tell; returns what ends it. */
  start(listener: FrameListener): () => void
}

type SourceOf = (page: InspectedPage, place: Place) => Source

/** Milliseconds between two looks while nothing is heard of new documents: a frame that leaves says nothing. */
const LOOK = 1_000
const LOOK_WHILE_HIDDEN = 5_000
/** A document that was heard of just now has its runtime soon, and what it does before it is recorded is not known. */
const LOOK_SOON = 50
const LINGER = 2_000

/** `sourceOf` reads the document at a place. */
export function inspectedFrames(page: InspectedPage, sourceOf: SourceOf = inspectedPage): FrameSource {
  return { start: (listener) => new Watch(page, sourceOf, listener).start() }
}

class Watch {
  readonly #page: InspectedPage
  readonly #sourceOf: SourceOf
  readonly #listener: FrameListener
  #known = new Map<string, FrameDocument>()
  #closed = 0
  #heardAt = performance.now()
  #hidden = false
  #stopped = false
  #wake: () => void = () => {}

  constructor(page: InspectedPage, sourceOf: SourceOf, listener: FrameListener) {
    this.#page = page
    this.#sourceOf = sourceOf
    this.#listener = listener
  }

  start(): () => void {
    const unwatch = this.#page.watch((event) => this.#notice(event))
    void this.#run()
    return () => {
      this.#stopped = true
      unwatch()
      this.#wake()
    }
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      await this.#look()
      if (!this.#stopped) await this.#rest()
    }
  }

  #notice(event: PageEvent): void {
    if (event === 'hidden' || event === 'shown') this.#hidden = event === 'hidden'
    else this.#heardAt = performance.now()
    if (event === 'navigated') {
      this.#known = new Map()
      this.#tellClosed(0)
      this.#listener.left()
    }
    this.#wake()
  }

  async #look(): Promise<void> {
    const before = this.#known
    const look = await findDocuments(this.#page, before)
    // The page is on its way elsewhere, or went there meanwhile.
    if (this.#stopped || look === null || this.#known !== before) return
    const { found, closed } = look
    this.#tellClosed(closed)
    const isSame = (key: string, { worker }: Found): boolean =>
      before.has(key) && before.get(key)?.worker?.state === worker?.state
    if (found.size === before.size && [...found].every(([key, one]) => isSame(key, one))) return
    this.#known = new Map()
    for (const [key, one] of found) {
      const known = before.get(key)
      const { place, url, worker } = one
      const source = known?.source ?? this.#sourceOf(this.#page, place)
      this.#known.set(key, known !== undefined && isSame(key, one) ? known : { key, url, worker, source })
    }
    this.#listener.frames([...this.#known.values()])
  }

  #tellClosed(count: number): void {
    if (count === this.#closed) return
    this.#closed = count
    this.#listener.closed?.(count)
  }

  #rest(): Promise<void> {
    const isFresh = performance.now() - this.#heardAt < LINGER
    const wait = this.#hidden ? LOOK_WHILE_HIDDEN : isFresh ? LOOK_SOON : LOOK
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, wait)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

interface Found {
  place: Place
  url: string
  worker: WorkerNote | null
}

/**
 * Every document in a frame that has a runtime or a recorder, and every worker, behind what made it, by their keys, and how many frames
 * are closed; null where the page does not answer. `known` places need not be tried again.
 */
async function findDocuments(
  page: InspectedPage,
  known: ReadonlyMap<string, unknown>,
): Promise<{ found: Map<string, Found>; closed: number } | null> {
  const found = new Map<string, Found>()
  let closed = 0
  /** Addresses that lead to a document which is known by now. */
  const taken = new Set<string>()
  const walk = async (frameUrl: string | null): Promise<void> => {
    const answer = await answerOf(page, walkExpression, frameUrl)
    // Where the page went elsewhere meanwhile, its new document is listed, and is none in a frame.
    if (frameUrl !== null && beganAtTop(answer)) return
    const walked = parseWalk(answer)
    // One that is reached by its address was closed from outside.
    closed += closedIn(answer) - (frameUrl !== null && walked.length > 0 ? 1 : 0)
    for (const { path, has, url, workers } of walked) {
      const address = withoutFragment(url)
      const isFirst = !taken.has(address)
      taken.add(address)
      if (has === 'nothing') continue
      if (frameUrl === null && path.length === 0) {
        addWorkers(TOP, workers)
        continue
      }
      const byAddress: Place = { frameUrl: address, path: [] }
      const leadsThere = isFirst && (known.has(keyOf(byAddress)) || (await isAt(page, address)))
      const place = leadsThere ? byAddress : { frameUrl, path }
      found.set(keyOf(place), { place, url, worker: null })
      addWorkers(place, workers)
    }
  }
  function addWorkers(maker: Place, workers: readonly WorkerNote[]): void {
    for (const worker of workers) {
      const place = { ...maker, worker: worker.key }
      found.set(keyOf(place), { place, url: worker.url, worker })
    }
  }
  await walk(null)
  if (taken.size === 0) return null
  for (const url of await page.documents().catch(() => [])) if (!taken.has(url)) await walk(url)
  return { found, closed: Math.max(closed, 0) }
}

const keyOf = ({ frameUrl, path, worker }: Place): string => `${frameUrl ?? ''} ${path.join('.')} ${worker ?? ''}`

const withoutFragment = (url: string): string => url.replace(/#.*$/s, '')

/** Whether DevTools finds the frame by this address: it does not know of one that the document gave itself later. */
async function isAt(page: InspectedPage, address: string): Promise<boolean> {
  const href = await answerOf(page, 'this.location.href', address)
  return typeof href === 'string' && withoutFragment(href) === address
}

/** The answer from there; null where nobody may evaluate, or the frame has just gone. */
async function answerOf(page: InspectedPage, expression: string, frameUrl: string | null): Promise<unknown> {
  try {
    const evaluation = await page.evaluate(expression, frameUrl)
    return 'value' in evaluation ? evaluation.value : null
  } catch {
    return null
  }
}
