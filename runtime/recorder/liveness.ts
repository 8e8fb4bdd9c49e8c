// The garbage collector's word: which unused tokens and which contexts are gone. Ids only; nothing here keeps anything alive.

import type { Context } from '../context/context'
import type { Token } from '../context/token'
import type { ContextId, TokenId } from '../protocol'
import { NativeFinalizationRegistry, NativeWeakRef } from './natives'

export class Liveness {
  readonly #contexts = new Map<ContextId, WeakRef<Context>>()
  readonly #open = new Set<TokenId>()
  readonly #contextRegistry: FinalizationRegistry<ContextId>
  readonly #tokenRegistry: FinalizationRegistry<TokenId>

  constructor(gone: { context(id: ContextId): void; token(id: TokenId): void }) {
    this.#contextRegistry = new NativeFinalizationRegistry((id) => {
      if (this.#contexts.delete(id)) gone.context(id)
    })
    this.#tokenRegistry = new NativeFinalizationRegistry((id) => {
      if (this.#open.delete(id)) gone.token(id)
    })
  }

  watchContext(context: Context, id: ContextId): void {
    this.#contexts.set(id, new NativeWeakRef(context))
    this.#contextRegistry.register(context, id)
  }

  watchToken(token: Token<unknown>, id: TokenId): void {
    this.#open.add(id)
    this.#tokenRegistry.register(token, id)
  }

  /** A used token may go unnoticed. */
  tokenUsed(id: TokenId): void {
    this.#open.delete(id)
  }

  /** The announced contexts that are still there. */
  *contexts(): IterableIterator<Context> {
    for (const reference of this.#contexts.values()) {
      const context = reference.deref()
      if (context !== undefined) yield context
    }
  }
}
