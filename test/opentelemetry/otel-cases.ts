// OpenTelemetry's own cases for context managers, by their names: those of ZoneContextManager, StackContextManager, the managers of
// Node, and WebTracerProvider (open-telemetry/opentelemetry-js). Where these disagree, ours does as ZoneContextManager does, whose place it
// takes: once disabled, it makes no context active. What they do with fake clocks is done with the host's own.
// Beside them, what is reported as lost in native async functions, and what their cases leave out.

import { type Context, context, createContextKey, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web'
import { copyContext } from 'contextvars-devtools'
import { ContextVarsContextManager } from 'contextvars-devtools/opentelemetry'

/** What the cases for emitters need of one. */
export interface Emitter {
  on(event: string, listener: () => void): unknown
  once(event: string, listener: () => void): unknown
  off(event: string, listener: () => void): unknown
  removeListener(event: string, listener: () => void): unknown
  removeAllListeners(event: string): unknown
  listeners(event: string): unknown[]
  emit(event: string): unknown
}

type Case = (manager: ContextVarsContextManager) => unknown
type Cases = Record<string, Case>

const key1 = createContextKey('test key 1')
const key2 = createContextKey('test key 2')

export function equal(seen: unknown, expected: unknown, what = 'the active context'): void {
  if (!Object.is(seen, expected)) throw new Error(`${what}: expected ${String(expected)}, got ${String(seen)}`)
}

const sleep = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Calls what a callback of the host has to call; a case that is never done fails by its time. */
const callback = (begin: (done: () => void) => void) => new Promise<void>((resolve) => begin(resolve))

/** The same, where what is checked inside may fail. */
const checked = (begin: (check: (body: () => void) => void) => void) =>
  new Promise<void>((resolve, reject) =>
    begin((body) => {
      try {
        body()
        resolve()
      } catch (error) {
        reject(error)
      }
    }),
  )

const none = null as unknown as Context
const value = (n: unknown) => ROOT_CONTEXT.setValue(key1, n)

const nested = async (manager: ContextVarsContextManager, [ctx1, ctx2, ctx3]: [Context, Context, Context]) => {
  await checked((check) => {
    manager.with(ctx1, () => {
      equal(manager.active(), ctx1)
      manager.with(ctx2, () => {
        equal(manager.active(), ctx2)
        manager.with(ctx3, () => equal(manager.active(), ctx3))
        equal(manager.active(), ctx2)
      })
      equal(manager.active(), ctx1)
      setTimeout(() => check(() => equal(manager.active(), ctx1)), 5)
    })
    equal(manager.active(), ROOT_CONTEXT)
  })
}

type InSpan = <T>(name: string, work: (span: Span) => Promise<T>) => Promise<T>

/** Answers which spans there were, each in which other. */
async function traced(manager: ContextVarsContextManager, work: (inSpan: InSpan) => Promise<void>): Promise<string[]> {
  const exporter = new InMemorySpanExporter()
  const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const tracer = provider.getTracer('default')
  context.setGlobalContextManager(manager)
  try {
    await work((name, body) => tracer.startActiveSpan(name, (span) => body(span).finally(() => span.end())))
  } finally {
    context.disable()
  }
  const spans = exporter.getFinishedSpans()
  const nameOf = (id: string | undefined) => spans.find((span) => span.spanContext().spanId === id)?.name
  return spans
    .map(({ name, parentSpanContext }) => {
      const parent = nameOf(parentSpanContext?.spanId)
      return parent === undefined ? name : `${name} in ${parent}`
    })
    .sort()
}

/** With a target for the cases that need one: an element, or whatever else is listened to. */
export const casesOf = (target: () => EventTarget): Record<string, Cases> => ({
  '.enable()': {
    'should work': (manager) => {
      equal(manager.enable(), manager, 'returns this')
      equal(manager.active(), ROOT_CONTEXT)
      const ctx = value(1)
      manager.with(ctx, () => equal(manager.active(), ctx))
    },
  },

  '.disable()': {
    'should work': (manager) => {
      equal(manager.disable(), manager, 'returns this')
      equal(manager.active(), ROOT_CONTEXT)
      manager.with(value(1), () => equal(manager.active(), ROOT_CONTEXT))
    },
  },

  '.with()': {
    'should run the callback (null as target)': (manager) => callback((done) => manager.with(none, done)),

    'should run the callback (object as target)': (manager) => {
      const test = value(1)
      return checked((check) => manager.with(test, () => check(() => equal(manager.active(), test))))
    },

    'should run the callback (when disabled)': (manager) => {
      manager.disable()
      return callback((done) =>
        manager.with(none, () => {
          manager.enable()
          done()
        }),
      )
    },

    'should rethrow errors': (manager) => {
      const error = new Error('This should be rethrown')
      let thrown: unknown
      try {
        manager.with(none, () => {
          throw error
        })
      } catch (caught) {
        thrown = caught
      }
      equal(thrown, error, 'what was thrown')
      equal(manager.active(), ROOT_CONTEXT)
    },

    'should forward this, arguments and return value': (manager) => {
      function fnWithThis(this: string, ...args: [a: string, b: number]): string {
        equal(`${this} ${args}`, 'that one,2', 'this and arguments')
        return 'done'
      }
      equal(manager.with(ROOT_CONTEXT, fnWithThis, 'that', 'one', 2), 'done', 'the result')
      equal(
        manager.with(ROOT_CONTEXT, () => 3.14),
        3.14,
        'the result',
      )
    },

    'should finally restore an old context, including the async task': (manager) =>
      nested(manager, [value('ctx1'), value('ctx2'), value('ctx3')]),

    'should finally restore an old context when context is an object, including the async task': (manager) =>
      nested(manager, [value({ a: 1 }), value({ a: 2 }), value({ a: 3 })]),

    'should correctly return the contexts for 3 parallel actions': async (manager) => {
      const seen: unknown[] = []
      manager.with(value('root'), () => {
        equal(manager.active().getValue(key1), 'root', 'the value of the root')
        for (const n of [1, 2, 3]) {
          manager.with(ROOT_CONTEXT.setValue(key2, n), () => {
            setTimeout(() => seen.push(manager.active().getValue(key2)), n * 3)
          })
        }
      })
      await sleep(20)
      equal(`${seen}`, '1,2,3', 'what was seen')
    },

    'should fork new zone from active one': (manager) => {
      // A zone is a context of ours: each has one of its own, which begins with the values of the active one.
      const ctx = value(1)
      manager.with(ctx, () => {
        const one = copyContext()
        manager.with(value(2), () => {
          const other = copyContext()
          equal(other.equals(one), false, 'the same values')
          equal(
            [...one.keys()].every((variable) => other.has(variable)),
            true,
            'all variables',
          )
        })
        equal(copyContext().equals(one), true, 'the same values as before')
      })
    },
  },

  'with() and async functions': {
    'should run the callback': async (manager) => {
      let done = false
      await manager.with(ROOT_CONTEXT, async () => {
        done = true
      })
      equal(done, true, 'done')
    },

    'should run the callback with active scope': async (manager) => {
      const test = value(1)
      await manager.with(test, async () => {
        equal(manager.active(), test)
        await sleep()
        equal(manager.active(), test)
      })
    },

    'should run the callback (when disabled)': async (manager) => {
      manager.disable()
      equal(await manager.with(ROOT_CONTEXT, async () => 'done'), 'done', 'the result')
    },

    'should rethrow errors': async (manager) => {
      const error = new Error()
      const caught = await manager
        .with(ROOT_CONTEXT, async () => {
          await null
          throw error
        })
        .catch((thrown: unknown) => thrown)
      equal(caught, error, 'what was thrown')
    },

    'should finally restore an old scope': async (manager) => {
      const [scope1, scope2] = [value(1), value(2)]
      await manager.with(scope1, async () => {
        equal(manager.active(), scope1)
        await manager.with(scope2, async () => {
          equal(manager.active(), scope2)
          await sleep()
          equal(manager.active(), scope2)
        })
        equal(manager.active(), scope1)
      })
      equal(manager.active(), ROOT_CONTEXT)
    },

    'with() inside withAsync() should correctly restore context': async (manager) => {
      const [scope1, scope2] = [value(1), value(2)]
      await manager.with(scope1, async () => {
        await null
        manager.with(scope2, () => equal(manager.active(), scope2))
        equal(manager.active(), scope1)
      })
    },

    'withAsync() inside with() should correctly restore conxtext': async (manager) => {
      const [scope1, scope2] = [value(1), value(2)]
      const work = manager.with(scope1, async () => {
        await manager.with(scope2, async () => equal(manager.active(), scope2))
        equal(manager.active(), scope1)
      })
      equal(manager.active(), ROOT_CONTEXT)
      await work
    },

    'not awaited withAsync() inside with() should not restore context': async (manager) => {
      // It does now: what is begun and not awaited changes nothing for who began it.
      const [scope1, scope2] = [value(1), value(2)]
      await manager.with(scope1, async () => {
        const other = manager
          .with(scope2, async () => equal(manager.active(), scope2))
          .then(() => equal(manager.active(), scope1))
        equal(manager.active(), scope1)
        await checked((check) => setTimeout(() => check(() => equal(manager.active(), scope1)), 5))
        await other
      })
      equal(manager.active(), ROOT_CONTEXT)
    },

    'withAsync() inside a setTimeout inside a with() should correctly restore context': async (manager) => {
      const [scope1, scope2] = [value(1), value(2)]
      await manager.with(scope1, () =>
        sleep(2).then(() => {
          equal(manager.active(), scope1)
          return manager
            .with(scope2, async () => equal(manager.active(), scope2))
            .then(() => equal(manager.active(), scope1))
        }),
      )
      equal(manager.active(), ROOT_CONTEXT)
    },

    'with() inside a setTimeout inside withAsync() should correctly restore context': async (manager) => {
      const [scope1, scope2] = [value(1), value(2)]
      await manager.with(scope1, async () => {
        await checked((check) =>
          setTimeout(() => {
            check(() => {
              equal(manager.active(), scope1)
              manager.with(scope2, () => equal(manager.active(), scope2))
            })
          }, 2),
        )
        equal(manager.active(), scope1)
      })
    },
  },

  '.bind(function)': {
    'should call the function with previously assigned context': (manager) => {
      const obj1 = { title: 'a1' }
      const bound = manager.bind(value(obj1), () => (manager.active().getValue(key1) as typeof obj1).title)
      obj1.title = 'a2'
      equal(bound(), 'a2', 'the title')
    },

    'should return the same target (when enabled)': (manager) => {
      const test = { a: 1 }
      equal(manager.bind(ROOT_CONTEXT, test), test, 'the target')
    },

    'should return the same target (when disabled)': (manager) => {
      manager.disable()
      const test = { a: 1 }
      equal(manager.bind(ROOT_CONTEXT, test), test, 'the target')
    },

    'should return current context (when enabled)': (manager) => {
      const ctx = value({ a: 1 })
      return checked((check) => manager.bind(ctx, () => check(() => equal(manager.active(), ctx)))())
    },

    'should return root context (when disabled)': (manager) => {
      manager.disable()
      return checked((check) => manager.bind(value(1), () => check(() => equal(manager.active(), ROOT_CONTEXT)))())
    },

    'should fail to return current context (when disabled + async op)': (manager) => {
      manager.disable()
      return checked((check) =>
        manager.bind(value(1), () => setTimeout(() => check(() => equal(manager.active(), ROOT_CONTEXT)), 2))(),
      )
    },

    'should return current context (when re-enabled + async op)': (manager) => {
      manager.disable().enable()
      const ctx = value(1)
      return checked((check) =>
        manager.bind(ctx, () => setTimeout(() => check(() => equal(manager.active(), ctx)), 2))(),
      )
    },

    'should keep this, arguments and the number of parameters': (manager) => {
      const bound = manager.bind(value(1), function (this: string, a: number, b: number) {
        return `${this} ${a} ${b}`
      })
      equal(bound.length, 2, 'the number of parameters')
      equal(bound.call('that', 1, 2), 'that 1 2', 'the result')
    },
  },

  '.bind(target)': {
    'should bind the the certain context to the target "addEventListener" function': (manager) => {
      const ctx = value(1)
      const element = manager.bind(ctx, target())
      return checked((check) => {
        element.addEventListener('click', () => {
          const first = manager.active()
          setTimeout(() => {
            check(() => {
              equal(first, ctx)
              equal(manager.active(), ctx)
            })
          }, 2)
        })
        element.dispatchEvent(new Event('click', { bubbles: true, cancelable: false, composed: true }))
      })
    },

    'should preserve zone when creating new click event inside zone': (manager) => {
      const ctx = value(1)
      const element = manager.bind(ctx, target())
      return checked((check) => {
        element.addEventListener('click', () => {
          setTimeout(() => {
            const element2 = target()
            element2.addEventListener('click', () => setTimeout(() => check(() => equal(manager.active(), ctx)), 2))
            element2.dispatchEvent(new Event('click'))
          }, 2)
        })
        element.dispatchEvent(new Event('click'))
      })
    },

    'should take a listener away again, an object and one that captures, too': (manager) => {
      const element = manager.bind(value(1), target())
      let calls = 0
      const listener = () => void calls++
      const object = { handleEvent: listener }
      for (const of of [listener, object]) {
        for (const capture of [false, true]) {
          element.addEventListener('click', of, { capture })
          element.addEventListener('click', of, { capture })
        }
      }
      element.dispatchEvent(new Event('click'))
      equal(calls, 4, 'how often they were called')
      for (const of of [listener, object]) {
        for (const capture of [false, true]) element.removeEventListener('click', of, { capture })
      }
      element.dispatchEvent(new Event('click'))
      equal(calls, 4, 'how often they were called in all')
    },

    'binds neither what only adds listeners nor what only takes them away': (manager) => {
      for (const name of ['addEventListener', 'removeEventListener']) {
        const half = { [name]: () => {} }
        const before = half[name]
        equal(manager.bind(value(1), half), half, 'the target')
        equal(half[name], before, name)
      }
    },
  },

  WebTracerProvider: {
    'should correctly return the contexts for 2 parallel actions': async (manager) => {
      context.setGlobalContextManager(manager)
      try {
        const tracer = new WebTracerProvider().getTracer('default')
        const rootSpan = tracer.startSpan('rootSpan')
        const seen: unknown[] = []
        context.with(trace.setSpan(context.active(), rootSpan), () => {
          equal(trace.getSpan(context.active()), rootSpan, 'the current span')
          for (const n of [1, 2]) {
            const span = tracer.startSpan(`concurrentSpan${n}`)
            context.with(trace.setSpan(context.active(), span), () => {
              setTimeout(() => seen.push(trace.getSpan(context.active()) === span), n * 4)
            })
          }
        })
        await sleep(20)
        equal(`${seen}`, 'true,true', 'the current spans')
      } finally {
        context.disable()
      }
    },
  },

  'reported as lost in native async functions': {
    '#1502: spans are nested as the functions that begin them': async (manager) => {
      const spans = await traced(manager, async (inSpan) => {
        await inSpan('outer', async () => {
          await sleep()
          await inSpan('first', () => sleep())
          await Promise.all([
            inSpan('left', () => inSpan('below left', () => sleep(2))),
            inSpan('right', () => sleep()),
          ])
        })
      })
      equal(`${spans}`, 'below left in left,first in outer,left in outer,outer,right in outer', 'spans')
    },

    '#3773: the active span after an await': async (manager) => {
      await traced(manager, (inSpan) =>
        inSpan('spanName', async (span) => {
          equal(trace.getActiveSpan(), span, 'the active span')
          await sleep()
          equal(trace.getActiveSpan(), span, 'the active span')
        }),
      )
    },

    '#5914: the active span after the second await, of an async function that awaits another': async (manager) => {
      const seen: unknown[] = []
      await traced(manager, (inSpan) =>
        inSpan('repro', async (span) => {
          const general = async () => {
            for (let n = 0; n < 3; n++) {
              seen.push(trace.getActiveSpan() === span)
              await (async () => sleep())()
            }
          }
          await general()
          seen.push(trace.getActiveSpan() === span)
        }),
      )
      equal(`${seen}`, 'true,true,true,true', 'what was seen')
    },

    '#1101: a span that is begun after an await has its parent': async (manager) => {
      const spans = await traced(manager, (inSpan) =>
        inSpan('request', async () => {
          await (async () => {})()
          await inSpan('child span', async () => {})
        }),
      )
      equal(`${spans}`, 'child span in request,request', 'spans')
    },
  },

  '.bind(something that is listened to)': {
    'should hand on as many arguments as there were': (manager) => {
      const given: number[] = []
      const emitter = {
        on: (...args: unknown[]) => given.push(args.length),
        off: (...args: unknown[]) => given.push(args.length),
      }
      manager.bind(value(1), emitter)
      const listener = () => {}
      emitter.on({ test: listener })
      emitter.on('test', listener)
      emitter.on('test', listener, 'more')
      emitter.off('test', listener)
      // All that listen to it, and all that listen.
      emitter.off('test')
      emitter.off()
      equal(`${given}`, '1,2,3,2,1,0', 'arguments')
    },
  },

  '.attach()': {
    'should make a context active until it is disposed of': (manager) => {
      const ctx = value(1)
      manager.with(value(0), () => {
        const before = manager.active()
        const attached = manager.attach(ctx)
        equal(manager.active(), ctx)
        attached.dispose()
        equal(manager.active(), before)
        attached.dispose()
        equal(manager.active(), before)
      })
    },

    'should be followed by what is begun meanwhile': async (manager) => {
      const ctx = value(1)
      await manager.with(ROOT_CONTEXT, async () => {
        const attached = manager.attach(ctx)
        const later = sleep(2).then(() => manager.active())
        await null
        equal(manager.active(), ctx)
        attached.dispose()
        equal(manager.active(), ROOT_CONTEXT)
        equal(await later, ctx)
      })
      equal(manager.active(), ROOT_CONTEXT)
    },

    'should nest': (manager) => {
      const [one, two] = [value(1), value(2)]
      manager.with(ROOT_CONTEXT, () => {
        const outer = manager.attach(one)
        const inner = manager.attach(two)
        equal(manager.active(), two)
        inner.dispose()
        equal(manager.active(), one)
        outer.dispose()
        equal(manager.active(), ROOT_CONTEXT)
      })
    },

    'should never throw, wherever it is disposed of': (manager) => {
      const attached = manager.with(ROOT_CONTEXT, () => manager.attach(value(1)))
      attached.dispose()
      equal(manager.active(), ROOT_CONTEXT)
    },

    'should still be disposed of where it was attached, after it was tried elsewhere': (manager) => {
      manager.with(ROOT_CONTEXT, () => {
        const attached = manager.attach(value(1))
        manager.with(value(2), () => attached.dispose())
        equal(manager.active() === ROOT_CONTEXT, false)
        attached.dispose()
        equal(manager.active(), ROOT_CONTEXT)
      })
    },

    'should be forgotten when it is disabled': (manager) => {
      manager.with(ROOT_CONTEXT, () => {
        const attached = manager.attach(value(1))
        manager.disable().enable()
        equal(manager.active(), ROOT_CONTEXT)
        attached.dispose()
        equal(manager.active(), ROOT_CONTEXT)
      })
    },

    'should do nothing when disabled': (manager) => {
      manager.disable()
      const attached = manager.attach(value(1))
      equal(manager.active(), ROOT_CONTEXT)
      attached.dispose()
    },
  },
})

/** Those of emitters, which a page has none of. */
export const emitterCases = (emitter: () => Emitter): Cases => ({
  'should return the same target (when enabled)': (manager) => {
    const ee = emitter()
    equal(manager.bind(ROOT_CONTEXT, ee), ee, 'the target')
    equal(manager.bind(value(1), ee), ee, 'the target, bound again')
  },

  'should return the same target (when disabled)': (manager) => {
    manager.disable()
    const ee = emitter()
    equal(manager.bind(ROOT_CONTEXT, ee), ee, 'the target')
  },

  ...Object.fromEntries(
    (['removeListener', 'off', 'removeAllListeners'] as const).map((remove): [string, Case] => [
      `should return current context and ${remove} (when enabled)`,
      (manager) => {
        const ctx = value(1)
        const ee = manager.bind(ctx, emitter())
        return checked((check) => {
          const handler = () =>
            check(() => {
              equal(manager.active(), ctx)
              ee[remove]('test', handler)
              equal(ee.listeners('test').length, 0, 'listeners')
            })
          ee.on('test', handler)
          equal(ee.listeners('test').length, 1, 'listeners')
          ee.emit('test')
        })
      },
    ]),
  ),

  'should call what is added once, once, and take it away before': (manager) => {
    const ctx = value(1)
    const ee = manager.bind(ctx, emitter())
    const seen: unknown[] = []
    const handler = () => void seen.push(manager.active() === ctx)
    ee.once('test', handler)
    ee.emit('test')
    ee.emit('test')
    equal(`${seen}`, 'true', 'what was seen')
    ee.once('test', handler)
    ee.removeListener('test', handler)
    equal(ee.listeners('test').length, 0, 'listeners')
  },

  'should not return current context (when disabled + async op)': (manager) => {
    manager.disable()
    const ee = manager.bind(value(1), emitter())
    return checked((check) => {
      ee.on('test', () => setTimeout(() => check(() => equal(manager.active(), ROOT_CONTEXT)), 1))
      ee.emit('test')
    })
  },

  'should return current context (when enabled + async op)': (manager) => {
    const ctx = value(1)
    const ee = manager.bind(ctx, emitter())
    return checked((check) => {
      ee.on('test', () => setTimeout(() => check(() => equal(manager.active(), ctx)), 1))
      ee.emit('test')
    })
  },
})

/** A manager for one case, as their suites make one for each. */
export async function runCase(run: Case): Promise<void> {
  const manager = new ContextVarsContextManager().enable()
  try {
    await run(manager)
  } finally {
    manager.disable()
  }
}
