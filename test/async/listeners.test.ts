// Event listeners mean with contexts what they mean without: each case runs with nothing installed, and again under each
// policy. What only a browser has (handlers, `passive`, attributes) is in test/e2e/events.test.ts.

import { describe, expect, test } from 'vitest'
import { ContextVar, copyContext } from '../../runtime'
import { install } from '../../runtime/async'

const fire = (target: EventTarget, times = 1, type = 'x'): void => {
  for (let i = 0; i < times; i++) target.dispatchEvent(new Event(type))
}

const cases: Record<string, (log: (entry: unknown) => void) => void> = {
  'once, dispatched again from within'(log) {
    const target = new EventTarget()
    const listener = () => {
      log('called')
      fire(target)
    }
    target.addEventListener('x', listener, { once: true })
    fire(target, 2)
  },
  'once, added again from within'(log) {
    const target = new EventTarget()
    const listener = () => {
      log('called')
      target.addEventListener('x', listener, { once: true })
    }
    target.addEventListener('x', listener, { once: true })
    fire(target, 3)
  },
  'aborted, then added again'(log) {
    const target = new EventTarget()
    const listener = () => log('called')
    const controller = new AbortController()
    target.addEventListener('x', listener, { signal: controller.signal })
    controller.abort()
    fire(target)
    target.addEventListener('x', listener)
    fire(target)
  },
  'an object, whose method is replaced and whose double is ignored'(log) {
    const target = new EventTarget()
    const listener = {
      handleEvent(event: Event) {
        log([this === listener, event.type])
      },
    }
    target.addEventListener('x', listener)
    target.addEventListener('x', listener)
    fire(target)
    listener.handleEvent = () => log('replaced')
    fire(target)
    target.removeEventListener('x', listener)
    fire(target)
  },
  'removed, added and stopped from within'(log) {
    const target = new EventTarget()
    const second = () => log('second')
    target.addEventListener('x', (event) => {
      log('first')
      target.removeEventListener('x', second)
      target.addEventListener('x', () => log('third'))
      event.stopImmediatePropagation()
    })
    target.addEventListener('x', second)
    fire(target, 2)
  },
  'phases are told apart'(log) {
    const target = new EventTarget()
    const listener = () => log('called')
    target.addEventListener('x', listener, true)
    target.addEventListener('x', listener)
    fire(target)
    target.removeEventListener('x', listener, { capture: true })
    fire(target)
  },
  'a frozen target, an event type that is no string'(log) {
    const target = Object.freeze(new EventTarget())
    const listener = () => log('called')
    target.addEventListener(null as never, listener)
    fire(target, 1, 'null')
    target.removeEventListener('null', listener)
    fire(target, 1, 'null')
  },
  'nothing, and what is no listener'(log) {
    const target = new EventTarget()
    target.addEventListener('x', null)
    for (const attempt of [
      () => target.addEventListener('x', 5 as never),
      () => Reflect.apply(target.addEventListener, target, ['x']),
      () => target.addEventListener.call({} as never, 'x', () => {}),
      () => target.addEventListener('x', () => {}, { signal: 5 as never }),
    ]) {
      try {
        attempt()
        log('accepted')
      } catch (error) {
        log((error as Error).name)
      }
    }
  },
}

const outcome = (body: (log: (entry: unknown) => void) => void): unknown[] => {
  const seen: unknown[] = []
  body((entry) => seen.push(entry))
  return seen
}

describe.each(['cause', 'registration', 'dispatch'] as const)('under %s', (events) => {
  test.each(Object.keys(cases))('%s', (name) => {
    const body = cases[name]
    if (body === undefined) throw new Error('there is no such case')
    const plain = outcome(body)
    const uninstall = install({ events })
    const followed = outcome(body)
    uninstall()
    expect(plain.length).toBeGreaterThan(0)
    expect(followed).toEqual(plain)
  })

  test('a listener runs in a copy of the registrant’s context or of the dispatcher’s', () => {
    const who = new ContextVar<string>('who')
    const uninstall = install({ events })
    const as = (name: string, body: () => void) =>
      copyContext().run(() => {
        who.set(name)
        body()
      })
    const target = new EventTarget()
    const seen: string[] = []
    const listener = () => {
      seen.push(who.get())
      who.set('changed')
    }
    as('first', () => target.addEventListener('x', listener, { once: true }))
    as('dispatcher', () => fire(target))
    // Added again, it belongs to who added it again.
    as('second', () => target.addEventListener('x', listener))
    as('dispatcher', () => fire(target, 2))
    uninstall()
    expect(seen).toEqual(events === 'dispatch' ? Array(3).fill('dispatcher') : ['first', 'second', 'second'])
  })
})

test('a listener from before can be removed after, and one from an earlier install in a later one', () => {
  const target = new EventTarget()
  let calls = 0
  const before = () => calls++
  const during = () => calls++
  target.addEventListener('x', before)
  const first = install()
  target.addEventListener('x', during)
  target.removeEventListener('x', before)
  first()
  const second = install()
  fire(target)
  target.removeEventListener('x', during)
  fire(target)
  second()
  expect(calls).toBe(1)
})
