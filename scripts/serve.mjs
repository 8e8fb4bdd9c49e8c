// A small static server on this machine, for the demo and for the pages of the tests.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
}

/**
 * @typedef {(url: URL, response: import('node:http').ServerResponse) => boolean} Route answers true when the request was its
 */

/**
 * Serves folders. A folder may hold a `headers.json`, whose headers go out with each file in it: a strict policy is then there
 * to be read beside the page that it is about.
 * @param {Record<string, string>} mounts from a path that ends in a slash to a folder; the first that fits is taken
 * @param {Route} [route] asked first
 * @returns {Promise<{ origin: string, close(): Promise<void> }>}
 */
export async function serve(mounts, route = () => false) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (route(url, response)) return
    const [mount, folder] = Object.entries(mounts).find(([path]) => url.pathname.startsWith(path)) ?? []
    if (mount === undefined || folder === undefined) return void response.writeHead(404).end()
    // The URL's parser has resolved every `..` by now.
    const path = normalize(decodeURIComponent(url.pathname.slice(mount.length)))
    const file = join(folder, path.endsWith('/') || path === '.' ? join(path, 'index.html') : path)
    try {
      const body = await readFile(file)
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      response
        .writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...(await headersBeside(file)) })
        .end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve(undefined)))
    },
  }
}

/** @param {string} file */
async function headersBeside(file) {
  const text = await readFile(join(dirname(file), 'headers.json'), 'utf8').catch(() => '{}')
  return JSON.parse(text)
}
