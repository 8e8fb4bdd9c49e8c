// Contexts over time: of each, when it lived, when something ran in it, when it was written to and what went wrong there. The facts are
// looked at once, as they come; a lane is then put together for the pixels that it has, so that it costs its width and not its history.

import type { ContextId, Fact, Millis, Seq } from '../../../runtime/protocol'
import { firstWhere } from '../first-where'
import type { Timeline } from '../timeline'
import type { ContextEntry } from '../world'
import { factContext, GROUP_OF } from './fact-labels'
import { FactReader } from './fact-reader'
import { endOf } from './standing'

/** A part of the page's time, and how many pixels it is drawn on. */
export interface Span {
  from: number
  to: number
  width: number
}

/** Something at one moment; `many` where others of its kind are too near to be told apart. */
export interface Mark {
  x: number
  seq: Seq
  kind: 'set' | 'reset' | 'error'
  many: number
}

export interface Bar {
  x: number
  width: number
}

export interface Lane {
  /** Null where it lies outside of the span. */
  bar: Bar | null
  /** It goes on beyond the end of the recording. */
  open: boolean
  /** The tasks and runs in it. */
  works: Bar[]
  marks: Mark[]
}

/** What a row says in words. */
export interface LaneCounts {
  sets: number
  resets: number
  errors: number
}

type Kind = Mark['kind'] | 'begin' | 'end'

interface Moment {
  seq: Seq
  at: number
  kind: Kind
}

function kindOf(fact: Fact): Kind | null {
  switch (fact.type) {
    case 'var-set':
      return 'set'
    case 'var-reset':
      return 'reset'
    case 'run-started':
    case 'task-started':
      return 'begin'
    case 'run-ended':
    case 'task-settled':
      return 'end'
    default:
      return GROUP_OF[fact.type] === 'errors' ? 'error' : null
  }
}

const NOTHING: readonly Moment[] = []

/** What happened in each context, brought up to date by the facts that came since. */
export class LaneBook extends FactReader {
  private readonly marks = new Map<ContextId, Moment[]>()
  private readonly works = new Map<ContextId, Moment[]>()
  private readonly counts = new Map<ContextId, LaneCounts>()

  protected beginAnew(): void {
    for (const kept of [this.marks, this.works, this.counts]) kept.clear()
  }

  protected letGo(before: Seq): void {
    for (const lists of [this.marks, this.works]) {
      for (const [context, moments] of lists) {
        const gone = moments.splice(
          0,
          first(moments, ({ seq }) => seq >= before),
        )
        for (const { kind } of gone) this.count(context, kind, -1)
        if (moments.length === 0) lists.delete(context)
      }
    }
    for (const context of this.counts.keys()) if (!this.marks.has(context)) this.counts.delete(context)
  }

  protected look(facts: readonly Fact[]): void {
    for (const fact of facts) this.learn(fact)
  }

  countsOf(context: ContextId): LaneCounts {
    return this.counts.get(context) ?? { sets: 0, resets: 0, errors: 0 }
  }

  /** What lies at either side of a moment in one context: what a step back and a step on lead to. */
  around(context: ContextId, seq: number): { before: Seq | null; after: Seq | null } {
    const moments = this.marks.get(context) ?? NOTHING
    const before = moments[first(moments, (one) => one.seq >= seq) - 1]
    const after = moments[first(moments, (one) => one.seq > seq)]
    return { before: before?.seq ?? null, after: after?.seq ?? null }
  }

  lane(entry: ContextEntry, span: Span, now: number): Lane {
    const end = endOf(entry)
    return {
      bar: barOf(entry.createdAt, end ?? now, span),
      open: end === null,
      works: this.worksOf(entry.id, span, end ?? now),
      marks: this.marksOf(entry.id, span),
    }
  }

  private learn(fact: Fact): void {
    const kind = kindOf(fact)
    const context = kind === null ? null : factContext(this.timeline.head, fact)
    if (kind === null || context === null) return
    const isWork = kind === 'begin' || kind === 'end'
    listOf(isWork ? this.works : this.marks, context).push({ seq: fact.seq, at: fact.at, kind })
    this.count(context, kind, 1)
  }

  private count(context: ContextId, kind: Kind, by: 1 | -1): void {
    if (kind === 'begin' || kind === 'end') return
    const counts = this.countsOf(context)
    counts[kind === 'set' ? 'sets' : kind === 'reset' ? 'resets' : 'errors'] += by
    this.counts.set(context, counts)
  }

  /** At most one a pixel; the worst of those that share one. */
  private marksOf(context: ContextId, span: Span): Mark[] {
    const moments = this.marks.get(context) ?? NOTHING
    const marks: Mark[] = []
    let index = first(moments, ({ at }) => at >= span.from)
    for (let one = moments[index]; one !== undefined && one.at <= span.to; one = moments[index]) {
      const x = Math.floor(xOf(one.at, span))
      const next = Math.max(
        first(moments, ({ at }) => at >= timeOf(x + 1, span)),
        index + 1,
      )
      const together = next - index > MOST_LOOKED_AT ? [one] : moments.slice(index, next)
      const { kind, seq } = together.find((each) => each.kind === 'error') ?? one
      if (kind !== 'begin' && kind !== 'end') marks.push({ x, seq, kind, many: next - index })
      index = next
    }
    return marks
  }

