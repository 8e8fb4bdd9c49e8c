// A crawler: groups of tasks, in which each page knows its depth and its way, one that fails ends the group, and another is tried again.

import { ContextVar } from 'contextvars-devtools'
import { createTask, TaskGroup } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

const way = new ContextVar<readonly string[]>('way', { default: [] })
const visited = new ContextVar<Set<string>>('visited')
const budget = new ContextVar<{ left: number }>('budget')

const site: Record<string, string[]> = {
  '/': ['/tea', '/milk', '/about'],
  '/tea': ['/green', '/black', '/'],
  '/milk': ['/oat'],
  '/black': ['/broken'],
}

async function fetchLinks(path: string, signal: AbortSignal): Promise<string[]> {
  await sleep(path.length % 3)
  signal.throwIfAborted()
  if (path === '/broken') throw new Error(`404 on the way ${way.get().join(' ')}`)
  return site[path] ?? []
}

const found: string[] = []

async function crawl(path: string, signal: AbortSignal): Promise<void> {
  const seen = visited.get()
  const rest = budget.get()
  if (seen.has(path) || rest.left === 0) return
  seen.add(path)
  rest.left--
  using _ = way.set([...way.get(), path])
  const links = await fetchLinks(path, signal)
  found.push(way.get().join(' '))
  await crawlAll(links, signal)
}

async function crawlAll(links: string[], outer: AbortSignal): Promise<void> {
  await using group = new TaskGroup()
  const signal = AbortSignal.any([outer, group.signal])
  for (const link of links) group.createTask(() => crawl(link, signal), { name: link })
}

async function pages(limit: number, from = '/'): Promise<string[]> {
  using _seen = visited.set(new Set())
  using _budget = budget.set({ left: limit })
  found.length = 0
  await crawl(from, new AbortController().signal)
  return [...found].sort()
}

/** Errors of groups within groups, flat; who was ended by another says the same. */
function* reasons(error: unknown): Generator<string> {
  if (error instanceof AggregateError) for (const one of error.errors) yield* reasons(one)
  else yield error instanceof Error ? error.message : String(error)
}

async function careful(): Promise<string[]> {
  try {
    return await pages(100)
  } catch (error) {
    return [...new Set(reasons(error))]
  }
}

async function first(paths: string[]): Promise<string> {
  let winner = ''
  const won = new Error('somebody won')
  await using group = new TaskGroup()
  for (const path of paths) {
    group.createTask(async () => {
      using _ = way.set([path])
      await fetchLinks(path, group.signal)
      winner ||= way.get().join()
      group.abort(won)
    })
  }
  await group.join()
  return winner
}

export const program: Program = {
  async run() {
    const small = await createTask(() => pages(4)).result
    const whole = await createTask(careful).result
    const milk = await pages(100, '/milk')
    const winner = await first(['/aa', '/bbb', '/'])
    return { small, whole, milk, winner }
  },
  comesTo: {
    small: ['/', '/ /about', '/ /milk', '/ /tea'],
    whole: ['404 on the way / /tea /black /broken'],
    milk: ['/milk', '/milk /oat'],
    winner: '/aa',
  },
}
