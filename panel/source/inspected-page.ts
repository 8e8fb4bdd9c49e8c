// The live source: asks a page for what is new, again and again, and tells what it hears. Nothing is kept open between two
// questions, so nothing can break at a breakpoint, a navigation or a restart: the position in the page's log is all there is.

import type { OnDemandScript, OutlinePart, Where } from '../../runtime/protocol'
import { parseWhere, readBatch } from '../model/recording'
import { type BreaksHeld, hasBreaks, type WantedBreaks } from './breaks'
import { contradiction, type Told } from './coherence'
import { liveValues } from './live'
import { askOnDemand } from './on-demand'
import { askOutline, LONG_LOG } from './outline'
import { delay } from './pace'
import { configureExpression, parseAnswer, parseLine, pollExpression, whereExpression } from './page-expressions'
import { LEFT, Patience } from './patience'
import { reason, sentence } from './reason'
import type { Link, Source, SourceListener } from './source'
import { heldOf, type Wanted } from './wanted'

/** What came of an evaluation; `refused` is the browser's own word where extensions may not run. */
export type Evaluation = { value: unknown } | { refused: string }

/** `documents`: a document was loaded in some frame. */
export type PageEvent = 'navigated' | 'documents' | 'shown' | 'hidden'

/**
 * Where a document of the page is: in the frame of this address, null for the top one, and from there by its places among frames. Or
 * the worker that this document calls so.
 */
export interface Place {
  readonly frameUrl: string | null
  readonly path: readonly number[]
  readonly worker?: number
}

export const TOP: Place = { frameUrl: null, path: [] }

/** A page, as somebody sees it who may evaluate in it. */
export interface InspectedPage {
  /** Rejects when the page throws, or is on its way elsewhere. In the first frame with this address, or at the top. */
  evaluate(expression: string, frameUrl?: string | null): Promise<Evaluation>
  /** Starts the recorder in a document of the page, or another script that the panel brings. */
  inject(place: Place, script?: OnDemandScript): Promise<void>
  /** The addresses of all documents, those in frames of other origins included. */
  documents(): Promise<string[]>
  /** Tells when the page went elsewhere, and when the panel came into view or left it. Returns what ends it. */
  watch(listener: (event: PageEvent) => void): () => void
}

/**
 * The document at a place in the page; the top one where nothing else is said. As long as its recorder takes settings, it is recorded
 * as `wanted` says, and pauses as `breaks` says.
 */
export function inspectedPage(
  page: InspectedPage,
  place: Place = TOP,
  wanted: Wanted | null = null,
  breaks: WantedBreaks | null = null,
): Source {
  return {
    live: liveValues(page, place),
    start(listener) {
      const reader = new Reader(page, place, wanted, breaks, listener)
      const ends = [
        page.watch((event) => reader.notice(event)),
        wanted?.subscribe(() => reader.wantsOther()),
        breaks?.subscribe(() => reader.breaksElsewhere()),
      ]
      void reader.run()
      return () => {
        for (const end of ends) end?.()
        reader.stop()
      }
    },
  }
}

/** An odd answer is a navigation under way; the same one twice is a state. */
const ENOUGH = 2
/** Recordings that one document may begin. A navigation is told of, so more without one are made up. */
const MOST_EPOCHS = 3
/** Milliseconds of work on one answer after which the panel rests for as long: people want to use it, too. */
const HARD_WORK = 250

class Reader {
  readonly #page: InspectedPage
  readonly #place: Place
  readonly #wanted: Wanted | null
  readonly #breaks: WantedBreaks | null
  readonly #listener: SourceListener
  /** Whether this document knows where it is to pause. */
  #breaking = false
  readonly #patience = new Patience()
  /** Whether this document was asked what lives in it. */
  #isOutlined = false
  /** Whether this document's recorder knows what is wanted. */
  #configured = false
  #epoch: string | null = null
  #position = 0
  /** The newest fact that the page has, and the newest that there was when it was found. */
  #last = 0
  #found = 0
  #current: Where['current'] = null
  /** What was told last, and how often in a row something else was seen instead. */
  #told: Link = { state: 'looking' }
  #odd = 0
  #failures = 0
  #injections = 0
  /** How many recordings answered since the page was gone to. */
  #epochs = 0
  #behind = false
  #share = 0
  /** How long the newest facts took to be taken in. */
  #work = 0
  #changedAt = performance.now()
  #hidden = false
  #stopped = false

