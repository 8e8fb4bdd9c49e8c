// open-telemetry/opentelemetry-python-contrib#3937: where a response is streamed, the request is torn down twice, after the handler and
// after the last piece, with the one token that the request has: "has already been used once".

import { ContextVar, type Token } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, refused, sleep } from '../program'

const currentContext = new ContextVar('current_context', { default: 'none' })

async function streamedResponse() {
  const environ = { token: currentContext.set('GET /chat') }
  const teardown = () => {
    currentContext.reset(environ.token)
  }
  const body = new ReadableStream<string>({ start: (pieces) => pieces.close() })
  teardown()
  for await (const _piece of body);
  teardown()
}

export const asReported: Program = {
  run: () => refused(() => createTask(streamedResponse).result, /already been used once/),
  finds: [
    {
      severity: 'error',
      rule: 'token-used-twice',
      lines: [
        "const environ = { token: currentContext.set('GET /chat') }",
        'currentContext.reset(environ.token)',
        'currentContext.reset(environ.token)',
      ],
    },
  ],
}

async function mendedResponse() {
  const environ: { token?: Token<string> } = { token: currentContext.set('GET /chat') }
  const teardown = () => {
    if (environ.token !== undefined) currentContext.reset(environ.token)
    delete environ.token
  }
  teardown()
  await sleep()
  teardown()
}

export const mended: Program = { run: () => createTask(mendedResponse).result, finds: [] }
