// A traced checkout: spans of OpenTelemetry around awaits and timers, baggage, a variable of the coming standard beside, and an exporter
// that works on its own.

import { context, createContextKey, propagation, SpanStatusCode } from '@opentelemetry/api'
import { BatchSpanProcessor, type ReadableSpan, WebTracerProvider } from '@opentelemetry/sdk-trace-web'
import { ContextVar } from 'contextvars-devtools'
import { createTask, gather } from 'contextvars-devtools/async'
import { AsyncContext } from 'contextvars-devtools/async-context'
import { ContextVarsContextManager } from 'contextvars-devtools/opentelemetry'
import { type Program, sleep } from '../program'

const currency = new AsyncContext.Variable<string>({ name: 'currency', defaultValue: 'EUR' })
const shopper = new ContextVar<string>('shopper', { default: 'guest' })
const tenant = createContextKey('tenant')

const exported: string[] = []
const exporter = {
  export(spans: ReadableSpan[], done: (result: { code: number }) => void) {
    for (const { name, parentSpanContext } of spans) {
      const parent = spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId)
      exported.push(parent === undefined ? name : `${name} in ${parent.name}`)
    }
    setTimeout(() => done({ code: 0 }), 1)
  },
  shutdown: async () => {},
}

const provider = new WebTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
const manager = new ContextVarsContextManager()
const tracer = provider.getTracer('shop')

async function inSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (span) => {
    try {
      return await work()
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

const seen: string[] = []

async function price(article: string): Promise<string> {
  return inSpan(`price ${article}`, async () => {
    await sleep()
    return `${article.length} ${currency.get()}`
  })
}

async function mail(text: string): Promise<void> {
  await inSpan('mail', async () => {
    await sleep()
    const user = propagation.getActiveBaggage()?.getEntry('user')?.value
    seen.push(`${text} to ${user} of ${context.active().getValue(tenant)}, asked by ${shopper.get()}`)
  })
}

async function checkout(articles: string[]): Promise<string[]> {
  return inSpan('checkout', async () => {
    const prices = await gather(...articles.map((article) => () => price(article)))
    createTask(() => mail(prices.join()), { name: 'mail' })
    if (articles.length > 2) throw new Error('too much')
    return prices
  })
}

async function visit(name: string, money: string, articles: string[]): Promise<string[]> {
  using _ = shopper.set(name)
  const baggage = propagation.createBaggage({ user: { value: name } })
  const around = propagation.setBaggage(context.active(), baggage).setValue(tenant, 'acme')
  return await currency.run(money, () => context.with(around, () => checkout(articles))).catch((error) => [`${error}`])
}

export const program: Program = {
  async run() {
    context.setGlobalContextManager(manager.enable())
    try {
      const visits = await gather(
        () => visit('Ada', 'EUR', ['tea', 'milk']),
        () => visit('Bob', 'USD', ['jam']),
        () => visit('Eve', 'EUR', ['a', 'b', 'c']),
      )
      await sleep(5)
      await provider.forceFlush()
      return { visits, seen: seen.sort(), exported: exported.sort() }
    } finally {
      context.disable()
      manager.disable()
    }
  },
  comesTo: {
    visits: [['3 EUR', '4 EUR'], ['3 USD'], ['Error: too much']],
    seen: [
      '1 EUR,1 EUR,1 EUR to Eve of acme, asked by Eve',
      '3 EUR,4 EUR to Ada of acme, asked by Ada',
      '3 USD to Bob of acme, asked by Bob',
    ],
    exported: [
      'checkout',
      'checkout',
      'checkout',
      'mail in checkout',
      'mail in checkout',
      'mail in checkout',
      'price a in checkout',
      'price b in checkout',
      'price c in checkout',
      'price jam in checkout',
      'price milk in checkout',
      'price tea in checkout',
    ],
  },
}
