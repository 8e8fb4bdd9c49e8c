// melvinkcx/fastapi-events#5: a middleware keeps the token of its request in a field, and requests overlap. Where they have contexts of
// their own, one resets with the token of another's; where they have none, two of them use the same token.

import { ContextVar, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const eventStore = new ContextVar<string[]>('fastapi_context')

class Middleware {
  #token: Token<string[]> | undefined

  async call(time: number) {
    this.#token = eventStore.set([])
    await sleep(time)
    if (this.#token !== undefined) eventStore.reset(this.#token)
  }
}

export const asReported: Program = {
  run: async () => {
    const middleware = new Middleware()
    const first = middleware.call(0)
    await refused(() => middleware.call(20), /already been used once/)
    await first
    await createTask(() => eventStore.get()).result
  },
  finds: [
    {
      severity: 'error',
      rule: 'token-used-twice',
      lines: [
        'this.#token = eventStore.set([])',
        'if (this.#token !== undefined) eventStore.reset(this.#token)',
        'if (this.#token !== undefined) eventStore.reset(this.#token)',
      ],
    },
    {
      severity: 'warning',
      rule: 'forgotten-reset',
      lines: ['this.#token = eventStore.set([])', 'await createTask(() => eventStore.get()).result'],
    },
  ],
}

export const mended: Program = {
  run: () => Promise.all([0, 20].map((time) => createTask(() => new Middleware().call(time)).result)),
  finds: [],
}
