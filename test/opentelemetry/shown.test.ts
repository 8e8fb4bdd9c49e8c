// What a person sees of tracing: contexts that are called after spans, what they hold, and no false alarm.

import {
  type Baggage,
  context,
  createContextKey,
  INVALID_SPAN_CONTEXT,
  propagation,
  ROOT_CONTEXT,
  type Span,
  trace,
} from '@opentelemetry/api'
import { SimpleSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web'
import { ContextVar } from 'contextvars-devtools'
import { ContextVarsContextManager } from 'contextvars-devtools/opentelemetry'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseBatch } from '../../panel/model/recording'
import { treeText } from '../../panel/model/report/tree-text'
import { judge, rules, rulesAtEnd } from '../../panel/model/rules'
import { contextDetails } from '../../panel/model/selectors/details'
import { variableName } from '../../panel/model/selectors/labels'
import { treeRows } from '../../panel/model/selectors/tree'
import { Timeline } from '../../panel/model/timeline'
import type { World } from '../../panel/model/world'
import type { ContextId } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { variablesOfCollected } from '../context/collected-tokens'

const tracer = new WebTracerProvider().getTracer('shop')
const manager = new ContextVarsContextManager()
const sleep = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms))

let recording: ReturnType<typeof record>

beforeAll(() => {
  context.setGlobalContextManager(manager.enable())
})
afterAll(() => {
  context.disable()
  manager.disable()
})
beforeEach(() => {
  recording = record({ budget: 1 })
})
afterEach(() => recording.stop())

function worldOf(): World {
  const timeline = new Timeline()
  for (;;) {
    const batch = parseBatch(recording.since(timeline.head.seq))
    if (batch === null || batch.facts.length === 0) return timeline.head
    timeline.append(batch.facts, batch.stacks)
  }
}

/** What the one context of that name holds, as text. */
function heldBy(world: World, name: string): Record<string, string | undefined> {
  const found = [...world.contexts.values()].filter((entry) => entry.name === name)
  expect(found, name).toHaveLength(1)
  const rows = contextDetails(world, found[0]?.id as ContextId)?.rows ?? []
  return Object.fromEntries(rows.map(({ variable, value }) => [variableName(world, variable), value?.text]))
}

const inSpan = <T>(name: string, work: (span: Span) => T): T =>
  tracer.startActiveSpan(name, (span) => {
    try {
      return work(span)
    } finally {
      span.end()
    }
  })

const findings = (world: World) => judge(world).findings.map(({ title }) => title)