  /** Runs lie in one another, and tasks that share a context beside each other: it is drawn whether there is any. */
  private worksOf(context: ContextId, span: Span, end: number): Bar[] {
    const moments = this.works.get(context) ?? NOTHING
    const bars: Bar[] = []
    let depth = 0
    let begun = 0
    const add = (to: number) => {
      const bar = barOf(begun, to, span)
      const last = bars.at(-1)
      if (bar === null) return
      if (last !== undefined && bar.x - (last.x + last.width) < 1) last.width = bar.x + bar.width - last.x
      else bars.push(bar)
    }
    for (const { at, kind } of moments.slice(-MOST_WORKS)) {
      if (kind === 'begin' && depth++ === 0) begun = at
      if (kind === 'end' && depth > 0 && --depth === 0) add(at)
    }
    if (depth > 0) add(end)
    return bars
  }
}

/** More marks in one pixel are not looked through for the worst. */
const MOST_LOOKED_AT = 1_000
/** The newest that are drawn of a context in which more ran. */
const MOST_WORKS = 2_000

function listOf(lists: Map<ContextId, Moment[]>, context: ContextId): Moment[] {
  const known = lists.get(context)
  if (known !== undefined) return known
  const made: Moment[] = []
  lists.set(context, made)
  return made
}

/** The place of the first of which `isIt` holds, as it does of all behind it. */
const first = <One>(list: readonly One[], isIt: (one: One) => boolean): number =>
  firstWhere(list.length, (place) => isIt(list[place] as One))

export const xOf = (at: number, { from, to, width }: Span): number => ((at - from) / Math.max(to - from, LEAST)) * width
export const timeOf = (x: number, { from, to, width }: Span): number =>
  from + (x / Math.max(width, 1)) * Math.max(to - from, LEAST)

/** Milliseconds: what the page's clock tells apart. */
const LEAST = 0.1
/** Pixels that something short has all the same, to be seen. */
const NARROWEST = 2

function barOf(from: number, to: number, span: Span): Bar | null {
  if (to < span.from || from > span.to) return null
  const x = Math.max(xOf(from, span), 0)
  return { x, width: Math.max(Math.min(xOf(to, span), span.width) - x, NARROWEST) }
}

/** The number of the newest fact that had happened by then; that before the first, where there is none. */
export function seqAt({ facts }: Timeline, at: number): number {
  const place = first(facts, (fact) => fact.at > at)
  return facts[place - 1]?.seq ?? (facts[0]?.seq ?? 1) - 1
}

/** All that is recorded. */
export function wholeSpan({ facts, head }: Timeline, width: number): Span {
  const from = facts[0]?.at ?? 0
  return { from, to: Math.max(head.at, from + 1), width }
}

/** Nearer (above 1) or further away, so that what is at `x` stays there; no further than `whole`. */
export function zoomed(span: Span, by: number, x: number, whole: Span): Span {
  const length = Math.min(Math.max((span.to - span.from) / by, 1), whole.to - whole.from)
  const middle = timeOf(x, span)
  return within(middle - (x / Math.max(span.width, 1)) * length, length, span.width, whole)
}

/** Moved by a part of its length. */
export const panned = (span: Span, by: number, whole: Span): Span =>
  within(span.from + by * (span.to - span.from), span.to - span.from, span.width, whole)

/** Moved as little as it takes to have a moment in it. */
export function showing(span: Span, at: number, whole: Span): Span {
  if (at >= span.from && at <= span.to) return span
  const length = span.to - span.from
  return within(at < span.from ? at : at - length, length, span.width, whole)
}

function within(from: number, length: number, width: number, whole: Span): Span {
  const start = Math.max(Math.min(from, whole.to - length), whole.from)
  return { from: start, to: start + length, width }
}

/** Pixels that a time of the axis has for itself. */
const ROOM = 90

/** Round times, far enough from each other to be read. */
export function axisTimes(span: Span): Millis[] {
  const least = ((span.to - span.from) / Math.max(span.width, 1)) * ROOM
  const power = 10 ** Math.floor(Math.log10(Math.max(least, LEAST)))
  const step = power * ([1, 2, 5].find((many) => many * power >= least) ?? 10)
  const times: Millis[] = []
  const start = Math.ceil(span.from / step) * step
  // Counted, since a time that a page makes up may be so large that a step does not change it.
  for (let index = 0; index <= span.width / ROOM + 2; index++) {
    const at = start + index * step
    if (at > span.to || at === times.at(-1)) break
    times.push(at as Millis)
  }
  return times
}
