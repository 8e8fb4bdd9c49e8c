// pallets/werkzeug#2436: variables that are made in a constructor pile up in every context that they are set in, and none finds what another
// one was set to. They belong to the top of a module.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import type { Program } from '../program'

class Local {
  readonly #storage = new ContextVar<string>('local')

  keep(value: string) {
    const token = this.#storage.set(value)
    this.#storage.reset(token)
  }
}

const request = () => new Local().keep('session')

const requests = (count: number) => async () => {
  for (let n = 0; n < count; n++) await createTask(request).result
}

export const asReported: Program = {
  run: requests(20),
  finds: [
    {
      severity: 'info',
      rule: 'variable-made-again',
      lines: ["readonly #storage = new ContextVar<string>('local')"],
    },
  ],
}

const storage = new ContextVar<string>('local')

export const mended: Program = {
  run: async () => {
    for (let n = 0; n < 20; n++) {
      await createTask(() => {
        const token = storage.set('session')
        storage.reset(token)
      }).result
    }
  },
  finds: [],
}
