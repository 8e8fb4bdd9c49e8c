// A recording as a trace, for Perfetto and chrome://tracing: each context is a track with its life and its runs as slices, what happened
// in it as moments, who was copied from whom as arrows, and problems as flags. The format is Google's Trace Event Format: microseconds,
// one process, a thread for each context.

import type { ContextId, Fact, Mute, Recording, RunStarted, StackId } from '../../../runtime/protocol'
import type { Finding, RuleId } from '../finding'
import { type Judging, judge } from '../rules'
import { momentLabel } from '../selectors/events'
import { placeText } from '../selectors/frames'
import { entryLabel } from '../selectors/labels'
import { endOf, standingOf } from '../selectors/standing'
import { treeRows } from '../selectors/tree'
import type { Timeline } from '../timeline'
import type { ContextEntry, World } from '../world'
import { fixTexts } from './fix-text'
import { summaryText } from './tree-text'

/** See the format's description: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
interface TraceEvent {
  name: string
  cat?: string
  /** `X` a slice, `i` a moment, `s` and `f` the two ends of an arrow, `M` a name. */
  ph: 'X' | 'i' | 's' | 'f' | 'M'
  /** Microseconds. */
  ts: number
  dur?: number
  pid: number
  tid: number
  /** Of a moment: how far its flag reaches, a thread or the process. */
  s?: 't' | 'p'
  /** Of an arrow. */
  id?: number
  bp?: 'e'
  args?: Record<string, unknown>
}

const PROCESS = 1
/** The track of what is said of no context. */
const OF_ALL = 0

/** The file's text, one event a line. Time and memory grow with the facts. */
export function traceReport(
  timeline: Timeline,
  page: Recording['page'],
  mutes: readonly Mute[] = [],
  also: readonly RuleId[] = [],
): string {
  const world = timeline.head
  const told = [...happenings(timeline), ...flags(timeline, { mutes, also })]
  const events = [...tracks(world, page), ...(told.some(({ tid }) => tid === OF_ALL) ? [trackOfAll] : []), ...told]
  const about = JSON.stringify({ page, recorded: summaryText(world) })
  return `{"displayTimeUnit":"ms","otherData":${about},"traceEvents":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`
}

/** Ids are the page's, and may be of any size: a track has its place in the tree. */
function tracks(world: World, page: Recording['page']): TraceEvent[] {
  const events: TraceEvent[] = [
    meta('process_name', OF_ALL, { name: `Contexts of ${page.title || page.url || 'a page'}` }),
  ]
  for (const [tid, entry] of inTreeOrder(world).entries()) {
    events.push(meta('thread_name', tid + 1, { name: trackName(world, entry) }))
    events.push(meta('thread_sort_index', tid + 1, { sort_index: tid + 1 }))
  }
  return events
}

const meta = (name: string, tid: number, args: Record<string, unknown>): TraceEvent => ({
  name,
  ph: 'M',
  ts: 0,
  pid: PROCESS,
  tid,
  args,
})

const trackOfAll = meta('thread_name', OF_ALL, { name: 'the whole recording' })

function inTreeOrder(world: World): ContextEntry[] {
  const rows = treeRows(world, [], { collapsed: new Set(), hideEnded: false, query: '' })
  return rows.flatMap(({ context }) => world.contexts.get(context) ?? [])
}

/** `Alice (task 4)` */
const trackName = (world: World, entry: ContextEntry): string =>
  entry.kind === 'base' ? 'base' : `${entryLabel(world, entry)} (${entry.kind} ${entry.id})`

function happenings(timeline: Timeline): TraceEvent[] {
  const world = timeline.head
  const tids = tidsOf(world)
  const moments: TraceEvent[] = []
  const slices: TraceEvent[] = []
  const running = new Map<ContextId, RunStarted>()
  /** All that is on a track lies within its context's life: a page may announce it late, or lie. */
  const spans = new Map<ContextId, Span>()
  const place = (context: ContextId, at: number): number => {
    const { from, to } = spans.get(context) ?? { from: at, to: at }
    spans.set(context, { from: Math.min(from, at), to: Math.max(to, at) })
    return tids.get(context) ?? OF_ALL
  }
  const endRun = (context: ContextId, at: number, threw: boolean): void => {
    const run = running.get(context)
    if (run === undefined) return
    running.delete(context)
    const args = { fact: run.seq, ...lineArgs(world, run.stack), ...(threw ? { threw } : {}) }
    slices.push(slice('run', 'run', run.at, at, place(context, at), args))
  }
  for (const fact of timeline.facts) {
    if (fact.type === 'run-started') {
      // Its end fell into a gap: nobody enters a context twice.
      endRun(fact.context, fact.at, false)
      running.set(fact.context, fact)
      place(fact.context, fact.at)
    } else if (fact.type === 'run-ended') {
      endRun(fact.context, fact.at, fact.threw)
    } else {
      const moment = momentOf(world, fact, place)
      if (moment !== null) moments.push(moment)
    }
  }
  for (const context of [...running.keys()]) endRun(context, world.at, false)
  return [...lives(world, tids, spans), ...slices, ...arrows(world, tids), ...moments]
}

