// What a recorder lends to the scripts that the panel brings when somebody needs them (`runtime/on-demand/`): no more than they cannot
// have otherwise, so that a page which is only recorded pays for a few references. They keep here what they have to find again.

import type { Context } from '../context/context'
import type { Runtime } from '../context/hook'
import type { Tap } from '../context/tap'
import type { ContextId } from '../protocol'
import type { ContextNote } from './note'
import type { preview } from './preview'

export interface Lent {
  readonly version: number
  readonly epoch: string
  /** What is recorded; nothing as long as the page has no runtime. */
  runtime?: Runtime
  /** What it announces to. Its functions may be replaced by others that call them. */
  tap?: Tap
  /** Told when there is one. */
  attached?: () => void
  /** A context that was told of, as long as it is there. */
  context(id: ContextId): Context | undefined
  /** What is remembered of it, and of one that was told of for the sake of another. A recorder of before does not lend it. */
  note?(id: ContextId): ContextNote | undefined
  /** Made of natives from before the page's own code. */
  readonly preview: typeof preview
  /** Contexts that are told beside those of the runtime, with numbers far behind these: the first of them, and the last by now. */
  beside?: { readonly first: ContextId; last(): ContextId }
  /** Left by the scripts: each answers a question in JSON with JSON. */
  breakOn?: (question: string) => string
  liveValues?: (question: string) => string
  outline?: (question: string) => string
}
