// What variables and snapshots are for: which value is seen where, whatever returns, throws or waits.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ContextVar } from '../../runtime'
import { createTask } from '../../runtime/async'
import { AsyncContext, install } from '../../runtime/async-context'

const name = new AsyncContext.Variable<string>({ name: 'name', defaultValue: 'nobody' })
const other = new AsyncContext.Variable<number>()

const sleep = (ms = 1) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A function that takes note of how it was called. */
function noting() {
  const calls: { self: unknown; args: unknown[]; seen: unknown }[] = []
  function note(this: unknown, ...args: unknown[]): string {
    calls.push({ self: this, args, seen: name.get() })
    return 'result'
  }
  return { calls, note }
}

describe('a variable', () => {
  test('has its default outside of any run, undefined without one', () => {
    expect(name.get()).toBe('nobody')
    expect(other.get()).toBe(undefined)
  })

  test('has the value of the innermost run, and the one before after that', () => {
    name.run('Ada', () => {
      expect(name.get()).toBe('Ada')
      name.run('Grace', () => expect(name.get()).toBe('Grace'))
      other.run(7, () => expect([name.get(), other.get()]).toEqual(['Ada', 7]))
      expect([name.get(), other.get()]).toEqual(['Ada', undefined])
    })
    expect(name.get()).toBe('nobody')
  })

  test('undefined is a value', () => {
    name.run(undefined as never, () => expect(name.get()).toBe(undefined))
  })

  test('calls with the arguments, without a this, and gives the result', () => {
    const { calls, note } = noting()
    expect(name.run('Ada', note, 1, 'two')).toBe('result')
    expect(calls).toEqual([{ self: undefined, args: [1, 'two'], seen: 'Ada' }])
  })

  test('an error passes through, and leaves nothing behind', () => {
    const error = new RangeError('no')
    const fail = () => {
      throw error
    }
    expect(() => name.run('Ada', () => name.run('Grace', fail))).toThrow(error)
    expect(name.get()).toBe('nobody')
  })

  test('a subclass has its own', () => {
    class Named extends AsyncContext.Variable<string> {
      override get(): string {
        return super.get()?.toUpperCase() ?? ''
      }
    }
    const shouted = new Named({ defaultValue: 'a' })
    expect(shouted.get()).toBe('A')
    shouted.run('b', () => expect([shouted.get(), name.get()]).toEqual(['B', 'nobody']))
  })

  test('one that is out of sight may be run again while it runs', () => {
    const recurse = (depth: number): number =>
      depth === 0 ? (other.get() ?? -1) : other.run(depth, () => recurse(depth - 1) + (other.get() ?? 0))
    expect(recurse(100)).toBe(1 + 5050)
  })
})

describe('a snapshot', () => {
  test('has the values of when it was made, set or not, and puts back those of now', () => {
    const empty = new AsyncContext.Snapshot()
    const full = name.run('Ada', () => new AsyncContext.Snapshot())
    other.run(7, () => {
      full.run(() => expect([name.get(), other.get()]).toEqual(['Ada', undefined]))
      name.run('Grace', () => empty.run(() => expect([name.get(), other.get()]).toEqual(['nobody', undefined])))
      expect([name.get(), other.get()]).toEqual(['nobody', 7])
    })
  })

  test('calls with the arguments, without a this, and gives the result, again and again, also within itself', () => {
    const snapshot = name.run('Ada', () => new AsyncContext.Snapshot())
    const { calls, note } = noting()
    expect(snapshot.run(note, 1, 'two')).toBe('result')
    expect(snapshot.run(() => name.run('Grace', () => snapshot.run(note)))).toBe('result')
    expect(calls).toEqual([
      { self: undefined, args: [1, 'two'], seen: 'Ada' },
      { self: undefined, args: [], seen: 'Ada' },
    ])
  })

  test('an error passes through, and leaves nothing behind', () => {
    const snapshot = name.run('Ada', () => new AsyncContext.Snapshot())
    const error = new RangeError('no')
    expect(() =>
      snapshot.run(() => {
        throw error
      }),
    ).toThrow(error)
    expect(name.get()).toBe('nobody')
  })

  test('what wrap makes is called with its this and its arguments, in the values of when it was made', () => {
    const { calls, note } = noting()
    const wrapped = name.run('Ada', () => AsyncContext.Snapshot.wrap(note))
    const self = { wrapped }
    expect(name.run('Grace', () => self.wrapped(1))).toBe('result')
    expect(wrapped()).toBe('result')
    expect(calls).toEqual([
      { self, args: [1], seen: 'Ada' },
      { self: undefined, args: [], seen: 'Ada' },
    ])
    const throws = AsyncContext.Snapshot.wrap(() => {
      throw new RangeError('no')
    })
    expect(throws).toThrow(RangeError)
    expect(name.get()).toBe('nobody')
  })

  test('what is set in one call of it, by a ContextVar, no other call sees', () => {
    const variable = new ContextVar('variable', { default: 0 })
    const snapshot = new AsyncContext.Snapshot()
    const next = () => {
      variable.set(variable.get() + 1)
      return variable.get()
    }
    expect([snapshot.run(next), snapshot.run(next), variable.get()]).toEqual([1, 1, 0])
  })
})

