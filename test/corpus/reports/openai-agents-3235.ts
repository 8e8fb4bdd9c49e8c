// openai/openai-agents-python#3235: work fans out into tasks. A span is started by one of them and finished by another, which gathers what
// they found; the reset is refused there, and the error is dropped.

import { ContextVar, type Token } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const currentSpan = new ContextVar<string | null>('current_span', { default: null })

class Span {
  #token: Token<string | null> | undefined

  start() {
    this.#token = currentSpan.set('search')
  }

  finish() {
    try {
      if (this.#token !== undefined) currentSpan.reset(this.#token)
    } catch {
      // As there: the best that could be done.
    }
  }
}

const span = new Span()

async function search() {
  span.start()
  await sleep()
}

async function collect() {
  await sleep(10)
  span.finish()
}

export const asReported: Program = {
  run: () => gather(search, collect),
  finds: [
    {
      severity: 'error',
      rule: 'token-other-context',
      lines: [
        'run: () => gather(search, collect),',
        "this.#token = currentSpan.set('search')",
        'if (this.#token !== undefined) currentSpan.reset(this.#token)',
      ],
      says: 'came to a good end all the same',
    },
  ],
}

async function mendedRun() {
  const whole = new Span()
  whole.start()
  await gather(
    () => sleep(),
    () => sleep(10),
  )
  whole.finish()
}

export const mended: Program = { run: () => createTask(mendedRun).result, finds: [] }
