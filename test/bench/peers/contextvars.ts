// This package.

import { Context, ContextVar, copyContext } from '../../../runtime/index'
import type { Loop } from '../measure'
import { offer, shuffled } from '../peer'

/** A loop over `count` variables, in a context that holds them all. */
function over(count: number, body: (times: number, variables: ContextVar<number>[]) => unknown): Loop {
  const context = new Context()
  const variables = Array.from({ length: count }, (_, n) => new ContextVar<number>(`variable ${n}`))
  context.run(() => {
    for (const [n, variable] of variables.entries()) variable.set(n)
  })
  const mixed = shuffled(variables)
  return (times) => context.run(body, times, mixed)
}

function get(times: number, [a, b, c, d]: ContextVar<number>[]): number {
  if (!a || !b || !c || !d) return 0
  let sum = 0
  for (let i = 0; i < times; i += 4) sum += a.get() + b.get() + c.get() + d.get()
  return sum
}

function setAndReset(times: number, [variable]: ContextVar<number>[]): number {
  if (!variable) return 0
  for (let i = 0; i < times; i++) {
    const token = variable.set(i)
    variable.reset(token)
  }
  return variable.get()
}

function copy(times: number): unknown {
  let last: unknown
  for (let i = 0; i < times; i++) last = copyContext()
  return last
}

function run(times: number): number {
  const context = copyContext()
  const nothing = (): number => 1
  let sum = 0
  for (let i = 0; i < times; i++) sum += context.run(nothing)
  return sum
}

/** Values never come twice: to set what is there already is less work. */
let value = 0

function set(times: number, variables: ContextVar<number>[]): unknown {
  let last: unknown
  for (let i = 0, n = 0; i < times; i++, n = n + 1 === variables.length ? 0 : n + 1) last = variables[n]?.set(value++)
  return last
}

function copyAndSet(times: number, variables: ContextVar<number>[]): unknown {
  let last: unknown
  for (let i = 0, n = 0; i < times; i++, n = n + 1 === variables.length ? 0 : n + 1) {
    last = copyContext()
    variables[n]?.set(value++)
  }
  return last
}

offer({
  get: () => over(4, get),
  'set + reset': () => over(4, setAndReset),
  copy: () => over(4, copy),
  run: () => over(4, run),
  'set among 10': () => over(10, set),
  'set among 10,000': () => over(10_000, set),
  'copy + set among 10': () => over(10, copyAndSet),
  'copy + set among 10,000': () => over(10_000, copyAndSet),
})
