// What a recorder is told when something is handed over to the host.

import { expect, test } from 'vitest'
import { install } from '../../runtime/async'
import { handsOver } from '../../runtime/async/hand-over'
import type { Context } from '../../runtime/context/context'
import { attachTap, type Boundary, type Tap } from '../../runtime/context/tap'

const native = (...given: unknown[]): unknown => (given[0] as { later?: unknown } | undefined)?.later

const handings: Record<string, () => unknown> = {
  'a listener': () => new EventTarget().addEventListener('x', () => {}),
  'a class': () => new FinalizationRegistry(() => {}),
  'a function': () => handsOver(native, { name: 'native', callbacks: [0] })(() => {}),
  'a dictionary': () => handsOver(native, { name: 'native', members: ['later'] })({ later: () => {} }),
}

test.each(Object.entries(handings))('%s: the stack begins with the line of the page', (_, handOver) => {
  const stacks: (string | undefined)[] = []
  const contextCreated = (...[, , , , , boundary]: [Context, unknown, unknown, unknown, unknown, Boundary]) => {
    const trace: { stack?: string } = {}
    Error.captureStackTrace(trace, boundary)
    stacks.push(trace.stack?.split('\n')[1])
  }
  const uninstall = install()
  const detach = attachTap(
    new Proxy({ contextCreated } as Partial<Tap> as Tap, {
      get: (tap, name) => Reflect.get(tap, name) ?? (() => {}),
    }),
  )
  handOver()
  detach()
  uninstall()
  expect(stacks).toEqual([expect.stringContaining('hand-over.test.ts')])
})

test('a dictionary without callbacks makes no context', () => {
  const created: unknown[] = []
  const tap = new Proxy({} as Tap, { get: (_, name) => () => created.push(name) })
  const detach = attachTap(tap)
  const followed = handsOver(native, { name: 'native', members: ['later'] })
  expect(followed({ later: 5 })).toBe(5)
  expect(followed(undefined)).toBe(undefined)
  detach()
  expect(created).toEqual([])
})