/** The tree, without what is held. */
const tree = (world: World) =>
  treeText(world)
    .filter((line) => !/ = |inherited/.test(line))
    .map((line) => line.replace(/ \(.*/, ''))

// Before others have used up the keys that are shown.
test('what an exporter does is left out of the tree where that is wanted', async () => {
  const done: string[] = []
  const exporter = {
    async export(spans: { name: string }[], tell: (result: { code: number }) => void) {
      await sleep()
      done.push(...spans.map(({ name }) => name))
      tell({ code: 0 })
    },
    shutdown: async () => {},
  }
  const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const span = provider.getTracer('shop').startSpan('order')
  context.with(trace.setSpan(context.active(), span), () => span.end())
  await expect.poll(() => done).toEqual(['order'])
  const labels = (hideUntraced: boolean) =>
    treeRows(worldOf(), [], { collapsed: new Set(), hideEnded: false, query: '', hideUntraced }).map(
      ({ label }) => label,
    )
  expect(labels(true)).toEqual(['base', 'order'])
  expect(labels(false).length).toBeGreaterThan(2)
})

test('a context for each span, in the one around it, across await and timers', async () => {
  await inSpan('checkout', async () => {
    await sleep()
    await inSpan('reserve', () => sleep())
    inSpan('pay', () => {})
  })
  const world = worldOf()
  expect(tree(world)).toEqual(['base', '└─ checkout', '   ├─ reserve', '   └─ pay'])
  expect(findings(world)).toEqual([])
})

test('what is active: the span, the baggage, and keys by their names', () => {
  const tenant = createContextKey('tenant')
  const baggage: Baggage = propagation.createBaggage({ user: { value: 'ada' } })
  const around = propagation.setBaggage(ROOT_CONTEXT, baggage).setValue(tenant, 'acme')
  let id = ''
  context.with(around, () =>
    inSpan('checkout', (span) => {
      id = span.spanContext().spanId
    }),
  )
  const world = worldOf()
  expect(heldBy(world, 'otel.baggage, tenant')).toEqual({
    'otel.span': 'NoSpan {}',
    'otel.baggage': '{user: "ada"}',
    tenant: '"acme"',
  })
  expect(heldBy(world, 'checkout')).toEqual({
    'otel.span': expect.stringContaining(`Span {name: "checkout", spanId: "${id}", traceId: "`),
    'otel.baggage': '{user: "ada"}',
    tenant: '"acme"',
  })
  expect(findings(world)).toEqual([])
})

test('a key that the next context does not have is undefined there, as for who asks for it', () => {
  const tenant = createContextKey('tenant')
  context.with(context.active().setValue(tenant, 'acme'), () => {
    context.with(trace.setSpan(ROOT_CONTEXT, tracer.startSpan('elsewhere')), () => {
      expect(context.active().getValue(tenant)).toBe(undefined)
    })
  })
  expect(heldBy(worldOf(), 'elsewhere')).toMatchObject({ tenant: 'undefined' })
})

test('a span of another process is called by its number', () => {
  const remote = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
    isRemote: true,
  }
  context.with(trace.setSpanContext(context.active(), remote), () => {})
  expect(tree(worldOf())).toEqual(['base', '└─ span b7ad6b7169203331'])
})