/** Milliseconds. */
interface Span {
  from: number
  to: number
}

function tidsOf(world: World): ReadonlyMap<ContextId, number> {
  return new Map(inTreeOrder(world).map(({ id }, index) => [id, index + 1]))
}

function momentOf(world: World, fact: Fact, place: (context: ContextId, at: number) => number): TraceEvent | null {
  const moment = momentLabel(world, fact)
  if (moment === null) return null
  const args = { fact: fact.seq, ...lineArgs(world, 'stack' in fact ? fact.stack : null) }
  const tid = place(moment.context, fact.at)
  return { name: moment.label, cat: fact.type, ph: 'i', ts: micros(fact.at), pid: PROCESS, tid, s: 't', args }
}

function lives(world: World, tids: ReadonlyMap<ContextId, number>, spans: ReadonlyMap<ContextId, Span>): TraceEvent[] {
  return [...tids].flatMap(([id, tid]) => {
    const entry = world.contexts.get(id)
    if (entry === undefined) return []
    const { createdAt } = entry
    const span = spans.get(id) ?? { from: createdAt, to: createdAt }
    const from = Math.min(createdAt, span.from)
    const to = Math.max(endOf(entry) ?? world.at, createdAt, span.to)
    const values = Object.fromEntries(
      [...entry.holdings.values()].map(({ variable, value }) => [
        world.variables.get(variable)?.name ?? `variable ${variable}`,
        value.text,
      ]),
    )
    const args = { context: id, state: standingOf(entry), ...lineArgs(world, entry.stack), values }
    return slice(entryLabel(world, entry), entry.kind, from, to, tid, args)
  })
}

/** From where a context was copied to where it begins. */
function arrows(world: World, tids: ReadonlyMap<ContextId, number>): TraceEvent[] {
  return [...tids].flatMap(([id, tid]): TraceEvent[] => {
    const entry = world.contexts.get(id)
    const from = entry?.parent == null ? undefined : tids.get(entry.parent)
    if (entry === undefined || from === undefined) return []
    const both = { name: 'copied', cat: 'copied', ts: micros(entry.createdAt), pid: PROCESS, id: tid }
    return [
      { ...both, ph: 's', tid: from },
      { ...both, ph: 'f', bp: 'e', tid },
    ]
  })
}

function flags({ head: world, facts }: Timeline, judging: Judging): TraceEvent[] {
  const tids = tidsOf(world)
  const times = new Map<number, number>()
  const { findings, muted } = judge(world, judging)
  const wanted = new Set([...findings, ...muted.map(({ finding }) => finding)].flatMap(seqsOf))
  for (const { seq, at } of facts) if (wanted.has(seq)) times.set(seq, at)
  const flag = (finding: Finding, reason?: string): TraceEvent => {
    const { severity, title, what, advice, context, stack } = finding
    const lines = fixTexts(world, finding)
    const at = times.get(seqsOf(finding).at(-1) ?? 0) ?? 0
    const args = {
      severity,
      what,
      advice,
      ...(lines.length === 0 ? {} : { fix: lines.join('\n') }),
      ...lineArgs(world, stack),
      ...(reason === undefined ? {} : { muted: reason }),
    }
    const tid = (context === null ? undefined : tids.get(context)) ?? OF_ALL
    return { name: title, cat: 'problem', ph: 'i', ts: micros(at), pid: PROCESS, tid, s: 'p', args }
  }
  return [...findings.map((finding) => flag(finding)), ...muted.map(({ finding, mute }) => flag(finding, mute.reason))]
}

const seqsOf = ({ evidence }: Finding): number[] => evidence.map(({ seq }) => seq)

function slice(name: string, cat: string, from: number, to: number, tid: number, args: TraceEvent['args']): TraceEvent {
  const ts = micros(from)
  return { name, cat, ph: 'X', ts, dur: micros(to) - ts, pid: PROCESS, tid, ...(args === undefined ? {} : { args }) }
}

function lineArgs(world: World, stack: StackId | null): { line?: string } {
  const line = placeText(world.stacks, stack)
  return line === null ? {} : { line }
}

/** Times are hundredths of a millisecond; what a page claims may be anything. */
const micros = (millis: number): number => Math.max(0, Math.round(millis * 1000))
