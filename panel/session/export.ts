// What a person takes along: which part of what is shown, in which form, and what of it is taken out. What leaves is told before it does.

import type { ContextId, Mute, Recording } from '../../runtime/protocol'
import { ALL, type Excerpt, type Part, recordingOf, recordingWithin } from '../model/excerpt'
import type { RuleId } from '../model/finding'
import { recordingText, toRecording } from '../model/recording-text'
import { redact } from '../model/redact'
import { type RedactionPreview, redactionPreview } from '../model/redaction-preview'
import { type RedactionText, readRules } from '../model/redaction-rules'
import { reportHtml } from '../model/report/html'
import { traceReport } from '../model/report/trace'
import { judge, rulesOnRequest } from '../model/rules'
import { Timeline } from '../model/timeline'

/**
 * - `json`: a recording, as text
 * - `gzip`: the same, gzipped
 * - `html`: the panel with the recording in it, in one file
 * - `trace`: for Perfetto and chrome://tracing
 */
export type ExportForm = 'json' | 'gzip' | 'html' | 'trace'

export { gzipped } from '../model/recording-file'
export { parseRules, type RedactionText } from '../model/redaction-rules'

export interface ExportRequest extends Part {
  form: ExportForm
  /** Characters of the recording, of which the oldest facts go first; null for no limit. */
  most: number | null
  rules: RedactionText
}

export interface ExportedFile {
  name: string
  type: string
  text: string
}

/** What would leave. */
export interface ExportPreview {
  facts: number
  contexts: number
  /** Variables whose values are in it. */
  variables: string[]
  /** Characters of the recording. */
  size: number
  cut: string | null
  redaction: RedactionPreview
}

/** What an export is made of. */
export interface Exported {
  timeline: Timeline
  page: Recording['page']
  mutes: readonly Mute[]
  /** The rules that are asked for on request. */
  also: readonly RuleId[]
  /** What was left out before, of a file that was opened. */
  cut: string | null
  toolVersion: string
  /** The panel as a page with places for a recording; null where there is none at hand. */
  reportPage: (() => Promise<string>) | null
}

/** What is made of a request: rules that are none are one sentence, and nothing leaves. */
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; error: string }

export const EVERYTHING: ExportRequest = { ...ALL, form: 'json', most: null, rules: { names: '', patterns: '' } }

const FORMS: Record<ExportForm, { ending: string; type: string }> = {
  json: { ending: '.ctxsnap.json', type: 'application/json' },
  gzip: { ending: '.ctxsnap.json.gz', type: 'application/gzip' },
  html: { ending: '.html', type: 'text/html' },
  trace: { ending: '.trace.json', type: 'application/json' },
}

export async function exportedFile(of: Exported, request: ExportRequest): Promise<Outcome<ExportedFile>> {
  const made = recordingFor(of, request)
  if (!made.ok) return made
  const { redacted, text } = made.value
  const { ending, type } = FORMS[request.form]
  const name = `${fileStem(of.page)}${ending}`
  switch (request.form) {
    case 'json':
    case 'gzip':
      return { ok: true, value: { name, type, text } }
    case 'html': {
      if (of.reportPage === null)
        return { ok: false, error: 'There is no page here that a recording could be put into.' }
      return { ok: true, value: { name, type, text: reportHtml(await of.reportPage(), redacted, of.also) } }
    }
    case 'trace': {
      const timeline = new Timeline()
      timeline.append(redacted.facts, redacted.stacks)
      return { ok: true, value: { name, type, text: traceReport(timeline, redacted.page, redacted.mutes, of.also) } }
    }
  }
}

export function exportPreview(of: Exported, request: ExportRequest): Outcome<ExportPreview> {
  const made = recordingFor(of, request)
  if (!made.ok) return made
  const { plain, redacted, text } = made.value
  return {
    ok: true,
    value: {
      ...countedIn(redacted),
      size: text.length,
      cut: redacted.options.cut ?? null,
      redaction: redactionPreview(plain, redacted),
    },
  }
}

function recordingFor(
  { timeline, page, mutes, cut, toolVersion }: Exported,
  { most, rules, ...part }: ExportRequest,
): Outcome<{ plain: Recording; redacted: Recording; text: string }> {
  const read = readRules(rules)
  if (!read.ok) return read
  const wanted = recordingOf(timeline, part)
  const known = mutesIn(wanted, mutes)
  const write = (excerpt: Excerpt) => {
    const cuts = [cut, excerpt.cut].filter((sentence) => sentence !== null)
    const told = { ...excerpt, cut: cuts.length === 0 ? null : cuts.join(' ') }
    const plain = toRecording(told, page, toolVersion, { redaction: null, mutes: known })
    const redacted = redact(plain, read.redaction)
    return { plain, redacted, text: recordingText(redacted) }
  }
  if (most === null) return { ok: true, value: write(wanted) }
  return { ok: true, value: write(recordingWithin(timeline, part, most, (one) => write(one).text).excerpt) }
}

const ON_REQUEST = rulesOnRequest.map(({ id }) => id)

/** What was muted elsewhere stays here: it names variables, lines and reasons of what does not leave. */
function mutesIn({ facts, stacks, cut }: Excerpt, mutes: readonly Mute[]): readonly Mute[] {
  if (cut === null || mutes.length === 0) return mutes
  const timeline = new Timeline()
  timeline.append(facts, stacks)
  const used = new Set(judge(timeline.head, { mutes, also: ON_REQUEST }).muted.map(({ mute }) => mute))
  return mutes.filter((mute) => used.has(mute))
}

function countedIn({ facts }: Recording): Pick<ExportPreview, 'facts' | 'contexts' | 'variables'> {
  const contexts = new Set<ContextId>()
  const names = new Map<number, string>()
  const held = new Set<number>()
  for (const fact of facts) {
    if (fact.type === 'context-created') contexts.add(fact.context)
    else if (fact.type === 'var-created') names.set(fact.variable, fact.name)
    else if (fact.type === 'var-set') held.add(fact.variable)
    else if (fact.type === 'census') {
      for (const { variable, name } of fact.variables) names.set(variable, name)
      for (const { context, entries } of fact.contexts) {
        contexts.add(context)
        for (const { variable } of entries) held.add(variable)
      }
    }
  }
  const variables = [...new Set([...held].flatMap((variable) => names.get(variable) ?? []))].sort()
  return { facts: facts.length, contexts: contexts.size, variables }
}

/** `127.0.0.1-2026-03-01T12-30-00` */
function fileStem({ url, exported }: Recording['page']): string {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return `${host || 'contextvars'}-${exported.slice(0, 19).replaceAll(':', '-')}`
}