test('who records later sees the spans of before', async () => {
  recording.stop()
  await inSpan('begun before', async () => {
    await sleep()
    recording = record({ budget: 1 })
    context.with(context.active(), () => {})
    const world = worldOf()
    expect(heldBy(world, 'begun before')['otel.span']).toMatch(/^Span \{name: "begun before"/)
  })
})

test('more keys than anybody reads are not shown, and work', () => {
  for (let n = 0; n < 300; n++) {
    const key = createContextKey(`request ${n}`)
    context.with(context.active().setValue(key, n), () => expect(context.active().getValue(key)).toBe(n))
  }
  const world = worldOf()
  expect(world.variables.size).toBeLessThanOrEqual(110)
  expect(findings(world)).toEqual([])
})

describe('variables of the application', () => {
  const user = new ContextVar('user', { default: 'nobody' })

  test('are there in a span, and what is set in one stays there', () => {
    const token = user.set('Ada')
    inSpan('checkout', () => {
      expect(user.get()).toBe('Ada')
      user.set('Grace')
    })
    expect(user.get()).toBe('Ada')
    user.reset(token)
  })

  test('an ended span leaves no false alarm in what it began', async () => {
    inSpan('begin', () => {
      setTimeout(() => inSpan('later', () => context.active()))
    })
    await sleep(5)
    await inSpan('next', () => sleep())
    const world = worldOf()
    expect(tree(world)).toEqual(['base', '├─ begin', '│  └─ setTimeout', '│     └─ later', '└─ next'])
    expect(findings(world)).toEqual([])
  })
})

test('what makes a span active is no token that anybody could forget', async () => {
  for (let i = 0; i < 100; i++) inSpan(`span ${i}`, () => {})
  expect(await variablesOfCollected(recording, new ContextVar<number>('lost'))).toEqual(new Set(['lost']))
})

test('who forgets to dispose of what was attached is told', async () => {
  await inSpan('leaky', async () => {
    context.attach(context.active().setValue(createContextKey('tenant'), 'acme'))
    await sleep()
  })
  expect(treeText(worldOf()).join('\n')).toMatch(/leaky \(.*not reset\)/)
})

describe('what goes wrong with `attach` is told in the words of that call, and once, whatever keys come along', () => {
  const tenant = createContextKey('tenant')
  const problems = (world: World, by = rules) =>
    judge(world, { by }).findings.map(({ severity, title }) => `${severity}: ${title}`)
  const first = (world: World) => judge(world).findings[0]
  const active = (name: string) => trace.setSpan(context.active().setValue(tenant, name), tracer.startSpan(name))

  test('never disposed of, and found by what came after', async () => {
    const attached = manager.attach(active('checkout'))
    await new Promise<void>((resolve) => setTimeout(() => resolve(void context.active())))
    const world = worldOf()
    // As long as this goes on, what it made itself is to have what it attached.
    expect(problems(world)).toEqual([])
    expect(problems(world, rulesAtEnd)).toContain('warning: Forgotten dispose: an attached OpenTelemetry context')
    const finding = judge(world, { by: rulesAtEnd }).findings.find(({ title }) => title.startsWith('Forgotten dispose'))
    expect(finding?.what).toMatch(
      /^The base context attached an OpenTelemetry context \(span checkout\) and has not disposed of it; /,
    )
    expect(finding?.advice).toMatch(/^Dispose of it where its work ends: `attached\.dispose\(\)` in a `finally`\./)
    expect(finding?.fix.map(({ kind }) => kind)).toEqual(['keep-attached', 'dispose'])
    expect(finding?.evidence[0]?.label).toBe('attached span checkout in the base context')
    expect(JSON.stringify(finding)).not.toMatch(/\.set\(|otel\.span/)
    attached.dispose()
    expect(problems(worldOf()).filter((title) => title.includes('OpenTelemetry'))).toEqual([])
  })

  test('never disposed of, in work that ends', async () => {
    await inSpan('leaky', async () => void manager.attach(active('checkout')))
    expect(problems(worldOf(), rulesAtEnd)).toEqual(['info: Never disposed of: an attached OpenTelemetry context'])
  })

  test('disposed of elsewhere', () => {
    const attached = inSpan('one', () => manager.attach(active('checkout')))
    inSpan('other', () => attached.dispose())
    const world = worldOf()
    expect(problems(world)).toEqual(['error: Disposed of in another context: an attached OpenTelemetry context'])
    expect(first(world)).toMatchObject({
      what: 'An OpenTelemetry context (span checkout) was attached in the copy “one”, and disposed of in the copy “other”: two copies of the base context, which do not see each other’s values.',
      fix: [],
    })
  })

  test('disposed of out of order', () => {
    inSpan('work', () => {
      const one = manager.attach(active('one'))
      const two = manager.attach(active('two'))
      one.dispose()
      two.dispose()
    })
    const world = worldOf()
    expect(problems(world)).toEqual(['warning: Disposed of out of order: attached OpenTelemetry contexts'])
    expect(first(world)?.what).toBe(
      'The copy “work” attached span one, then span two, and disposed of the older one first: the disposal of the newer one made span one active again, and it still is.',
    )
  })
})

test('a span that stands for none is not shown as one', () => {
  const suppressed = trace.setSpan(context.active(), trace.wrapSpanContext(INVALID_SPAN_CONTEXT))
  inSpan('quiet', () => context.with(suppressed, () => context.active()))
  expect(treeText(worldOf()).join('\n')).not.toContain('0000')
})

test('a callback that only asks what is active, where nothing is, is not shown', async () => {
  const asked = (ms: number) => sleep(ms).then(() => context.active())
  await asked(1)
  await inSpan('traced', () => asked(2))
  const callbacks = [...worldOf().contexts.values()].filter(({ kind }) => kind === 'callback')
  expect(callbacks).not.toEqual([])
  for (const { inherited } of callbacks) expect(inherited.size).toBeGreaterThan(0)
})
