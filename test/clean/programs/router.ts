// A router: a navigation is a task with its own signal and parameters; a newer one aborts it; loaders of the outer and the inner route
// run together; guards redirect.

import { ContextVar } from 'contextvars-devtools'
import { createTask, gather, type Task } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

interface Navigation {
  path: string
  signal: AbortSignal
}

const navigation = new ContextVar<Navigation>('navigation')
const params = new ContextVar<Record<string, string>>('params', { default: {} })
const shown: string[] = []

/** Of the browser, as far as this needs it. */
async function fetchText(url: string, delay: number): Promise<string> {
  const { signal } = navigation.get()
  await sleep(delay)
  signal.throwIfAborted()
  return `${url}?by=${navigation.get().path}`
}

class Redirect extends Error {
  constructor(readonly to: string) {
    super(`redirect to ${to}`)
  }
}

interface Route {
  pattern: RegExp
  guard?: () => Promise<void>
  load: () => Promise<string>
}

const routes: Route[] = [
  { pattern: /^\/$/, load: async () => 'home' },
  { pattern: /^\/users\/(?<user>\w+)$/, load: () => fetchText(`user/${params.get().user}`, 2) },
  { pattern: /^\/slow\/(?<what>\w+)$/, load: () => fetchText(`slow/${params.get().what}`, 30) },
  {
    pattern: /^\/admin$/,
    async guard() {
      await sleep()
      throw new Redirect('/users/guest')
    },
    load: async () => 'never',
  },
]

async function frame(): Promise<string> {
  await sleep()
  navigation.get().signal.throwIfAborted()
  return `frame of ${navigation.get().path}`
}

class Router {
  #controller: AbortController | null = null
  #current: Task<string> | null = null

  go(path: string): Task<string> {
    this.#controller?.abort(new DOMException('superseded', 'AbortError'))
    const controller = new AbortController()
    this.#controller = controller
    this.#current = createTask(() => this.#navigate({ path, signal: controller.signal }), { name: `go ${path}` })
    return this.#current
  }

  async #navigate(to: Navigation): Promise<string> {
    // For all that this task does: nobody else sees it.
    navigation.set(to)
    const stopped = () => shown.push(`stopped ${navigation.get().path}`)
    to.signal.addEventListener('abort', stopped)
    try {
      const text = await this.#render(to.path)
      shown.push(text)
      return text
    } catch (error) {
      if (error instanceof Redirect) return this.#redirected(error.to)
      if (to.signal.aborted) return 'superseded'
      throw error
    } finally {
      to.signal.removeEventListener('abort', stopped)
    }
  }

  #redirected(to: string): Promise<string> {
    return this.go(to).result
  }

  async #render(path: string): Promise<string> {
    for (const { pattern, guard, load } of routes) {
      const found = pattern.exec(path)
      if (found === null) continue
      using _ = params.set({ ...found.groups })
      await guard?.()
      const [outer, inner] = await gather(frame, load)
      return `${outer}: ${inner}`
    }
    return 'not found'
  }
}

export const program: Program = {
  async run() {
    const router = new Router()
    const results = [await router.go('/').result]
    const slow = router.go('/slow/page')
    await sleep(3)
    const quick = router.go('/users/ada')
    results.push(await slow.result, await quick.result)
    results.push(await router.go('/admin').result, await router.go('/nothing').result)
    return { results, shown }
  },
  setsForGood: ['navigation'],
  comesTo: {
    results: [
      'frame of /: home',
      'superseded',
      'frame of /users/ada: user/ada?by=/users/ada',
      'frame of /users/guest: user/guest?by=/users/guest',
      'not found',
    ],
    shown: [
      'frame of /: home',
      'stopped /slow/page',
      'frame of /users/ada: user/ada?by=/users/ada',
      'stopped /admin',
      'frame of /users/guest: user/guest?by=/users/guest',
      'not found',
    ],
  },
}
