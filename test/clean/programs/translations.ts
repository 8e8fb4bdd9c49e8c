// Translations: a provider whose overrides nest, catalogs that are loaded when a language is first asked for, plurals and a currency.

import { ContextVar } from 'contextvars-devtools'
import { createTask } from 'contextvars-devtools/async'
import { type Program, sleep } from '../program'

type Catalog = Record<string, string>

interface Provider {
  language: string
  catalog: Catalog
  parent: Provider | null
}

const provider = new ContextVar<Provider | null>('provider', { default: null })
const currency = new ContextVar('currency', { default: 'EUR' })

const stored: Record<string, Catalog> = {
  en: { 'cart.title': 'Your cart', 'cart.items': '{n} items', 'cart.total': 'Total {sum}', bye: 'Bye' },
  de: { 'cart.title': 'Dein Korb', 'cart.items': '{n} Dinge', 'cart.total': 'Summe {sum}' },
  fr: { 'cart.title': 'Ton panier' },
}

const loading = new Map<string, Promise<Catalog>>()

function catalogOf(language: string): Promise<Catalog> {
  const known = loading.get(language)
  if (known !== undefined) return known
  const loaded = (async () => {
    await sleep(2)
    return stored[language] ?? {}
  })()
  loading.set(language, loaded)
  return loaded
}

/** What `work` says is said in this language, and what that has no word for, as outside. */
async function inLanguage<T>(language: string, work: () => T | Promise<T>): Promise<T> {
  const catalog = await catalogOf(language)
  using _ = provider.set({ language, catalog, parent: provider.get() })
  return await work()
}

function withOverrides<T>(catalog: Catalog, work: () => T): T {
  const around = provider.get()
  const token = provider.set({ language: around?.language ?? 'en', catalog, parent: around })
  try {
    return work()
  } finally {
    provider.reset(token)
  }
}

function say(key: string, values: Record<string, unknown> = {}): string {
  let found: string | undefined
  for (let at = provider.get(); at !== null && found === undefined; at = at.parent) found = at.catalog[key]
  return (found ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
}

const money = (cents: number) =>
  new Intl.NumberFormat(provider.get()?.language ?? 'en', { style: 'currency', currency: currency.get() }).format(
    cents / 100,
  )

async function cart(items: number[]): Promise<string[]> {
  const title = say('cart.title')
  await sleep()
  const sum = items.reduce((all, one) => all + one, 0)
  return [title, say('cart.items', { n: items.length }), say('cart.total', { sum: money(sum).replace(/\s/g, ' ') })]
}

async function page(language: string, items: number[]): Promise<string[]> {
  return inLanguage('en', () =>
    inLanguage(language, async () => {
      const lines = await cart(items)
      const promoted = withOverrides({ 'cart.title': '★' }, () => say('cart.title'))
      return [...lines, promoted, say('cart.title'), say('bye')]
    }),
  )
}

async function american(): Promise<string[]> {
  using _ = currency.set('USD')
  return await page('en', [250])
}

export const program: Program = {
  async run() {
    const work = [() => page('de', [100, 200]), () => page('fr', [300]), american]
    const pages = await Promise.all(work.map((one) => createTask(one).result))
    return [...pages, say('cart.title')]
  },
  comesTo: [
    ['Dein Korb', '2 Dinge', 'Summe 3,00 €', '★', 'Dein Korb', 'Bye'],
    ['Ton panier', '1 items', 'Total 3,00 €', '★', 'Ton panier', 'Bye'],
    ['Your cart', '1 items', 'Total $2.50', '★', 'Your cart', 'Bye'],
    'cart.title',
  ],
}
