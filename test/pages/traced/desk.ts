// What the desk does with an order, in native async functions. Each step is a span, and says by hand which step it belongs to: that
// is the truth which the spans' parents are compared with, and nothing else uses it.

import { context, createContextKey, propagation, type Span } from '@opentelemetry/api'
import { tracer } from './tracing'
import { ID, PARENT } from './verdict'

/** A step, as those that it begins have to name it. */
type Step = string

export const TEA = createContextKey('tea')
const teas = ['Assam', 'Darjeeling', 'Earl Grey']

let steps = 0
let open = 0

function step<T>(name: string, parent: Step, work: (self: Step, span: Span) => Promise<T>): Promise<T> {
  const self = `${name} #${++steps}`
  open++
  return tracer().startActiveSpan(name, { attributes: { [ID]: self, [PARENT]: parent } }, async (span) => {
    try {
      return await work(self, span)
    } finally {
      span.end()
      open--
    }
  })
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Who asks is named in the address, for the sake of the truth. */
const addressOf = (path: string, by: Step) => `${path}${path.includes('?') ? '&' : '?'}by=${encodeURIComponent(by)}`

const getJson = async (path: string, by: Step) => (await fetch(addressOf(path, by))).json()

/** As it was done before there was `fetch`. */
function getText(path: string, by: Step): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', addressOf(path, by))
    request.addEventListener('load', () => resolve(request.responseText))
    request.addEventListener('error', reject)
    request.send()
  })
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const lines = `${rest}${read.value}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

/** Told of each kettle that boils. */
const kitchen = new EventTarget()

export const desk = {
  /** How many steps have begun and not ended. */
  open: () => open,

  order: (number: number): Promise<void> =>
    step(`order ${number}`, 'click', async (self) => {
      const user = await getJson(`/api/users/${number}?ms=30`, self)
      const tea = teas[number % teas.length]
      const baggage = propagation.createBaggage({ customer: { value: user.name } })
      const active = propagation.setBaggage(context.active().setValue(TEA, tea), baggage)
      await context.with(active, async () => {
        const [stock] = await Promise.all([step('stock', self, countStock), step('price', self, quotePrice)])
        if (stock > 0) await step('brew', self, brew)
        await step('ship', self, ship)
      })
    }),
}

async function countStock(self: Step): Promise<number> {
  await sleep(10)
  await getText('/api/users/7?ms=20', self)
  // What an await of a plain value comes back to is nobody's promise.
  await null
  return step('shelf', self, async () => 7)
}

async function quotePrice(self: Step): Promise<void> {
  const response = await fetch(addressOf('/api/stream?ms=15', self))
  for await (const _line of linesOf(response)) await step('quote', self, () => sleep(2))
}

async function brew(self: Step): Promise<void> {
  const boiled = new Promise<void>((resolve) => {
    kitchen.addEventListener('boiled', () => void step('pour', self, async () => resolve()), { once: true })
  })
  await Promise.all([step('boil', self, () => sleep(25)), sleep(5)])
  kitchen.dispatchEvent(new Event('boiled'))
  await boiled
}

async function ship(self: Step): Promise<void> {
  await getJson('/api/users/3?ms=10', self)
  await sleep(1).then(() => step('label', self, () => sleep(1)))
  try {
    await step('weigh', self, async () => {
      await sleep(1)
      throw new Error('the scales are stuck')
    })
  } catch {
    await step('estimate', self, () => sleep(1))
  }
}
