// modern-python/that-depends#93: one object is the context manager of all requests and keeps the token in a field of itself. Of two that
// overlap, the first to leave resets with the token of the other.

import { ContextVar, type Token } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const container = new ContextVar<string>('CONTAINER_CONTEXT')

class ContainerContext {
  #token: Token<string> | undefined

  enter(name: string) {
    this.#token = container.set(name)
  }

  exit() {
    if (this.#token !== undefined) container.reset(this.#token)
  }
}

const shared = new ContainerContext()

const request = (name: string, delay: number) => async () => {
  shared.enter(name)
  await sleep(delay)
  shared.exit()
}

export const asReported: Program = {
  run: () =>
    refused(
      () => createTask(() => gather(request('first', 0), request('second', 20))).result,
      /different Context/,
    ).then(() => sleep(40)),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        "() => createTask(() => gather(request('first', 0), request('second', 20))).result,",
        'this.#token = container.set(name)',
        'if (this.#token !== undefined) container.reset(this.#token)',
      ],
      says: 'which do not see each other’s values',
    },
    { severity: 'info', rule: 'forgotten-reset', lines: ['this.#token = container.set(name)'] },
  ],
}

const mendedRequest = (name: string, delay: number) => async () => {
  const own = new ContainerContext()
  own.enter(name)
  await sleep(delay)
  own.exit()
}

export const mended: Program = {
  run: () => gather(mendedRequest('first', 0), mendedRequest('second', 20)),
  finds: [],
}
