// The recorder on the real runtime: what a page does, and the facts that tell it.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Context, ContextVar, copyContext } from '../../runtime'
import { callSoon, createTask, install, spawn, wrap } from '../../runtime/async'
import { tap } from '../../runtime/context/tap'
import type { Batch, Fact, FactType, Where } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'
import { parseStack } from '../../runtime/recorder/stack'

let recording: ReturnType<typeof record>
let uninstall: () => void

beforeEach(() => {
  recording = record({ budget: 1 })
  uninstall = install()
})

afterEach(() => {
  uninstall()
  recording.stop()
})

const batch = (since = 0): Batch => JSON.parse(recording.since(since))
const facts = (): Fact[] => batch().facts
const of = <T extends FactType>(type: T): Extract<Fact, { type: T }>[] =>
  facts().filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type)
const firstFrame = (stack: number | null): string | undefined => batch().stacks[stack ?? 0]?.[0]?.url

describe('facts', () => {
  test('are numbered from 1 without holes, from the first call on', () => {
    const variable = new ContextVar<number>('numbered')
    for (let i = 0; i < 20; i++) variable.set(i)
    expect(facts().map((fact) => fact.seq)).toEqual(facts().map((_, index) => index + 1))
    expect(facts()[0]?.type).toBe('runtime-attached')
    expect(batch(5).facts[0]?.seq).toBe(6)
  })

  test('tell of a set and a reset, where in the page’s code they were', () => {
    const variable = new ContextVar<string>('user')
    const token = variable.set('ada')
    variable.reset(token)
    expect(of('var-created').at(-1)).toMatchObject({ name: 'user', default: null })
    const [set] = of('var-set').slice(-1)
    const [reset] = of('var-reset').slice(-1)
    expect(set).toMatchObject({ value: { kind: 'string', text: '"ada"' }, token: reset?.token })
    expect(reset?.value).toBeNull()
    expect(firstFrame(set?.stack ?? null)).toContain('recorder.test.ts')
    expect(firstFrame(reset?.stack ?? null)).toContain('recorder.test.ts')
    expect(firstFrame(of('var-created').at(-1)?.stack ?? null)).toContain('recorder.test.ts')
  })

  test('the end of a block that uses a token is where its reset stands', () => {
    const variable = new ContextVar<number>('used')
    const token = variable.set(1)
    token[Symbol.dispose]()
    expect(firstFrame(of('var-reset').at(-1)?.stack ?? null)).toContain('recorder.test.ts')
  })

  test('a read is told once for each value, with where the value came from', () => {
    const variable = new ContextVar<number>('read', { default: 0 })
    const reads = () => of('var-read').map((read) => read.from)
    const before = reads().length
    new Context().run(() => {
      for (let i = 0; i < 3; i++) variable.get()
      variable.get(1)
      variable.set(1)
      for (let i = 0; i < 3; i++) variable.get()
      copyContext().run(() => variable.get())
    })
    expect(reads().slice(before)).toEqual(['default', 'own', 'inherited'])
  })

  test('a value that was set before the copy is inherited again after a reset', () => {
    const variable = new ContextVar<number>('again')
    new Context().run(() => {
      variable.set(1)
      copyContext().run(() => {
        const token = variable.set(2)
        variable.get()
        variable.reset(token)
        variable.get()
      })
    })
    expect(
      of('var-read')
        .slice(-2)
        .map((read) => read.from),
    ).toEqual(['own', 'inherited'])
  })

  test('a refused token tells both sides', () => {
    const a = new ContextVar<number>('a')
    const b = new ContextVar<number>('b')
    const token = a.set(1)
    expect(() => b.reset(token)).toThrow()
    expect(() => new Context().run(() => a.reset(token))).toThrow()
    a.reset(token)
    expect(() => a.reset(token)).toThrow()
    expect(() => a.reset({} as never)).toThrow()
    const refused = of('token-error').slice(-4)
    expect(refused.map((fact) => fact.code)).toEqual(['other-variable', 'other-context', 'used', 'not-a-token'])
    const [otherVariable, otherContext, used, notAToken] = refused
    expect(otherVariable?.tokenVariable).not.toBe(otherVariable?.variable)
    expect(otherContext?.tokenContext).not.toBe(otherContext?.context)
    expect(firstFrame(otherContext?.tokenStack ?? null)).toContain('recorder.test.ts')
    expect(firstFrame(used?.usedStack ?? null)).toContain('recorder.test.ts')
    expect(notAToken).toMatchObject({ token: null, tokenContext: null })
  })

  test('a lookup without a value, every time', () => {
    const variable = new ContextVar<number>('nothing')
    expect(() => variable.get()).toThrow()
    expect(() => variable.get()).toThrow()
    expect(of('lookup-error').length).toBe(2)
    expect(firstFrame(of('lookup-error').at(-1)?.stack ?? null)).toContain('recorder.test.ts')
  })

  test('re-entry tells where the context was entered', () => {
    const context = new Context()
    expect(() => context.run(() => context.run(() => {}))).toThrow()
    const [refused] = of('reentry-error').slice(-1)
    expect(firstFrame(refused?.entered ?? null)).toContain('recorder.test.ts')
  })

  test('a task, from its making to its end, in a context of its name', async () => {
    const task = createTask(async () => 1, { name: 'Alice' })
    await task.result
    const [created] = of('task-created').slice(-1)
    expect(created).toMatchObject({ name: 'Alice' })
    expect(of('context-created').find((fact) => fact.context === created?.context)).toMatchObject({
      kind: 'task',
      name: 'Alice',
      api: 'createTask',
    })
    expect(of('task-settled').at(-1)).toMatchObject({ task: created?.task, outcome: 'fulfilled' })
  })

  test('a task belongs to the task in which it was made, in whatever context it runs', async () => {
    const shared = new Context()
    const inner: { id: number }[] = []
    const outer = createTask(async () => {
      inner.push(
        createTask(() => {}, { context: shared }),
        spawn(() => {}),
      )
      new Context().run(() => inner.push(createTask(() => {})))
      await null
    })
    await outer.result
    const later = createTask(() => {}, { context: shared })
    await later.result
    const parentOf = (task: { id: number }) => of('task-created').find((fact) => fact.task === task.id)?.parent
    expect(inner.map(parentOf)).toEqual([outer.id, outer.id, outer.id])
    expect(parentOf(later)).toBeNull()
  })

  test('what runs in a context that the page gave does not end it', async () => {
    const context = new Context()
    const variable = new ContextVar<number>('given')
    await new Promise<void>((resolve) => {
      callSoon(
        () => {
          variable.set(1)
          resolve()
        },
        { context },
      )
    })
    await null
    expect(of('callback-ran')).toEqual([])
  })

  test('a callback is announced when it matters, as of its registration', async () => {
    const variable = new ContextVar<string>('late')
    await new Context().run(async () => {
      variable.set('then')
      const registered = Number(facts().at(-1)?.seq)
      const fired = new Promise<string>((resolve) => setTimeout(() => resolve(variable.get()), 1))
      variable.set('now')
      expect(await fired).toBe('then')
      const [callback] = of('context-created').slice(-1)
      expect(callback).toMatchObject({ kind: 'callback', api: 'setTimeout' })
      expect(callback?.asOf).toBe(registered)
      expect(firstFrame(callback?.stack ?? null)).toContain('recorder.test.ts')
    })
  })

  test('a callback that touches nothing is not told', async () => {
    const before = facts().length
    await new Promise<void>((resolve) => setTimeout(resolve, 1))
    await Promise.resolve().then(() => {})
    expect(facts().slice(before)).toEqual([])
  })

  test('calls of a wrapped function are children of who wrapped it', () => {
    const variable = new ContextVar<number>('wrapped')
    const context = new Context()
    const wrapped = context.run(() => wrap(() => variable.set(1)))
    wrapped()
    wrapped()
    const calls = of('context-created').slice(-2)
    expect(calls[0]?.parent).toBe(calls[1]?.parent)
    expect(calls[0]?.context).not.toBe(calls[1]?.context)
  })
})

