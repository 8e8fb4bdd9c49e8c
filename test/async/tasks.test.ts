// Tasks and scheduled calls: the cases of asyncio that have a counterpart here, by their ids.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Context, ContextVar } from '../../runtime'
import {
  callAt,
  callLater,
  callSoon,
  createTask,
  gather,
  Handle,
  install,
  spawn,
  Task,
  TaskGroup,
} from '../../runtime/async'

let uninstall: () => void
beforeAll(() => {
  uninstall = install()
})
afterAll(() => uninstall())

test('what is no function is named in one short line', () => {
  const list = [async () => 1, async () => 2]
  expect(() => gather(list as never)).toThrow(
    'gather: a function or a task was expected, got [<function>, <function>]; of a list, gather(...list)',
  )
  expect(() => createTask({} as never)).toThrow('createTask: a function was expected, got <object>')
  expect(() => callSoon([] as never)).toThrow('callSoon: a function was expected, got []')
  expect(String(callSoon(() => {}))).toBe('[object Handle]')
})

test('an option that does not exist is named, and so are those that do', () => {
  const refused = [
    () => createTask(noop, { nmae: 'x' } as never),
    () => new TaskGroup().createTask(noop, { toString: 'x' } as never),
    () => spawn(noop, { context: new Context() } as never),
    () => callSoon(noop, { contxt: new Context() } as never),
    () => callLater(0, noop, { name: 'x' } as never),
    () => callAt(0, noop, { name: 'x' } as never),
  ]
  expect(refused.map(complaint)).toEqual([
    'TypeError: createTask: there is no option nmae, only name, context, eagerStart',
    'TypeError: createTask: there is no option toString, only name, context, eagerStart',
    'TypeError: spawn: there is no option context, only name',
    'TypeError: callSoon: there is no option contxt, only context',
    'TypeError: callLater: there is no option name, only context',
    'TypeError: callAt: there is no option name, only context',
  ])
})

test('an option whose value means nothing is refused, undefined stands for none', () => {
  const refused = [
    () => createTask(noop, { name: 5 as never }),
    () => createTask(noop, { context: {} as never }),
    () => createTask(noop, { eagerStart: 'yes' as never }),
    () => spawn(noop, { name: null as never }),
    () => callSoon(noop, { context: null as never }),
    // It would be used.
    () => createTask(noop, Object.create({ name: 7 })),
  ]
  expect(refused.map(complaint)).toEqual([
    'TypeError: createTask: for name, a string was expected, got 5',
    'TypeError: createTask: for context, a contextvars Context was expected, got <object>',
    "TypeError: createTask: for eagerStart, true or false was expected, got 'yes'",
    'TypeError: spawn: for name, a string was expected, got null',
    'TypeError: callSoon: for context, a contextvars Context was expected, got null',
    'TypeError: createTask: for name, a string was expected, got 7',
  ])
  const none = { name: undefined, context: undefined, eagerStart: undefined }
  expect(createTask(noop, none as never).name).toMatch(/^Task-\d+$/)
})

test('what stands in the place of options is refused, a context by its name', () => {
  const context = new Context()
  expect([() => createTask(noop, 'x' as never), () => callSoon(noop, context as never)].map(complaint)).toEqual([
    "TypeError: createTask: options are given as { name, context, eagerStart }, got 'x'",
    `TypeError: callSoon: options are given as { context }, got ${context}`,
  ])
})

test('an async generator is no unit of work: nothing of it would run, so nothing is begun', async () => {
  let ran = false
  const begun = async () => {
    ran = true
  }
  async function* stream() {
    yield 1
  }
  const words = 'an async generator runs only while it is iterated over: do that in an async function'
  expect([() => createTask(stream), () => spawn(stream), () => gather(begun, stream)].map(complaint)).toEqual([
    `TypeError: createTask: ${words}`,
    `TypeError: spawn: ${words}`,
    `TypeError: gather: ${words}`,
  ])
  await sleep(1)
  expect(ran).toBe(false)
})

test('tasks and handles are made by who schedules them alone', () => {
  const task = 'TypeError: Tasks can only be created by createTask() and spawn()'
  const handle = 'TypeError: Handles can only be created by callSoon(), callLater() and callAt()'
  class Mine extends Task<void> {}
  expect([Task, Mine, Handle].map((made) => complaint(() => Reflect.construct(made, [noop])))).toEqual([
    task,
    task,
    handle,
  ])
})

const variable = new ContextVar<string>('variable', { default: 'nope' })
const number = new ContextVar<number>('number', { default: -1 })
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const noop = () => {}
const complaint = (action: () => unknown): string => {
  try {
    action()
    return 'nothing'
  } catch (error) {
    return String(error)
  }
}
/** Each test in a context of its own. */
const alone = <T>(body: () => Promise<T>) => new Context().run(body)

