// What a page may never notice: the order of what happens, which rejections are reported, which properties there are.

/** What interleaved async code does, step by step: the specification fixes every tick of it. */
export async function order(): Promise<string[]> {
  const seen: string[] = []
  const tick = async (name: string, times: number, next: () => unknown) => {
    for (let i = 0; i < times; i++) {
      await next()
      seen.push(`${name} ${i}`)
    }
  }
  const step = (name: string) => () => {
    seen.push(name)
  }
  class Subclass<T> extends Promise<T> {}
  // biome-ignore lint/suspicious/noThenProperty: a thenable is what takes ticks of its own
  const thenable = { then: (resolve: () => void) => resolve() }
  const resolved = Promise.resolve()
  const generate = async function* () {
    yield 0
    yield resolved
    try {
      yield* [1, resolved]
    } finally {
      await null
      seen.push('the end of the generator')
    }
  }
  queueMicrotask(step('microtask'))
  const all = [
    tick('primitive', 9, () => null),
    tick('resolved', 9, () => resolved),
    tick('async function', 9, async () => {}),
    tick('async function that returns a promise', 4, async () => resolved),
    tick('thenable', 4, () => thenable),
    tick('subclass', 4, () => Subclass.resolve()),
    tick('all', 3, () => Promise.all([resolved, null, thenable])),
    tick('race', 3, () => Promise.race([thenable, resolved])),
    tick('any', 3, () => Promise.any([Promise.reject(new Error('expected')), resolved])),
    tick('allSettled', 3, () => Promise.allSettled([resolved])),
    tick('then', 3, () => resolved.then(step('first then')).then(() => thenable)),
    tick('catch', 3, () => Promise.reject(new Error('expected')).catch(step('caught'))),
    tick('finally', 3, () => resolved.finally(step('in finally'))),
    (async () => {
      for await (const value of generate()) seen.push(`generated ${value}`)
      for await (const _ of [resolved, 1, thenable]) seen.push('of an array')
    })(),
  ]
  const microtask = () => queueMicrotask(step('nested microtask'))
  queueMicrotask(microtask)
  await Promise.all(all)
  return seen
}

/** Which rejections are reported as unhandled, and which as handled after all. */
export async function rejections(): Promise<string[]> {
  const seen: string[] = []
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const report = (event: PromiseRejectionEvent) => {
    event.preventDefault()
    seen.push(`${event.type}: ${event.reason}${event.promise === returned ? ', its promise' : ''}`)
    if (event.type === 'unhandledrejection' && event.reason === 'last') late.catch(() => {})
    if (event.type === 'rejectionhandled') end()
  }
  const types = ['unhandledrejection', 'rejectionhandled'] as const
  for (const type of types) window.addEventListener(type, report)

  const late = Promise.reject('handled late')
  void Promise.reject('of nobody')
  // Kept: where nobody takes what `then` returns, Firefox makes no promise, and reports the one that the callback returned.
  const returned = Promise.resolve().then(() => Promise.reject('returned by a callback'))
  void Promise.reject('through then').then(() => {})
  void Promise.reject('through finally').finally(() => {})
  void (async () => {
    throw 'thrown by an async function'
  })()
  void (async () => {
    await Promise.reject('awaited')
  })()
  void (async () => {
    await null
    await new Promise((_, reject) => queueMicrotask(() => reject('awaited, pending')))
  })()
  void class extends Promise<unknown> {}.reject('of a subclass')
  void Promise.all([Promise.reject('in Promise.all')])
  void Promise.reject('handled at once').catch(() => {})
  void (async () => {
    try {
      await Promise.reject('awaited and caught')
    } catch {}
  })()
  await null
  const handledInTime = Promise.reject('handled in this turn')
  await null
  await handledInTime.catch(() => {})
  // Of another turn: what was reported above was reported before it.
  setTimeout(() => void Promise.reject('last'))
  await ended
  for (const type of types) window.removeEventListener(type, report)
  return seen
}

type Place = [name: string, object: object]

/** Where properties could have been replaced: the global object, every class of the host, and what each instance inherits. */
function places(): Place[] {
  const found: Place[] = [
    ['window', window],
    ['navigator.locks', navigator.locks],
    ['Promise', (async () => {})().constructor],
    ['Promise.prototype', Object.getPrototypeOf((async () => {})())],
  ]
  for (let at: object = Object.getPrototypeOf(window); at !== null; at = Object.getPrototypeOf(at)) {
    found.push([`what window inherits, ${found.length}`, at])
  }
  for (const name of Object.getOwnPropertyNames(window)) {
    const value: unknown = Object.getOwnPropertyDescriptor(window, name)?.value
    if (typeof value !== 'function') continue
    found.push([name, value])
    const prototype: unknown = Object.getOwnPropertyDescriptor(value, 'prototype')?.value
    if (typeof prototype === 'object' && prototype !== null) found.push([`${name}.prototype`, prototype])
  }
  return found
}

/** Remembers every property there is; what it returns names those that are others by then. */
export function remember(): () => string[] {
  const before = places().map(
    ([name, object]) =>
      [name, object, new Map(Reflect.ownKeys(object).map((key) => [key, describe(object, key)]))] as const,
  )
  return () =>
    before.flatMap(([name, object, properties]) => {
      const keys = new Set([...properties.keys(), ...Reflect.ownKeys(object)])
      return [...keys]
        .filter((key) => !isSame(properties.get(key), describe(object, key)))
        .map((key) => `${name}.${String(key)}`)
    })
}

const describe = (object: object, key: PropertyKey) => Object.getOwnPropertyDescriptor(object, key)

function isSame(one: PropertyDescriptor | undefined, other: PropertyDescriptor | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return (['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const).every((part) =>
    Object.is(one[part], other[part]),
  )
}