test('code of an eval is told as the place of the eval, and the injected script not at all', () => {
  const frames = parseStack(`Error
    at inner (eval at outer (eval at run (http://page/a.js:1:2), <anonymous>:3:4), <anonymous>:5:6)
    at invoke (contextvars-devtools/inject.js:2:7)
    at run (http://page/a.js:1:2)`)
  expect(frames).toEqual([
    { name: 'inner', url: 'http://page/a.js', line: 1, column: 2 },
    { name: 'run', url: 'http://page/a.js', line: 1, column: 2 },
  ])
})

test('a part of a generator is told as one, whoever asked for it', async () => {
  const variable = new ContextVar<number>('in a generator', { default: 0 })
  function* rows() {
    variable.reset(variable.set(1))
    yield
    variable.reset(variable.set(2))
  }
  class Book {
    async *pages() {
      variable.reset(variable.set(3))
      yield* rows()
    }
  }
  const before = of('var-set').length
  for (const _ of rows());
  for await (const _ of new Book().pages());
  variable.reset(variable.set(4))
  const { stacks } = batch()
  const frames = of('var-set')
    .slice(before)
    .map(({ stack }) => stacks[stack ?? 0]?.[0])
  const ofGenerators = frames.slice(0, -1)
  expect(ofGenerators.map((frame) => frame?.name.replace(/^.*\./, ''))).toEqual([
    'rows',
    'rows',
    'pages',
    'rows',
    'rows',
  ])
  expect(ofGenerators.map((frame) => frame?.generator)).toEqual([true, true, true, true, true])
  expect(frames.at(-1)).not.toHaveProperty('generator')
})