describe('tasks', () => {
  test('AS-01 a task has a copy made at its creation, and its sets stay in it', () =>
    alone(async () => {
      const child = createTask(async () => {
        expect(variable.get()).toBe('nope')
        await sleep(1)
        expect(variable.get()).toBe('nope')
        variable.set('of the child')
      })
      variable.set('yes')
      await child.result
      expect(variable.get()).toBe('yes')
    }))

  test('AS-03 a hundred tasks with ten sleeps each see their own value', async () => {
    const work = (value: number) => async () => {
      number.set(value)
      for (let i = 0; i < 10; i++) {
        await sleep(Math.random() * 3)
        expect(number.get()).toBe(value)
      }
    }
    await Promise.all(Array.from({ length: 100 }, (_, i) => createTask(work(i)).result))
    expect(number.get()).toBe(-1)
  })

  test('AS-04 two tasks one after the other in one given context', () =>
    alone(async () => {
      const context = new Context()
      const step = async () => number.set(number.get(0) + 1) && number.get()
      expect(context.get(number)).toBeUndefined()
      expect(await createTask(step, { context }).result).toBe(1)
      expect(await createTask(step, { context }).result).toBe(2)
      expect(context.get(number)).toBe(2)
    }))

  test('AS-07, AS-39 its context and its name are there to be read', () => {
    const context = new Context()
    const task = createTask(async () => {}, { context, name: 'Alice' })
    expect(task).toBeInstanceOf(Task)
    expect([task.context, task.name, task.done]).toEqual([context, 'Alice', false])
    expect(createTask(async () => {}).name).toMatch(/^Task-\d+$/)
  })

  test('AS-09 a group’s tasks run in the context they are given', () =>
    alone(async () => {
      const context = new Context()
      const step = async () => number.set(number.get(0) + 1) && number.get()
      const group = new TaskGroup()
      const first = group.createTask(step, { context })
      await first.result
      const second = group.createTask(step, { context })
      await group.join()
      expect([await first.result, await second.result, context.get(number)]).toEqual([1, 2, 2])
      expect(number.get()).toBe(-1)
    }))

  test('AS-12 an eager task runs its first step at once, in its own context', () =>
    alone(async () => {
      number.set(1)
      let ran = false
      const task = createTask(
        async () => {
          number.set(2)
          ran = true
          await sleep(1)
          expect(number.get()).toBe(2)
        },
        { eagerStart: true },
      )
      expect([ran, number.get()]).toEqual([true, 1])
      await task.result
      expect(number.get()).toBe(1)
    }))

  test('an await in the first step of an eager task resumes in its very context', () =>
    alone(async () => {
      const task = createTask(
        async () => {
          const token = variable.set('during')
          await sleep(1)
          variable.reset(token)
          return variable.get()
        },
        { eagerStart: true },
      )
      expect(await task.result).toBe('nope')
    }))

  test('AS-23 a promise that another context resolves does not change the context of who awaits it', () =>
    alone(async () => {
      const { promise, resolve } = deferred()
      const waiting = createTask(async () => {
        variable.set('waiting')
        await promise
        return variable.get()
      })
      createTask(async () => {
        variable.set('resolving')
        resolve()
      })
      expect(await waiting.result).toBe('waiting')
    }))

  test('AS-24 a task that another one aborts cleans up in its own context', () =>
    alone(async () => {
      const abort = new AbortController()
      const aborted = createTask(async () => {
        variable.set('aborted')
        const seen: string[] = []
        try {
          await new Promise((_, reject) => {
            abort.signal.addEventListener('abort', () => reject(abort.signal.reason))
          })
        } catch {
          seen.push(variable.get())
        } finally {
          seen.push(variable.get())
          variable.set('cleaned up')
        }
        return seen
      })
      const aborting = createTask(async () => {
        variable.set('aborting')
        await sleep(1)
        abort.abort()
        await sleep(1)
        return variable.get()
      })
      expect(await gather(aborted, aborting)).toEqual([['aborted', 'aborted'], 'aborting'])
    }))

  test('AS-25, AS-26 gather isolates; a bare call writes into the caller’s context', () =>
    alone(async () => {
      const set = (value: string) => async () => {
        await null
        variable.set(value)
        await sleep(1)
        return variable.get()
      }
      expect(await gather(set('a'), set('b'))).toEqual(['a', 'b'])
      expect(variable.get()).toBe('nope')
      await set('leaked')()
      expect(variable.get()).toBe('leaked')
    }))

  test('AS-33 something that is no context is refused, and nothing is scheduled', async () => {
    let ran = false
    expect(() => createTask(async () => (ran = true), { context: 2.14 as never })).toThrow(/Context was expected, got/)
    expect(() => callSoon(() => (ran = true), { context: {} as never })).toThrow(TypeError)
    await sleep(2)
    expect(ran).toBe(false)
  })

  test('AS-34 an eager task in a context that is entered fails, as a run there would', async () => {
    const context = new Context()
    const task = context.run(() => createTask(async () => number.set(7), { context, eagerStart: true }))
    await expect(task.result).rejects.toThrow(/is already entered/)
    expect(context.has(number)).toBe(false)
  })

  test('AS-35 tasks that share one context see what the others set', async () => {
    const context = new Context()
    const work = (name: string) => async () => {
      variable.set(name)
      await sleep(1)
      return variable.get()
    }
    const tasks = ['a', 'b'].map((name) => createTask(work(name), { context }))
    expect(await gather(...tasks)).toEqual(['b', 'b'])
  })

  test('AS-36 a task may be given the context that is entered: it begins later', async () => {
    const context = new Context()
    const task = context.run(() => createTask(async () => variable.set('of the task'), { context }))
    await task.result
    expect(context.get(variable)).toBe('of the task')
  })

  test('AS-40 a grandchild has what its parent task held when it was made', () =>
    alone(async () => {
      const parent = createTask(async () => {
        variable.set('parent')
        return await createTask(async () => variable.get()).result
      })
      expect(await parent.result).toBe('parent')
    }))

  test('AW-01 a token made before an await is reset after it, in the same context', () =>
    alone(async () => {
      const token = variable.set('during')
      await sleep(1)
      await fetch('data:,x').then((response) => response.text())
      await 5
      variable.reset(token)
      expect(variable.get()).toBe('nope')
    }))

  test('a rejection is passed on, and one that nobody handles is not swallowed', async () => {
    await expect(
      createTask(async () => {
        await null
        throw new RangeError('expected')
      }).result,
    ).rejects.toThrow('expected')
    // The test runner listens, too, and would call it a failure.
    const others = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve))
    createTask(() => {
      throw new RangeError('nobody handles this')
    })
    expect(await unhandled).toBeInstanceOf(RangeError)
    for (const other of others) process.on('unhandledRejection', other)
  })

  test('a generator is a cooperative unit: each step in its own context, each yield awaited', () =>
    alone(async () => {
      const order: string[] = []
      const unit = (name: string) =>
        function* () {
          variable.set(name)
          for (let i = 0; i < 3; i++) {
            order.push(variable.get())
            yield sleep(1)
          }
          return name
        }
      const failing = createTask(function* () {
        try {
          yield Promise.reject(new Error('thrown in'))
        } catch (error) {
          return String(error)
        }
        return ''
      })
      expect(await gather(unit('a'), unit('b'), failing)).toEqual(['a', 'b', 'Error: thrown in'])
      expect(order.slice(0, 4)).toEqual(['a', 'b', 'a', 'b'])
    }))

  test('a unit that returns a promise is done when that is', () =>
    alone(async () => {
      const { promise, resolve } = deferred<number>()
      const task = createTask(function* () {
        yield
        return promise
      })
      await sleep(2)
      expect(task.done).toBe(false)
      resolve(7)
      expect([await task.result, task.done]).toEqual([7, true])
    }))

  test('spawn starts with nothing', () =>
    alone(async () => {
      variable.set('of the spawner')
      expect(await spawn(async () => variable.get()).result).toBe('nope')
    }))

  test('who waits for several goes on in the very same context', () =>
    alone(async () => {
      const token = variable.set('waiting')
      await gather(
        async () => variable.set('of one'),
        spawn(async () => sleep(1)),
      )
      const group = new TaskGroup()
      group.createTask(async () => variable.set('of a group'))
      await group.join()
      await group[Symbol.asyncDispose]()
      variable.reset(token)
      expect(variable.get()).toBe('nope')
    }))

  test('a group waits for all, and tells every failure', async () => {
    const group = new TaskGroup()
    let finished = false
    group.createTask(async () => {
      throw new Error('first')
    })
    group.createTask(async () => {
      await sleep(3)
      finished = true
    })
    const failed = await group.join().catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(AggregateError)
    expect((failed as AggregateError).errors).toHaveLength(1)
    expect((failed as AggregateError).message).toMatch(/^a task of the group failed: Task-\d+, Error: first$/)
    expect([finished, group.signal.aborted]).toEqual([true, true])
  })

  test('who cannot go on aborts the group, and what ends for that reason has not failed', async () => {
    const leave = async () => {
      await using group = new TaskGroup()
      group.createTask(
        () => new Promise((_, reject) => group.signal.addEventListener('abort', () => reject(group.signal.reason))),
      )
      try {
        await sleep(1)
        throw new Error('of the body')
      } catch (error) {
        group.abort(error)
        throw error
      }
    }
    await expect(leave()).rejects.toThrow('of the body')
  })

  test('what ends because its group was aborted is not another failure', async () => {
    const group = new TaskGroup()
    const untilAborted = () =>
      new Promise<void>((_, reject) => {
        group.signal.addEventListener('abort', () => reject(group.signal.reason))
      })
    group.createTask(untilAborted)
    group.createTask(() => untilAborted().catch(() => Promise.reject(new Error('of the cleaning up'))))
    group.createTask(async () => {
      throw new Error('first')
    })
    const failed: AggregateError = await group.join().catch((error) => error)
    expect(failed.errors.map(({ message }) => message)).toEqual(['first', 'of the cleaning up'])
  })

  test('what fails with anything at all is told', async () => {
    const group = new TaskGroup()
    for (const reason of [Object.create(null), 'text', undefined]) {
      group.createTask(() => Promise.reject(reason), { name: 'fails' })
    }
    await expect(group.join()).rejects.toThrow('a task of the group failed: fails, <unreadable>, and 2 more')
  })

  test('whoever joins a group waits for all of it', async () => {
    const group = new TaskGroup()
    let finished = 0
    group.createTask(async () => {
      await sleep(2)
      group.createTask(() => sleep(2).then(() => finished++))
      finished++
    })
    const waits = [group.join(), group.join()].map((joined) => joined.then(() => finished))
    expect(await Promise.all(waits)).toEqual([2, 2])
  })
})

