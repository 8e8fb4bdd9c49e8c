// Serves the built demo, and the few things that it asks a server for.

import { join } from 'node:path'
import { setTimeout as moment } from 'node:timers/promises'
import { serve } from './serve.mjs'
import { root } from './steps.mjs'

const NAMES = ['Ada', 'Grace', 'Guido', 'Barbara', 'Edsger', 'Margaret']
/** No answer is later than this, whatever was asked for. */
const LATEST = 10_000

/** @param {string} folder the built demo */
export function serveDemo(folder = join(root, 'dist/demo')) {
  return serve({ '/': folder }, route)
}

/** @type {import('./serve.mjs').Route} */
function route(url, response) {
  const wait = Math.min(Number(url.searchParams.get('ms')) || 0, LATEST)
  const [, user] = /^\/api\/users\/(\d+)$/.exec(url.pathname) ?? []
  if (user !== undefined) {
    const id = Number(user)
    void answer(response, wait, { id, name: NAMES[id % NAMES.length] })
    return true
  }
  if (url.pathname === '/api/stream') {
    void stream(response, wait)
    return true
  }
  return false
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} wait
 * @param {unknown} body
 */
async function answer(response, wait, body) {
  await moment(wait)
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
}

/**
 * Three lines, one after the other.
 * @param {import('node:http').ServerResponse} response
 * @param {number} wait between two lines
 */
async function stream(response, wait) {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
  for (const part of [1, 2, 3]) {
    response.write(`${JSON.stringify({ part })}\n`)
    await moment(wait)
  }
  response.end()
}