test('a part of a generator that its end runs is told as one, however it ends', () => {
  const variable = new ContextVar<number>('at the end of a generator', { default: 0 })
  function* rows() {
    try {
      yield
    } finally {
      variable.reset(variable.set(1))
    }
  }
  const before = of('var-set').length
  for (const _ of rows()) break
  const thrownInto = rows()
  thrownInto.next()
  expect(() => thrownInto.throw(new Error('for its end'))).toThrow('for its end')
  const { stacks } = batch()
  const frames = of('var-set').slice(before)
  expect(frames.map(({ stack }) => stacks[stack ?? 0]?.[0])).toMatchObject([{ generator: true }, { generator: true }])
})

test('so many frames of a stack are kept, and the last of them is a generator if it says so', () => {
  const rows = Array.from({ length: 20 }, (_, n) => `    at f${n} (http://page/a.js:${n + 1}:2)`)
  rows.splice(16, 0, '    at f15.next (<anonymous>)')
  const frames = parseStack(`Error\n${rows.join('\n')}`)
  expect(frames).toHaveLength(16)
  expect(frames.at(-1)).toMatchObject({ name: 'f15', generator: true })
})

test('an iterator of the engine that calls a function makes no generator of it', () => {
  const frames = parseStack(`Error
    at double (http://page/a.js:1:2)
    at Iterator Helper.next (<anonymous>)
    at next (http://page/a.js:3:2)
    at Array.forEach (<anonymous>)`)
  expect(frames.some((frame) => 'generator' in frame)).toBe(false)
})

test('where() names the current context and its task, at any line', async () => {
  let where: Where | null = null
  const task = createTask(async () => {
    await null
    where = JSON.parse(recording.where())
  })
  await task.result
  const [created] = of('task-created').slice(-1)
  expect(where).toMatchObject({ current: created?.context, task: created?.task })
})

test('propagation is told when it changes', () => {
  uninstall()
  uninstall = install({ nativeAwait: false, events: 'registration' })
  const told = of('propagation-changed').map((fact) => fact.propagation)
  expect(told.slice(-2)).toEqual([null, { nativeAwait: false, events: 'registration', limits: [] }])
})

test('attached late, it says so and tells what is there', () => {
  recording.stop()
  const variable = new ContextVar<string>('earlier')
  const token = variable.set('before the recorder')
  recording = record({ budget: 1 })
  const [attached] = of('runtime-attached')
  expect(attached?.late).toBe(true)
  const [census] = of('census')
  const base = census?.contexts.find((context) => context.context === attached?.base)
  expect(base?.entries.map((entry) => entry.value.text)).toContain('"before the recorder"')
  variable.reset(token)
  expect(of('var-reset').length).toBe(1)
})

test('a context from before the recorder is told with what it holds, when it is met', () => {
  recording.stop()
  const variable = new ContextVar<string>('held')
  const context = new Context()
  context.run(() => variable.set('kept'))
  recording = record({ budget: 1 })
  context.run(() => variable.get())
  const [unknown] = of('context-created').filter((fact) => fact.kind === 'unknown')
  const told = of('census')
    .flatMap((census) => census.contexts)
    .find((each) => each.context === unknown?.context)
  expect(told?.entries.map((entry) => entry.value.text)).toEqual(['"kept"'])
})

test('a page that sets toJSON on the prototypes changes nothing', () => {
  const variable = new ContextVar<unknown>('polluted')
  variable.set({ list: [1, { two: 'three' }] })
  const clean = recording.since(0)
  Object.assign(Object.prototype, { toJSON: () => 'gotcha' })
  try {
    expect(recording.since(0)).toBe(clean)
  } finally {
    Reflect.deleteProperty(Object.prototype, 'toJSON')
  }
})