  constructor(
    page: InspectedPage,
    place: Place,
    wanted: Wanted | null,
    breaks: WantedBreaks | null,
    listener: SourceListener,
  ) {
    this.#page = page
    this.#place = place
    this.#wanted = wanted
    this.#breaks = breaks
    this.#listener = listener
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      const link = await this.#ask()
      if (this.#stopped) return
      this.#settle(link)
      if (link?.state === 'live') await this.#setBreaks()
      if (link?.state === 'live') await this.#configure()
      await this.#rest()
    }
  }

  stop(): void {
    this.#stopped = true
    this.#patience.wake()
    this.#patience.abandon()
  }

  /** The person wants to have it recorded in another way. */
  wantsOther(): void {
    this.#configured = false
    this.#patience.wake()
  }

  /** The person wants it to pause elsewhere. */
  breaksElsewhere(): void {
    this.#breaking = false
    this.#patience.wake()
  }

  notice(event: PageEvent): void {
    switch (event) {
      case 'hidden':
        this.#hidden = true
        return
      case 'documents':
        return
      case 'shown':
        this.#hidden = false
        break
      case 'navigated':
        this.#failures = 0
        this.#injections = 0
        this.#epochs = 0
        this.#isOutlined = false
        this.#configured = false
        this.#breaking = false
        this.#changedAt = performance.now()
        this.#tell({ state: 'looking' })
        // A page may take a question with it, and nobody answers that.
        this.#patience.abandon()
    }
    this.#patience.wake()
  }

