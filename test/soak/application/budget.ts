// The application: Actual (https://actualbudget.org), a budget of one's own, which nobody here wrote. It is taken from npm as it is
// published, built and minified, in native `async` functions, with a worker that has the database, and with the demo that it brings.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { build } from 'vite'
import { type Route, serve } from '../../../scripts/serve.mjs'
import { npm, root } from '../../../scripts/steps.mjs'
import { packageIn } from '../../e2e/harness/bundle'
import { output } from '../../e2e/harness/journey'

const PUBLISHED = '@actual-app/web@26.9.0'

/** As its own servers send it (`_headers` of the package), but that it may ask no other machine for anything. */
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'content-security-policy': [
    "default-src 'self' blob:",
    "img-src 'self' blob: data:",
    "script-src 'self' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "connect-src 'self'",
  ].join('; '),
}

/** Gets it, and answers the folder. */
export async function getBudget(): Promise<string> {
  const folder = join(output, 'applications', PUBLISHED.replace('/', '-'))
  await mkdir(folder, { recursive: true })
  await npm('install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', PUBLISHED)
  const built = join(folder, 'node_modules/@actual-app/web/build')
  const entries = await readdir(built, { recursive: true, withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name))
  for (const each of [built, ...folders]) await writeFile(join(each, 'headers.json'), JSON.stringify(HEADERS))
  return built
}

/** The one script that is put in front of the application's own, built as applications build theirs. */
export async function buildTracing(dist: string): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: packageIn(dist) },
    build: {
      write: false,
      target: 'esnext',
      rolldownOptions: { input: join(root, 'test/pages/application/tracing.ts'), output: { format: 'iife' } },
    },
  })
  const [chunk] = 'output' in result ? result.output : []
  if (chunk?.type !== 'chunk') throw new Error('The script was not built.')
  return chunk.code
}

export interface Served {
  origin: string
  /** The spans that came to the collector. */
  spans: { name: string; id: string; parent?: string }[]
  close(): Promise<void>
}

/** Serves it on an origin of its own, traced or as it was published. */
export async function serveBudget(built: string, tracing: string | null): Promise<Served> {
  const published = await readFile(join(built, 'index.html'), 'utf8')
  const document =
    tracing === null ? published : published.replace('<head>', '<head><script src="/tracing.js"></script>')
  const spans: Served['spans'] = []
  const route: Route = ({ pathname }, response) => {
    if (pathname === '/v1/traces') {
      let body = ''
      response.req.on('data', (data) => {
        body += data
      })
      response.req.on('end', () => {
        spans.push(...JSON.parse(body))
        response.writeHead(200).end()
      })
    } else if (pathname === '/tracing.js') {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/javascript' }).end(tracing)
    } else if (extname(pathname) === '' || pathname === '/index.html') {
      // The second is what its service worker fetches, and answers every load with from then on.
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' }).end(document)
    } else return false
    return true
  }
  return { spans, ...(await serve({ '/': built }, route)) }
}