describe('scheduled calls', () => {
  test('AS-14, AS-15 callSoon sees what was set when it was called, and its sets stay in it', () =>
    alone(async () => {
      variable.set('before')
      const { promise, resolve } = deferred<string>()
      callSoon(() => {
        resolve(variable.get())
        variable.set('inside')
      })
      variable.set('after')
      expect(await promise).toBe('before')
      expect(variable.get()).toBe('after')
    }))

  test('AS-16, AS-17 in a given context, now or later', () =>
    alone(async () => {
      for (const schedule of [callSoon, callLater.bind(null, 1), callAt.bind(null, performance.now() + 1)]) {
        const context = new Context()
        const { promise, resolve } = deferred()
        schedule(
          () => {
            variable.set('inside')
            resolve()
          },
          { context },
        )
        await promise
        expect(context.get(variable)).toBe('inside')
        expect(variable.get()).toBe('nope')
      }
    }))

  test('AS-18 one that throws is reported as uncaught, and the next one runs', () =>
    alone(async () => {
      const others = process.listeners('uncaughtException')
      process.removeAllListeners('uncaughtException')
      const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve))
      const context = new Context()
      callSoon(
        () => {
          throw new RangeError('of a call')
        },
        { context },
      )
      const { promise, resolve } = deferred()
      callSoon(resolve)
      await promise
      expect(await uncaught).toMatchObject({ message: 'of a call' })
      for (const other of others) process.on('uncaughtException', other)
      expect(context.run(() => 'can be entered')).toBe('can be entered')
    }))

  test('AS-19 a cancelled call never runs', async () => {
    let ran = 0
    const handles = [callSoon(() => ran++), callLater(1, () => ran++)]
    for (const handle of handles) handle.cancel()
    expect(handles.map((handle) => handle.cancelled)).toEqual([true, true])
    await sleep(5)
    expect(ran).toBe(0)
  })

  test('a call that was made cannot be cancelled', async () => {
    const handle = callSoon(() => {})
    await sleep(1)
    handle.cancel()
    expect(handle.cancelled).toBe(false)
  })

  test('what is no time is refused', () => {
    for (const [time, text] of [
      [Number.NaN, 'NaN'],
      [Number.POSITIVE_INFINITY, 'Infinity'],
      ['1', "'1'"],
      [noop, '<function>'],
    ] as const) {
      const words = `a finite number of milliseconds was expected first, got ${text}`
      expect(complaint(() => callLater(time as never, noop))).toBe(`TypeError: callLater: ${words}`)
      expect(complaint(() => callAt(time as never, noop))).toBe(`TypeError: callAt: ${words}`)
    }
  })

  test('a time that is past is soon, and never now', async () => {
    for (const schedule of [callLater.bind(null, -1e9), callAt.bind(null, -1e9), callAt.bind(null, 0)]) {
      let begun = false
      const { promise, resolve } = deferred<boolean>()
      schedule(() => resolve(begun))
      begun = true
      expect(await promise).toBe(true)
    }
  })

  test('AS-41 from inside a run it is a copy of that context', async () => {
    const { promise, resolve } = deferred<string>()
    new Context().run(() => {
      variable.set('of the run')
      callSoon(() => resolve(variable.get()))
    })
    expect(await promise).toBe('of the run')
  })
})

function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
