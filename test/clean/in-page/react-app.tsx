// A React application: what a click does is traced by an action that components and their effects ask for, a save goes over several awaits,
// an effect listens and loads with a signal, and a transition waits for a promise.

import { ContextVar } from 'contextvars-devtools'
import { createTask, wrap } from 'contextvars-devtools/async'
import { createContext, startTransition, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { type Program, sleep } from '../program'

interface Action {
  name: string
}

const action = new ContextVar<Action | null>('action', { default: null })
const viewer = new ContextVar<string>('viewer', { default: 'nobody' })
const log: string[] = []
const note = (text: string) => log.push(`${text} (${action.get()?.name ?? 'no action'}, ${viewer.get()})`)

/** A store outside of React, as most applications have one. */
class Cart {
  #items: readonly string[] = []
  readonly #listeners = new Set<() => void>()
  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  readonly items = () => this.#items

  add(item: string): void {
    this.#items = [...this.#items, item]
    note(`added ${item}`)
    for (const listener of this.#listeners) listener()
  }
}

const CartContext = createContext(new Cart())

/** What a handler does, with its awaits, is one action. */
const acting = (name: string, work: () => void | Promise<void>) => () => {
  createTask(
    async () => {
      using _ = action.set({ name })
      await work()
    },
    { name },
  )
}

function useStock(item: string): number | null {
  const [stock, setStock] = useState<number | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    createTask(async () => {
      using _ = action.set({ name: `stock of ${item}` })
      await sleep()
      if (controller.signal.aborted) return
      note('loaded')
      setStock(item.length)
    })
    return () => controller.abort()
  }, [item])
  return stock
}

function useEscape(work: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key === 'Escape') work()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [work])
}

function Article({ name }: { name: string }) {
  const cart = useContext(CartContext)
  const stock = useStock(name)
  const add = acting(`add ${name}`, async () => {
    await sleep()
    cart.add(name)
  })
  return (
    <button type="button" data-article={name} onClick={add} disabled={stock === null}>
      {name} {stock}
    </button>
  )
}

function Basket() {
  const cart = useContext(CartContext)
  const items = useSyncExternalStore(cart.subscribe, cart.items)
  const [saved, setSaved] = useState('not saved')
  const save = acting('save', async () => {
    setSaved('saving')
    await sleep()
    note(`saved ${items.length}`)
    startTransition(async () => {
      await sleep()
      setSaved(`saved ${items.length}`)
    })
  })
  const [clear] = useState(() => () => setSaved('not saved'))
  useEscape(clear)
  return (
    <p>
      {items.join('+')} <button type="button" data-save="" onClick={save} /> <output>{saved}</output>
    </p>
  )
}

function App() {
  const [articles, setArticles] = useState(['tea', 'milk'])
  return (
    <CartContext.Provider value={cart}>
      {articles.map((name) => (
        <Article key={name} name={name} />
      ))}
      <button type="button" data-more="" onClick={() => setArticles(['tea', 'jam'])} />
      <Basket />
    </CartContext.Provider>
  )
}

const cart = new Cart()

async function until(found: () => boolean): Promise<void> {
  while (!found()) await sleep()
}

function clicker(container: HTMLElement) {
  const find = (selector: string) => container.querySelector<HTMLButtonElement>(selector)
  return async (selector: string) => {
    await until(() => find(selector)?.disabled === false)
    find(selector)?.click()
  }
}

export const program: Program = {
  async run() {
    const container = document.body.appendChild(document.createElement('div'))
    const root = createRoot(container)
    const reportError = wrap((text: string) => note(text))
    try {
      root.render(<App />)
      const click = clicker(container)
      const output = () => container.querySelector('output')?.textContent
      await click('[data-article=tea]')
      await until(() => cart.items().length === 1)
      await click('[data-more]')
      await click('[data-article=jam]')
      await until(() => cart.items().length === 2)
      await click('[data-save]')
      await until(() => output() === 'saved 2')
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
      await until(() => output() === 'not saved')
      reportError('no error')
      return [...new Set(log)].sort()
    } finally {
      root.unmount()
      container.remove()
    }
  },
  comesTo: [
    'added jam (add jam, nobody)',
    'added tea (add tea, nobody)',
    'loaded (stock of jam, nobody)',
    'loaded (stock of milk, nobody)',
    'loaded (stock of tea, nobody)',
    'no error (no action, nobody)',
    'saved 2 (save, nobody)',
  ],
}