describe('with what follows asynchrony', () => {
  let uninstall = () => {}
  beforeEach(() => {
    uninstall = install()
  })
  afterEach(() => uninstall())

  test('an async function keeps its value after each await, and its caller has none of it', async () => {
    const seen: unknown[] = []
    const work = async (own: string) => {
      seen.push(name.get() === own)
      await sleep()
      seen.push(name.get() === own)
      await name.run(`${own}'s`, async () => {
        await null
        seen.push(name.get() === `${own}'s`)
      })
      seen.push(name.get() === own)
      return own
    }
    const both = Promise.all([name.run('Ada', work, 'Ada'), name.run('Grace', work, 'Grace')])
    expect(name.get()).toBe('nobody')
    expect(await both).toEqual(['Ada', 'Grace'])
    expect(name.get()).toBe('nobody')
    expect(seen).toEqual(new Array(8).fill(true))
  })

  test('a promise that a run returns is no place: who waits goes on with their own values', async () => {
    const snapshot = name.run('Ada', () => new AsyncContext.Snapshot())
    let settle = () => {}
    const seen: unknown[] = []
    const done = name.run('Grace', () =>
      snapshot
        .run(async () => {
          await new Promise<void>((resolve) => {
            settle = resolve
          })
          seen.push(name.get())
        })
        .then(() => seen.push(name.get())),
    )
    settle()
    await done
    expect(seen).toEqual(['Ada', 'Grace'])
  })

  test.each<[string, (done: (seen: unknown) => void) => void]>([
    ['then', (done) => void Promise.resolve().then(() => done(name.get()))],
    ['finally', (done) => void Promise.resolve().finally(() => done(name.get()))],
    ['queueMicrotask', (done) => queueMicrotask(() => done(name.get()))],
    ['setTimeout', (done) => setTimeout(() => done(name.get()))],
    ['a task', (done) => void createTask(() => done(name.get()))],
  ])('what was begun in a run by %s has its value', async (_, begin) => {
    expect(await new Promise((resolve) => name.run('Ada', begin, resolve))).toBe('Ada')
  })

  test('a listener has the values of the dispatch, as the proposal says', () => {
    const target = new EventTarget()
    const seen: unknown[] = []
    name.run('registers', () => target.addEventListener('x', () => seen.push(name.get())))
    name.run('dispatches', () => target.dispatchEvent(new Event('x')))
    target.dispatchEvent(new Event('x'))
    expect(seen).toEqual(['dispatches', 'nobody'])
  })

  test('another choice for events may be made', () => {
    uninstall()
    uninstall = install({ events: 'registration' })
    const target = new EventTarget()
    const seen: unknown[] = []
    name.run('registers', () => target.addEventListener('x', () => seen.push(name.get())))
    name.run('dispatches', () => target.dispatchEvent(new Event('x')))
    expect(seen).toEqual(['registers'])
  })
})

describe('install', () => {
  test('makes the global where there is none, and takes it away with the last of those who asked', () => {
    expect('AsyncContext' in globalThis).toBe(false)
    const [one, two] = [install(), install()]
    const own = { value: AsyncContext, writable: true, enumerable: false, configurable: true }
    expect(Object.getOwnPropertyDescriptor(globalThis, 'AsyncContext')).toEqual(own)
    one()
    one()
    expect('AsyncContext' in globalThis).toBe(true)
    two()
    expect('AsyncContext' in globalThis).toBe(false)
  })

  test("leaves the host's own alone", () => {
    const native = {}
    Object.defineProperty(globalThis, 'AsyncContext', { value: native, configurable: true })
    install()()
    expect(Reflect.get(globalThis, 'AsyncContext')).toBe(native)
    Reflect.deleteProperty(globalThis, 'AsyncContext')
  })

  test('leaves alone what somebody put there meanwhile', () => {
    const uninstall = install()
    Reflect.set(globalThis, 'AsyncContext', 'theirs')
    uninstall()
    expect(Reflect.get(globalThis, 'AsyncContext')).toBe('theirs')
    Reflect.deleteProperty(globalThis, 'AsyncContext')
  })

  test('an option that does not exist is refused, and nothing is installed', () => {
    expect(() => install({ event: 'cause' } as never)).toThrow('install: there is no option event')
    expect('AsyncContext' in globalThis).toBe(false)
  })
})

// README.md lists them.
describe('what differs from the proposal', () => {
  let uninstall = () => {}
  beforeEach(() => {
    uninstall = install()
  })
  afterEach(() => uninstall())

  test('a generator runs in whoever calls next, not in its maker', () => {
    function* generate() {
      yield name.get()
      yield name.get()
    }
    const made = name.run('maker', generate)
    expect(name.run('Ada', () => made.next().value)).toBe('Ada')
    expect(made.next().value).toBe('nobody')
  })

  test('so does an async one', async () => {
    async function* generate() {
      yield name.get()
      await sleep()
      yield name.get()
    }
    const made = name.run('maker', generate)
    expect((await name.run('Ada', () => made.next())).value).toBe('Ada')
    expect((await name.run('Grace', () => made.next())).value).toBe('Grace')
  })

  test('after many awaits of plain values in a row, with nothing else between, it is the default', async () => {
    const seen = await name.run('Ada', async () => {
      const seen: unknown[] = [name.get()]
      for (let i = 0; i < 1000; i++) await i
      seen.push(name.get())
      return seen
    })
    expect(seen).toEqual(['Ada', 'nobody'])
  })

  test('a thenable whose functions somebody else calls resumes where that is', async () => {
    let call = () => {}
    const thenable = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what this is about
      then(resolve: () => void) {
        call = resolve
      },
    }
    const seen = name.run('Ada', async () => {
      await thenable
      return name.get()
    })
    await sleep()
    name.run('Grace', () => call())
    expect(await seen).not.toBe('Ada')
  })
})
