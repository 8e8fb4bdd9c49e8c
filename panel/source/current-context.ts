// The source of the pane beside the paused line: it asks a page where it stands, and what is current there when that is another place
// than before. It reads no facts, so it is as quick on a page that was recorded for hours; and it asks nothing while nobody looks.

import type { Batch, ContextId, Seq, Where } from '../../runtime/protocol'
import { parseBatch, parseWhere } from '../model/recording'
import { type Evaluation, type InspectedPage, type PageEvent, TOP } from './inspected-page'
import { delay } from './pace'
import { hereExpression, type Line, parseLine, whereExpression } from './page-expressions'
import { LEFT, Patience } from './patience'
import { reason, sentence } from './reason'
import type { Link, Source, SourceListener } from './source'

export const OLD_RECORDER = 'The recorder in this page is older than this pane. Reload the page to have a new one.'
/** An odd answer is a navigation under way; the same one twice is a state. */
const ENOUGH = 2
const NOT_UNDERSTOOD = 'The recorder in this page says what this pane does not understand. Reload both.'

export function currentContext(page: InspectedPage): Source {
  return {
    start(listener) {
      const watch = new Watch(page, listener)
      const unwatch = page.watch((event) => watch.notice(event))
      void watch.run()
      return () => {
        unwatch()
        watch.stop()
      }
    },
  }
}

class Watch {
  readonly #page: InspectedPage
  readonly #listener: SourceListener
  readonly #patience = new Patience()
  #epoch: string | null = null
  /** The context that is current while the page runs; null until it was heard. */
  #base: ContextId | null = null
  /** Where the page stood when it was asked last. */
  #place = ''
  /** How many pictures were told: each is a fact of its own to whoever listens. */
  #pictures = 0
  #told: Link = { state: 'looking' }
  /** How often in a row something else than a recorder was seen. */
  #odd = 0
  #failures = 0
  #changedAt = performance.now()
  #hidden = false
  #stopped = false

  constructor(page: InspectedPage, listener: SourceListener) {
    this.#page = page
    this.#listener = listener
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      const link = this.#hidden ? null : await this.#ask()
      if (this.#stopped) return
      if (link !== null) this.#tell(link)
      await this.#patience.rest(this.#hidden ? null : this.#pause())
    }
  }

  stop(): void {
    this.#stopped = true
    this.#patience.wake()
    this.#patience.abandon()
  }

  notice(event: PageEvent): void {
    if (event === 'documents') return
    if (event === 'hidden' || event === 'shown') this.#hidden = event === 'hidden'
    if (event === 'hidden') return
    this.#changedAt = performance.now()
    this.#failures = 0
    if (event === 'navigated') this.#patience.abandon()
    this.#patience.wake()
  }

  /** Asks once; null where the page left meanwhile. */
  async #ask(): Promise<Link | null> {
    try {
      const answer = await this.#question(whereExpression())
      return 'link' in answer ? this.#failed(answer.link) : await this.#lookAt(answer.told)
    } catch (error) {
      return error === LEFT ? null : this.#failed({ state: 'lost', why: sentence(error) })
    }
  }

  async #lookAt(told: string): Promise<Link | null> {
    const where = parseWhere(told)
    if (where === null) return this.#failed({ state: 'lost', why: NOT_UNDERSTOOD })
    if (where.epoch !== this.#epoch) this.#begin(where.epoch)
    if (this.#placeOf(where, told) === this.#place) return { state: 'live' }
    const answer = await this.#question(hereExpression())
    if ('link' in answer) return this.#failed(answer.link)
    const batch = parseBatch(answer.told)
    if (batch === null || batch.epoch !== where.epoch) return this.#failed({ state: 'lost', why: NOT_UNDERSTOOD })
    this.#changedAt = performance.now()
    await this.#picture(batch, where)
    this.#place = this.#placeOf(where, told)
    return { state: 'live' }
  }

  /** While the page runs, its base context is current whatever happens between two questions. */
  #placeOf({ current }: Where, told: string): string {
    return current === null || current === this.#base ? `${current}` : told
  }

  #begin(epoch: string): void {
    this.#epoch = epoch
    this.#base = null
    this.#place = ''
    this.#pictures = 0
    this.#listener.epoch(epoch)
  }

  async #picture(batch: Batch, where: Where): Promise<void> {
    const [census] = batch.facts
    if (census?.type !== 'census') {
      this.#listener.where({ ...where, current: null, task: null })
      return
    }
    this.#pictures += 1
    this.#base ??= census.contexts.find(({ kind }) => kind === 'base')?.context ?? null
    await this.#listener.batch({ ...batch, facts: [{ ...census, seq: this.#pictures as Seq }] })
    // It may have gone on between the two questions.
    if (!this.#stopped) this.#listener.where({ ...where, current: census.current })
  }

  async #question(expression: string): Promise<{ told: string } | { link: Link }> {
    const evaluation: Evaluation = await this.#patience.answerTo(this.#page.evaluate(expression, TOP.frameUrl))
    if ('refused' in evaluation) return { link: { state: 'unreachable', why: reason(evaluation.refused) } }
    return linkOf(parseLine(evaluation.value))
  }

  #failed(link: Link): Link {
    this.#failures += link.state === 'lost' ? 1 : 0
    this.#epoch = null
    return link
  }

  #tell(link: Link): void {
    if (link.state === 'live') this.#failures = 0
    this.#odd = link.state === 'live' ? 0 : this.#odd + 1
    if (link.state !== 'live' && this.#odd < ENOUGH) return
    if (JSON.stringify(link) === JSON.stringify(this.#told)) return
    this.#told = link
    this.#listener.link(link)
  }

  #pause(): number {
    return delay({
      behind: false,
      failures: this.#failures,
      hidden: false,
      recorded: this.#told.state === 'live',
      quiet: performance.now() - this.#changedAt,
      share: 0,
    })
  }
}

function linkOf(line: Line): { told: string } | { link: Link } {
  switch (line.found) {
    case 'line':
      return { told: line.text }
    case 'old':
      return { link: { state: 'lost', why: OLD_RECORDER } }
    case 'runtime':
      return { link: { state: 'no-runtime', unrecorded: true } }
    case 'nothing':
      return { link: { state: 'no-runtime' } }
    case 'nonsense':
      return { link: { state: 'lost', why: NOT_UNDERSTOOD } }
  }
}