test('a page’s own Error.prepareStackTrace is not run, and its stackTraceLimit of 0 hides nothing', () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')
  let called = 0
  Error.stackTraceLimit = 0
  Error.prepareStackTrace = () => {
    called++
    return ''
  }
  try {
    new ContextVar<number>('stacked').set(1)
    expect(firstFrame(of('var-set').at(-1)?.stack ?? null)).toContain('recorder.test.ts')
    expect(called).toBe(0)
    expect(Error.stackTraceLimit).toBe(0)
  } finally {
    Reflect.deleteProperty(Error, 'prepareStackTrace')
    if (before !== undefined) Object.defineProperty(Error, 'stackTraceLimit', before)
  }
})

test('a stack that the page gives all objects is none of a set', () => {
  recording.stop()
  recording = record({ budget: 1 })
  const variable = new ContextVar<number>('given')
  const stack = 'Error\n    at forged (https://page.test/forged.js:1:1)'
  Object.defineProperty(Object.prototype, 'stack', { value: stack, configurable: true, writable: true })
  try {
    for (let i = 0; i < 100; i++) variable.set(i)
    const told = of('var-set').map((fact) => firstFrame(fact.stack))
    expect(told.length).toBe(100)
    expect(told.every((url) => url?.includes('recorder.test.ts'))).toBe(true)
  } finally {
    Reflect.deleteProperty(Object.prototype, 'stack')
  }
})

test('a set takes no stack of its own where that would not be deep enough', () => {
  const before = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')
  const variable = new ContextVar<number>('shallow')
  try {
    // Of so many, one at most is timed.
    const own = [10, 10, 5, 5, 10, 10].map((limit) => {
      Error.stackTraceLimit = limit
      variable.set(0)
      return tap?.capture != null
    })
    expect(own.filter(Boolean).length).toBeGreaterThanOrEqual(3)
    expect(own.slice(2, 4)).toEqual([false, false])
    const frames = of('var-set').map(({ stack }) => firstFrame(stack))
    expect(frames.slice(-6).every((frame) => frame?.includes('recorder.test.ts'))).toBe(true)
  } finally {
    if (before !== undefined) Object.defineProperty(Error, 'stackTraceLimit', before)
  }
})

test('one answer is a few megabytes at most, whatever the values are', () => {
  const variable = new ContextVar<object>('large')
  const row = () => Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index, 'x'.repeat(200)]))
  const large = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index, row()]))
  const first = Number(facts().at(-1)?.seq)
  // Not in the base context, which would keep it for the tests that follow.
  new Context().run(() => {
    for (let i = 0; i < 500; i++) variable.set(large)
  })
  const told: Fact[] = []
  for (let at = first; at < batch(at).last; at = told.at(-1)?.seq ?? Number.NaN) {
    const answer = recording.since(at)
    expect(answer.length).toBeLessThan(8_000_000)
    told.push(...(JSON.parse(answer) as Batch).facts)
  }
  expect(told.filter((fact) => fact.type === 'var-set').length).toBe(500)
})

test('a full log says what it dropped, and then what lives', () => {
  recording.stop()
  recording = record({ log: { facts: 100 } })
  const variable = new ContextVar<number>('many')
  for (let i = 0; i < 1_000; i++) variable.set(i)
  const [gap, next] = facts()
  expect(gap).toMatchObject({ type: 'gap', from: 1 })
  expect(next?.seq).toBe(gap?.type === 'gap' ? gap.to + 1 : 0)
  expect(facts().length).toBeLessThanOrEqual(101)
  expect(of('census').length).toBeGreaterThan(0)
  expect(facts().at(-1)?.seq).toBe(batch().last)
})

test('the context that is current is one of those that a census tells of', async () => {
  recording.stop()
  recording = record({ log: { facts: 100 } })
  const make = (count: number) => Array.from({ length: count }, (_, index) => new ContextVar(`of many ${index}`))
  make(99)
  // A callback that has touched nothing of its own yet.
  await new Promise<void>((resolve) => setTimeout(() => resolve(void make(40)), 1))
  const told = of('census')
  for (const { contexts, current } of told) expect(contexts.map((each) => each.context)).toContain(current)
  // Not the last: that its end is told may be what the log has no room for.
  const base = of('runtime-attached')[0]?.base ?? 1
  expect(told.some(({ current }) => current !== base)).toBe(true)
})

test('a log that is too small for what lives stays bounded, and its census does not call for the next', () => {
  recording.stop()
  recording = record({ log: { bytes: 200_000 } })
  const variable = new ContextVar<number>('alive')
  const kept = Array.from({ length: 2_000 }, (_, index) => {
    const context = copyContext()
    context.run(() => variable.set(index))
    return context
  })
  const { last, bytes } = batch()
  expect(kept.length).toBe(2_000)
  // Five facts of each context, and a few censuses among them.
  expect(last).toBeLessThan(2_000 * 6)
  expect(bytes).toBeLessThan(3_000_000)
})
