// jaseci-labs/jac#6622: a server pulls a streaming answer out of a generator piece by piece, each by a worker of a pool; the `finally` of
// the generator runs in another context than its first line.

import { ContextVar, copyContext } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const invocation = new ContextVar<number | null>('current_invocation_id', { default: null })

function* wrapped() {
  const token = invocation.set(1)
  try {
    yield 'data: piece'
  } finally {
    invocation.reset(token)
  }
}

async function server(pieces: Generator<string, void>, advance: () => typeof pieces.next) {
  for (;;) {
    await sleep()
    const { done } = advance()()
    if (done === true) return
  }
}

export const asReported: Program = {
  run: () => {
    const pieces = wrapped()
    const inAnyWorker = () => () => copyContext().run(() => pieces.next())
    return refused(() => createTask(() => server(pieces, inAnyWorker)).result, /different Context/)
  },
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        'const token = invocation.set(1)',
        'const inAnyWorker = () => () => copyContext().run(() => pieces.next())',
        'invocation.reset(token)',
      ],
      says: 'which do not see each other’s values',
    },
  ],
}

export const mended: Program = {
  run: () => {
    const pieces = wrapped()
    const own = copyContext()
    const inItsOwn = () => () => own.run(() => pieces.next())
    return createTask(() => server(pieces, inItsOwn)).result
  },
  finds: [],
}
