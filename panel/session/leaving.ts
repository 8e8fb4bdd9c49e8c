// What leaves the desk of what is shown: as a file, as a report, as a test, as text to paste. In each of them secrets are taken out.

import type { ContextId, Recording, StackId } from '../../runtime/protocol'
import type { Finding, RuleId } from '../model/finding'
import { plainText } from '../model/recording'
import { toRecording } from '../model/recording-text'
import { veilOf } from '../model/redact'
import { parseRules, type ReadRules, readRules } from '../model/redaction-rules'
import { type ContextForm, contextText } from '../model/report/context-text'
import { reportMarkdown } from '../model/report/markdown'
import { positionText, stackText } from '../model/selectors/frames'
import {
  type Exported,
  type ExportedFile,
  type ExportPreview,
  type ExportRequest,
  exportedFile,
  exportPreview,
  type Outcome,
} from './export'
import { closedFeed } from './feed'
import type { Asking } from './judging'
import type { Shelf } from './kept-mutes'
import { type Language, reproduced } from './reproduce'
import { newestFeed, type SessionState, shownFeed } from './state'
import type { Store } from './store'

export interface Leaving {
  /** What is shown, or a part of it, as a file that opens again elsewhere. */
  export(request: ExportRequest): Promise<Outcome<ExportedFile>>
  /** What that file would hold, and what is taken out of it. */
  previewExport(request: ExportRequest): Promise<Outcome<ExportPreview>>
  /** A test that makes a problem again, or why there is none. What is a secret is none of it. */
  reproduce(finding: Finding, language: Language): Outcome<string>
  /** What is shown, as Markdown for a bug report. */
  report(): Promise<Outcome<string>>
  /** A context of what is shown, at the moment that is shown, as text to paste. */
  contextText(context: ContextId, form: ContextForm): Outcome<string>
  /** A call stack, as engines write it; or the position of one of its frames, counted from the innermost. */
  stackText(stack: StackId, frame?: 'all' | number): Outcome<string>
}

/** What is to be known of the place for that. */
export interface LeavingPlace {
  toolVersion: string
  /** Which one the page is recorded in, in words. */
  readonly browser?: string | null
  describePage(): Promise<{ url: string; title: string }>
  /** The panel as a page with places for a recording, where it is at hand. */
  readonly reportPage?: (() => Promise<string>) | null
  /** How pages are to be recorded. */
  readonly recording?: Pick<Asking, 'settings'>
  /** Keeps what this person wants taken out of what leaves. */
  readonly redaction?: Shelf
}

/** To who reads it elsewhere, a text of forty characters would look as if there were no more. */
const SMALL_PICTURES =
  'Values are recorded as small pictures: the rest of long texts and of large objects was left out.'

/** `also` are the rules that are asked for on request. */
export function createLeaving(
  store: Store<SessionState>,
  place: LeavingPlace,
  also: () => readonly RuleId[] = () => [],
): Leaving {
  async function shownPage(): Promise<Recording['page']> {
    const { file, frames, kept, document } = store.state
    const other = [...frames, ...kept].find(({ key }) => key === document)
    const exported = new Date().toISOString()
    if (file !== null) return { ...file.page, exported }
    const { url, title } = other === undefined ? await describe(place) : { url: other.url, title: '' }
    return { url, title, exported, ...(place.browser ? { browser: place.browser } : {}) }
  }

  async function shown(): Promise<Exported> {
    const { timeline, judgement, held } = newestFeed(store.state)
    // Not those of other pages.
    const mutes = [...new Set(judgement.muted.map(({ mute }) => mute))]
    // Before the page is waited for: something else may be shown then.
    const isSmall = held?.state === 'wanted' && place.recording?.settings?.previews === 'small'
    const cut = store.state.file?.cut ?? (isSmall ? SMALL_PICTURES : null)
    const { toolVersion, reportPage = null } = place
    return { timeline, page: await shownPage(), mutes, also: also(), cut, toolVersion, reportPage }
  }

  /** What this person wants taken out, beside what always is. Where that cannot be, nothing leaves, and it is said where to mend it. */
  function rules(): ReadRules {
    const read = readRules(parseRules(place.redaction?.read() ?? null))
    return read.ok ? read : { ok: false, error: `Not copied. ${read.error} Mend it in Export, under “Take out more”.` }
  }

  return {
    export: async (request) => exportedFile(await shown(), request),
    previewExport: async (request) => exportPreview(await shown(), request),
    reproduce(finding, language) {
      const asked = rules()
      return asked.ok ? reproduced(shownFeed(store.state).timeline, finding, language, asked.redaction) : asked
    },
    async report() {
      const asked = rules()
      if (!asked.ok) return asked
      const { timeline, page, mutes, toolVersion } = await shown()
      const recording = toRecording(timeline, page, toolVersion, { mutes, redaction: asked.redaction })
      const { timeline: redacted } = await closedFeed(recording)
      return { ok: true, value: reportMarkdown(redacted.head, recording, also()) }
    },
    contextText(context, form) {
      const asked = rules()
      if (!asked.ok) return asked
      const { world, outline } = shownFeed(store.state)
      if (outline !== null) return { ok: false, error: 'Not copied: what it holds is still being read.' }
      const text = contextText(world, context, form, veilOf(asked.redaction))
      return text === null ? { ok: false, error: 'This context is there no more.' } : { ok: true, value: text }
    },
    stackText(stack, frame = 'all') {
      const asked = rules()
      if (!asked.ok) return asked
      const frames = shownFeed(store.state).timeline.stacks[stack]
      if (frames === undefined) return { ok: false, error: 'This call stack is there no more.' }
      const told = veilOf(asked.redaction).frames(frames)
      return { ok: true, value: frame === 'all' ? stackText(told) : positionText(told[frame]) }
    },
  }
}

/** A page that hangs must not keep its recording from being saved. */
const PATIENCE = 1000

async function describe(place: LeavingPlace): Promise<{ url: string; title: string }> {
  const unknown = { url: '', title: '' }
  const tooLate = new Promise<typeof unknown>((resolve) => setTimeout(resolve, PATIENCE, unknown))
  const { url, title } = await Promise.race([place.describePage().catch(() => unknown), tooLate])
  return { url: plainText(url), title: plainText(title) }
}
