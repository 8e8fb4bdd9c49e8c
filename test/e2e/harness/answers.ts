// What pages ask a server for: an answer that says what was asked, late and with a status as asked; and lines, one by one.

import type { ServerResponse } from 'node:http'
import { setTimeout as moment } from 'node:timers/promises'
import type { Route } from '../../../scripts/serve.mjs'

/** `/api/answer?ms=5&status=503&…` and `/api/lines?count=3&ms=5`. */
export const answers: Route = (url, response) => {
  const asked = Object.fromEntries(url.searchParams)
  if (url.pathname === '/api/answer') void answer(response, asked)
  else if (url.pathname === '/api/lines') void lines(response, asked)
  else return false
  return true
}

type Asked = Record<string, string>

async function answer(response: ServerResponse, { ms = '0', status = '200', ...rest }: Asked): Promise<void> {
  await moment(Number(ms))
  response.writeHead(Number(status), { 'content-type': 'application/json' }).end(JSON.stringify(rest))
}

async function lines(response: ServerResponse, { ms = '0', count = '1' }: Asked): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  for (let part = 1; part <= Number(count); part++) {
    response.write(`${JSON.stringify({ part })}\n`)
    await moment(Number(ms))
  }
  response.end()
}
