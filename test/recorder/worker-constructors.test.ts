// The wrapped classes of workers: what a page can see of a class and of its instances is as it was.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchConstructor, watchTerminate } from '../../runtime/recorder/worker-constructors'

/** What happens while a worker is made, in order. */
let seen: string[] = []

/** Reads what it is given as the host's class does. */
class NativeWorker {
  name: string
  constructor(address: unknown, options?: unknown) {
    // biome-ignore lint/complexity/noArguments: the host counts them
    if (arguments.length === 0) throw new TypeError('1 argument required, but only 0 present.')
    seen.push(`address ${address}`)
    if (options !== undefined && options !== null && typeof options !== 'object') throw new TypeError('not an object')
    const { credentials, name, type } = (options ?? {}) as Record<string, unknown>
    seen.push(`options ${credentials} ${type}`)
    if (type === 'refused') throw new RangeError('refused')
    this.name = name === undefined ? '' : `${name}`
  }
  terminate(): string {
    return 'terminated'
  }
}
Object.defineProperty(NativeWorker, 'name', { value: 'Worker' })

let undo = (): void => {}
const ended: object[] = []
const made: unknown[] = []

beforeEach(() => {
  seen = []
  vi.stubGlobal('Worker', NativeWorker)
  const ends = [
    watchConstructor('Worker', (address) => ({
      name: (given) => (given === undefined ? 'marked' : `${given}, marked`),
      made: (worker) => made.push([address, worker]),
      failed: () => seen.push('failed'),
    })),
    watchTerminate((worker) => ended.push(worker)),
  ]
  undo = () => {
    for (const end of ends) end()
  }
})
afterEach(() => {
  undo()
  vi.unstubAllGlobals()
  ended.length = 0
  made.length = 0
})

const current = () => globalThis.Worker as unknown as typeof NativeWorker

it('makes, refuses and ends workers as ever where whoever watches breaks', () => {
  const broken = (): never => {
    throw new Error('of the recorder')
  }
  const ends = [
    watchConstructor('Worker', () => ({ name: () => '', made: broken, failed: broken })),
    watchTerminate(broken),
  ]
  const Worker = current()
  expect(new Worker('a.js').terminate()).toBe('terminated')
  expect(() => new Worker('a.js', { type: 'refused' })).toThrow(RangeError)
  for (const end of ends.reverse()) end()
})

describe('a wrapped class', () => {
  it('is the class of its instances, with the same name, length and properties', () => {
    const Worker = current()
    expect(Worker).not.toBe(NativeWorker)
    const worker = new Worker('a.js')
    expect(worker).toBeInstanceOf(Worker)
    expect(worker.constructor).toBe(Worker)
    expect(Object.getPrototypeOf(worker)).toBe(NativeWorker.prototype)
    expect([Worker.name, Worker.length, Worker.prototype]).toEqual([
      'Worker',
      NativeWorker.length,
      NativeWorker.prototype,
    ])
    expect(Object.getOwnPropertyDescriptor(Worker.prototype, 'constructor')?.enumerable).toBe(false)
    expect(made).toEqual([['a.js', worker]])
  })

  it('is extended like any other', () => {
    class Special extends current() {
      own = 1
    }
    const worker = new Special('a.js', { name: 'special' })
    expect(worker).toBeInstanceOf(Special)
    expect([worker.own, worker.name, worker.constructor]).toEqual([1, 'special, marked', Special])
  })

  it('reads the address and the options in the host’s order, each once, frozen or not', () => {
    const reads: string[] = []
    const options = {
      get type() {
        reads.push('type')
        return 'module'
      },
      get name() {
        reads.push('name')
        return 'mine'
      },
      get credentials() {
        reads.push('credentials')
        return 'omit'
      },
    }
    const address = {
      toString() {
        reads.push('address')
        return 'a.js'
      },
    }
    expect(new (current())(address, Object.freeze(options)).name).toBe('mine, marked')
    expect(reads).toEqual(['address', 'credentials', 'name', 'type'])
    expect(new (current())('a.js', Object.freeze({ name: 'frozen' })).name).toBe('frozen, marked')
  })

  it('throws what the host throws, and forgets the worker', () => {
    const Worker = current() as unknown as new (...given: unknown[]) => object
    expect(() => new Worker()).toThrow('1 argument required, but only 0 present.')
    expect(() => new Worker('a.js', 7)).toThrow('not an object')
    expect(() => new Worker('a.js', { type: 'refused' })).toThrow(RangeError)
    expect(() => Reflect.apply(Worker, undefined, ['a.js'])).toThrow(TypeError)
    expect(made).toEqual([])
    expect(seen.filter((one) => one === 'failed')).toHaveLength(2)
  })

  it('tells when a worker is ended, and answers what the host answers', () => {
    const worker = new (current())('a.js')
    expect(worker.terminate()).toBe('terminated')
    expect(ended).toEqual([worker])
  })

  it('is given back', () => {
    undo()
    expect(current()).toBe(NativeWorker)
    expect(NativeWorker.prototype.constructor).toBe(NativeWorker)
    expect(String(NativeWorker.prototype.terminate)).toContain('terminated')
  })

  it('is left alone where there is none', () => {
    undo()
    vi.stubGlobal('Worker', undefined)
    expect(() => watchConstructor('Worker', () => ({ name: String, made() {}, failed() {} }))()).not.toThrow()
    expect(() => watchTerminate(() => {})()).not.toThrow()
  })
})
