// A request handler: middleware that each set one thing around the rest, routes that read them, an error page at the outside.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface Request {
  path: string
  headers: Record<string, string>
}
interface Response {
  status: number
  body: string
}
type Handler = (request: Request) => Promise<Response>
type Middleware = (request: Request, next: Handler) => Promise<Response>

interface User {
  name: string
  isAdmin: boolean
}

const requestId = new ContextVar<string>('requestId')
const currentUser = new ContextVar<User | null>('currentUser', { default: null })
const language = new ContextVar('language', { default: 'en' })
const timings = new ContextVar<Map<string, number>>('timings')

const log: string[] = []
const note = (text: string) => log.push(`${requestId.get('-')} ${currentUser.get()?.name ?? 'guest'}: ${text}`)

let requests = 0
const withRequestId: Middleware = async (request, next) => {
  const token = requestId.set(request.headers['x-request-id'] ?? `r${++requests}`)
  try {
    return await next(request)
  } finally {
    requestId.reset(token)
  }
}

const withTimings: Middleware = async (request, next) => {
  const token = timings.set(new Map())
  try {
    const response = await next(request)
    note(`took ${[...timings.get().keys()].join(', ') || 'nothing'}`)
    return response
  } finally {
    timings.reset(token)
  }
}

const errorPage: Middleware = async (request, next) => {
  try {
    return await next(request)
  } catch (error) {
    note(`failed: ${error}`)
    return { status: 500, body: `Sorry. (${requestId.get()})` }
  }
}

const withLanguage: Middleware = async (request, next) => {
  const wanted = request.headers['accept-language']?.split(',')[0]
  if (wanted === undefined) return next(request)
  using _ = language.set(wanted)
  return await next(request)
}

const sessions: Record<string, User> = {
  a: { name: 'Ada', isAdmin: true },
  b: { name: 'Bob', isAdmin: false },
}

const authenticated: Middleware = async (request, next) => {
  await sleep()
  const user = sessions[request.headers.cookie ?? '']
  if (user === undefined) return { status: 401, body: 'Who are you?' }
  const token = currentUser.set(user)
  try {
    return await next(request)
  } finally {
    currentUser.reset(token)
  }
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now()
  try {
    return await work()
  } finally {
    timings.get().set(what, performance.now() - begun)
  }
}

const orders = async () => {
  await sleep(10)
  return [`tea of ${currentUser.get()?.name}`]
}
const greeting = async () => {
  await sleep()
  return language.get() === 'de' ? 'Hallo' : 'Hello'
}

const routes: Record<string, Handler> = {
  async '/orders'() {
    const [words, list] = await gather(
      () => timed('greeting', greeting),
      () => timed('orders', orders),
    )
    note(`has ${list.length} order`)
    return { status: 200, body: `${words} ${currentUser.get()?.name}: ${list}` }
  },
  async '/admin'() {
    if (currentUser.get()?.isAdmin !== true) return { status: 403, body: 'No.' }
    await timed('purge', () => sleep())
    return { status: 200, body: 'purged' }
  },
  async '/broken'() {
    await timed('half', () => sleep())
    throw new Error('out of tea')
  },
}

const notFound: Response = { status: 404, body: 'Nothing here' }
const route: Handler = (request) => routes[request.path]?.(request) ?? Promise.resolve(notFound)

const chain = [withRequestId, withTimings, errorPage, withLanguage, authenticated].reduceRight<Handler>(
  (next, middleware) => (request) => middleware(request, next),
  route,
)

/** As a server does: a task for each request. */
const serve = (path: string, headers: Request['headers']) =>
  createTask(() => chain({ path, headers }), { name: `GET ${path}` }).result

export const program: Program = {
  async run() {
    const responses = await Promise.all([
      serve('/orders', { cookie: 'a', 'accept-language': 'de,en' }),
      serve('/orders', { cookie: 'b' }),
      serve('/admin', { cookie: 'b' }),
      serve('/admin', { cookie: 'a' }),
      serve('/broken', { cookie: 'b', 'x-request-id': 'trace-7' }),
      serve('/orders', {}),
      serve('/nowhere', { cookie: 'a' }),
    ])
    return responses.map(({ status, body }) => `${status} ${body}`)
  },
  comesTo: [
    '200 Hallo Ada: tea of Ada',
    '200 Hello Bob: tea of Bob',
    '403 No.',
    '200 purged',
    '500 Sorry. (trace-7)',
    '401 Who are you?',
    '404 Nothing here',
  ],
}
