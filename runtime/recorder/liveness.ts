// The garbage collector's word: which unused tokens and which contexts are gone. Ids only; nothing here keeps anything alive.
//
// A context is gone with its note. What was copied from it and is not announced yet names that note, and will name the context: as
// long as that may be, a reader has to know what it held.

import type { Context } from '../context/context'
import type { Token } from '../context/token'
import type { ContextId, TokenId } from '../protocol'
import { NativeFinalizationRegistry, NativeWeakRef } from './natives'
import type { ContextNote } from './note'

/** Tokens that wait to be used before they are shown to the collector. */
const NEWEST = 16

export class Liveness {
  /** Null where it was announced for the sake of another one. */
  readonly #contexts = new Map<ContextId, WeakRef<Context> | null>()
  readonly #notes = new Map<ContextId, WeakRef<ContextNote>>()
  readonly #open = new Set<TokenId>()
  /** In turn. The only things of the page that are held, few, and no longer than until somebody asks. */
  readonly #newest: (Token<unknown> | undefined)[] = new Array(NEWEST).fill(undefined)
  #next = 0
  readonly #contextRegistry: FinalizationRegistry<ContextId>
  readonly #tokenRegistry: FinalizationRegistry<TokenId>

  constructor(gone: { context(id: ContextId): void; token(id: TokenId): void }) {
    this.#contextRegistry = new NativeFinalizationRegistry((id) => {
      this.#notes.delete(id)
      if (this.#contexts.delete(id)) gone.context(id)
    })
    this.#tokenRegistry = new NativeFinalizationRegistry((id) => {
      if (this.#open.delete(id)) gone.token(id)
    })
  }

  get contextCount(): number {
    return this.#contexts.size
  }

  get tokenCount(): number {
    return this.#open.size
  }

  /** It was announced: a reader wants to know when it goes. */
  watch(note: ContextNote): void {
    this.#contexts.set(note.id, null)
    this.#notes.set(note.id, new NativeWeakRef(note))
    this.#contextRegistry.register(note, note.id)
  }

  /** It is asked what it holds as long as it is there. */
  know(context: Context, id: ContextId): void {
    this.#contexts.set(id, new NativeWeakRef(context))
  }

  /**
   * Most tokens are used soon after they were made, and may go unnoticed: only one that is not, when it is no longer among the
   * newest, is shown to the collector, which makes more work of it than all the rest of a set does.
   */
  watchToken(token: Token<unknown>): void {
    const older = this.#newest[this.#next]
    this.#newest[this.#next] = token
    this.#next = (this.#next + 1) % NEWEST
    if (older !== undefined) this.#showToken(older)
  }

  tokenUsed(id: TokenId): void {
    if (this.#open.size > 0) this.#open.delete(id)
  }

  /** Holds none of the newest tokens any longer. */
  letGo(): void {
    for (const token of this.#newest) if (token !== undefined) this.#showToken(token)
    this.#newest.fill(undefined)
  }

  #showToken(token: Token<unknown>): void {
    if (token.used) return
    const id = token.id as TokenId
    this.#open.add(id)
    this.#tokenRegistry.register(token, id)
  }

  /** One that is known and still there. */
  context(id: ContextId | null): Context | undefined {
    return this.#contexts.get(id as ContextId)?.deref()
  }

  /** That of one that was announced and is still there. */
  note(id: ContextId | null): ContextNote | undefined {
    return this.#notes.get(id as ContextId)?.deref()
  }

  /** The contexts that are known and still there. */
  *contexts(): IterableIterator<Context> {
    for (const reference of this.#contexts.values()) {
      const context = reference?.deref()
      if (context !== undefined) yield context
    }
  }
}
