// OpenTelemetry's context API over its zone.js manager, which is what carries contexts in a browser; it runs in Node, too.

import { type Context, context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api'
import { ZoneContextManager } from '@opentelemetry/context-zone'
import type { Loop } from '../measure'
import { offer } from '../peer'

context.setGlobalContextManager(new ZoneContextManager().enable())

const nothing = (): number => 1
const keys = [1, 2, 3, 4].map((n) => createContextKey(`key ${n}`)) as [symbol, symbol, symbol, symbol]
const holding: Context = keys.reduce((held, key, n) => held.setValue(key, n), ROOT_CONTEXT)
const within =
  (loop: Loop): Loop =>
  (times) =>
    context.with(holding, () => loop(times))

offer({
  get() {
    const [a, b, c, d] = keys
    const read = (key: symbol): number => context.active().getValue(key) as number
    return within((times) => {
      let sum = 0
      for (let i = 0; i < times; i += 4) sum += read(a) + read(b) + read(c) + read(d)
      return sum
    })
  },

  'set + reset': () =>
    within((times) => {
      let sum = 0
      for (let i = 0; i < times; i++) sum += context.with(context.active().setValue(keys[0], i), nothing)
      return sum
    }),

  run: () =>
    within((times) => {
      let sum = 0
      for (let i = 0; i < times; i++) sum += context.with(holding, nothing)
      return sum
    }),
})