  /** Asks once, passes on what came, and says how the link is; null while a recorder is being started. */
  async #ask(): Promise<Link | null> {
    this.#behind = false
    try {
      if (!this.#isOutlined) await this.#outline()
      if (this.#stopped) return null
      const asked = this.#position
      const evaluation = await this.#patience.answerTo(
        this.#page.evaluate(pollExpression(asked, this.#place), this.#place.frameUrl),
      )
      if (this.#stopped) return null
      if ('refused' in evaluation) return { state: 'unreachable', why: reason(evaluation.refused) }
      const answer = parseAnswer(evaluation.value)
      switch (answer.found) {
        case 'recorder':
          return await this.#receive(readBatch(answer.batch), parseWhere(answer.where), asked, answer.batch.length)
        case 'runtime':
          return await this.#inject()
        case 'loading':
          return { state: 'looking' }
        case 'nothing':
          return { state: 'no-runtime' }
        case 'too-much':
          return { state: 'lost', why: 'Something in this page answers with more than a recorder ever says at once.' }
        case 'nonsense':
          return { state: 'lost', why: 'Something in this page answers in the place of the recorder.' }
      }
    } catch (error) {
      if (error !== LEFT) return { state: 'lost', why: sentence(error) }
      this.#behind = true
      return null
    }
  }

  async #receive(read: Told | null, where: Where | null, asked: number, size: number): Promise<Link> {
    if (read === null || where === null) {
      return { state: 'lost', why: 'The recorder in this page says what this panel does not understand. Reload both.' }
    }
    const wrong = contradiction(read, where, { epoch: this.#epoch, asked })
    if (wrong !== null) {
      return { state: 'lost', why: `Something in this page answers in the place of the recorder: it ${wrong}.` }
    }
    const { batch } = read
    this.#injections = 0
    if (batch.epoch !== this.#epoch) {
      if (this.#epochs === MOST_EPOCHS) {
        return { state: 'lost', why: 'This page names another recording again and again. Reload it to look at one.' }
      }
      this.#begin(batch)
    }
    // What another document was asked for is of no use: its numbers are others.
    if (asked === this.#position) {
      if (batch.facts.length > 0 || where.current !== this.#current) this.#changedAt = performance.now()
      this.#position = batch.facts.at(-1)?.seq ?? asked
      this.#current = where.current
      this.#share = size / Math.max(batch.capacity, 1)
      const began = performance.now()
      await this.#listener.batch(batch)
      this.#work = performance.now() - began
      if (!this.#stopped) this.#listener.where(where)
    }
    this.#last = batch.last
    this.#behind = batch.last > this.#position && this.#position !== asked
    return { state: 'live' }
  }

  #begin({ epoch, last }: Pick<Where, 'epoch' | 'last'>): void {
    this.#epochs += 1
    this.#epoch = epoch
    this.#configured = false
    this.#breaking = false
    this.#position = 0
    this.#found = last
    this.#listener.epoch(epoch)
  }

  /** What lives, where the log is long: before any of what happened is read. */
  async #outline(): Promise<void> {
    const { frameUrl, path, worker } = this.#place
    const evaluation =
      this.#listener.outline === undefined || worker !== undefined
        ? null
        : await this.#patience.answerTo(this.#page.evaluate(whereExpression(path), frameUrl))
    this.#isOutlined = true
    const line = evaluation !== null && 'value' in evaluation ? parseLine(evaluation.value) : null
    const where = line?.found === 'line' ? parseWhere(line.text) : null
    if (where === null || where.last <= LONG_LOG || this.#epochs === MOST_EPOCHS) return
    let isOver = false
    const tell = (part: OutlinePart, isFirst: boolean) => {
      if (isOver || this.#stopped) return
      if (where.epoch !== this.#epoch) this.#begin(where)
      return this.#listener.outline?.(part, isFirst)
    }
    try {
      await this.#patience.answerTo(askOutline(this.#page, this.#place, where.epoch, tell))
    } catch (error) {
      isOver = true
      // Of what was left, nothing more is told; of anything else the log says it, too.
      if (error === LEFT) throw error
    }
  }

  /**
   * Where it cannot be asked for, the next answer is another occasion. What was there when we came is read first: a log that is to be
   * smaller would drop it.
   */
  async #configure(): Promise<void> {
    if (this.#wanted === null || this.#configured || this.#stopped || this.#position < this.#found) return
    this.#configured = true
    const { settings } = this.#wanted
    try {
      const asked = this.#page.evaluate(configureExpression(settings, this.#place), this.#place.frameUrl)
      const evaluation = await this.#patience.answerTo(asked)
      if (!this.#stopped) this.#listener.held(heldOf('value' in evaluation ? evaluation.value : null, settings))
    } catch {
      this.#configured = false
    }
  }

  /** A page that nobody wants to pause, and nobody did, is only asked. */
  async #setBreaks(): Promise<void> {
    if (this.#breaks === null || this.#breaking || this.#stopped) return
    this.#breaking = true
    const { conditions } = this.#breaks
    const isWanted = hasBreaks(conditions)
    try {
      const asked = await this.#patience.answerTo(
        askOnDemand(this.#page, this.#place, 'break-on', conditions, isWanted),
      )
      if (!this.#stopped) this.#listener.breaks?.(isWanted ? breaksHeld(asked, conditions) : null)
    } catch {
      this.#breaking = false
    }
  }

  async #inject(): Promise<Link | null> {
    await this.#patience.answerTo(this.#page.inject(this.#place))
    this.#injections += 1
    this.#behind = true
    return this.#injections === 1 ? null : { state: 'lost', why: 'The recorder did not start in this page.' }
  }

  #settle(link: Link | null): void {
    this.#failures = link?.state === 'lost' || link?.state === 'unreachable' ? this.#failures + 1 : 0
    this.#odd = link === null || link.state === 'live' ? 0 : this.#odd + 1
    if (link === null || (link.state !== 'live' && this.#odd < ENOUGH)) return
    // The document that was recorded is gone. Should it come back, it is read from its start.
    if (link.state === 'no-runtime' || link.state === 'unreachable') {
      this.#epoch = null
      this.#position = 0
    }
    this.#tell(link)
  }

  #tell(link: Link): void {
    if (JSON.stringify(link) === JSON.stringify(this.#told)) return
    this.#told = link
    this.#listener.link(link)
  }

  #rest(): Promise<void> {
    const wait = delay({
      behind: this.#behind,
      failures: this.#failures,
      hidden: this.#hidden,
      recorded: this.#told.state === 'live',
      quiet: performance.now() - this.#changedAt,
      share: this.#share,
    })
    const rest = this.#work > HARD_WORK ? Math.max(wait, this.#work) : wait
    this.#work = 0
    if (this.#told.state === 'live') this.#listener.pace({ wait: rest, read: this.#position, last: this.#last })
    return this.#patience.rest(rest)
  }
}

function breaksHeld(asked: Awaited<ReturnType<typeof askOnDemand>>, conditions: object): BreaksHeld {
  if (asked !== null && 'why' in asked) return { state: 'cannot', why: asked.why }
  if (asked?.answer === JSON.stringify(conditions)) return { state: 'wanted' }
  return { state: 'cannot', why: 'Something in this page answers in the place of the recorder.' }
}
