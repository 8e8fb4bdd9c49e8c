// A search box: what is typed is waited for, what is scrolled is throttled, an answer that comes too late is dropped, and the statistics
// know which search a click belongs to.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, STEP, sleep } from '../program'

const query = new ContextVar<{ id: number; text: string } | null>('query', { default: null })
const origin = new ContextVar<string>('origin', { default: 'page' })

function debounced<A extends unknown[]>(work: (...args: A) => void, delay: number): (...args: A) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...args) => {
    clearTimeout(timer)
    timer = setTimeout(work, delay, ...args)
  }
}

function throttled<A extends unknown[]>(work: (...args: A) => void, delay: number): (...args: A) => void {
  let isQuiet = false
  return (...args) => {
    if (isQuiet) return
    isQuiet = true
    work(...args)
    setTimeout(() => {
      isQuiet = false
    }, delay)
  }
}

class Input extends EventTarget {
  value = ''
  type(text: string): void {
    this.value = text
    this.dispatchEvent(new Event('input'))
  }
}

const statistics: string[] = []
const count = (what: string) => statistics.push(`${what} (${query.get()?.text ?? 'no search'}, ${origin.get()})`)

const cache = new Map<string, Promise<string[]>>()

function found(text: string): Promise<string[]> {
  const known = cache.get(text)
  if (known !== undefined) return known
  const answer = (async () => {
    await sleep(text.length)
    count('asked')
    return [`${text}s`, `${text} pot`]
  })()
  cache.set(text, answer)
  return answer
}

class SearchBox {
  #searches = 0
  results: string[] = []
  readonly #input: Input
  readonly #list = new EventTarget()

  constructor(input: Input) {
    this.#input = input
    input.addEventListener(
      'input',
      debounced(() => createTask(() => this.#search(input.value), { name: 'search' }), 4 * STEP),
    )
    this.#list.addEventListener(
      'scroll',
      throttled(() => count('scrolled'), 5 * STEP),
    )
  }

  async #search(text: string): Promise<void> {
    const id = ++this.#searches
    using _ = query.set({ id, text })
    const results = await found(text)
    if (id !== this.#searches) return
    this.results = results
    count(`shown ${results.length}`)
  }

  scroll(): void {
    this.#list.dispatchEvent(new Event('scroll'))
  }

  clear(): void {
    this.#input.type('')
  }
}

async function person(input: Input, box: SearchBox): Promise<string[][]> {
  const seen: string[][] = []
  for (const words of [['t', 'te', 'tea'], ['milk'], ['tea']]) {
    for (const text of words) {
      input.type(text)
      await sleep()
    }
    await sleep(20)
    seen.push(box.results)
    for (let n = 0; n < 5; n++) box.scroll()
  }
  return seen
}

export const program: Program = {
  async run() {
    const input = new Input()
    const box = new SearchBox(input)
    const seen = await person(input, box)
    using _ = origin.set('keyboard')
    box.scroll()
    return { seen, statistics, results: box.results }
  },
  comesTo: {
    seen: [
      ['teas', 'tea pot'],
      ['milks', 'milk pot'],
      ['teas', 'tea pot'],
    ],
    statistics: [
      'asked (tea, page)',
      'shown 2 (tea, page)',
      'scrolled (no search, page)',
      'asked (milk, page)',
      'shown 2 (milk, page)',
      'scrolled (no search, page)',
      'shown 2 (tea, page)',
      'scrolled (no search, page)',
    ],
    results: ['teas', 'tea pot'],
  },
}
