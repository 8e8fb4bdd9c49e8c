// `AsyncContext.Variable`, as TC39 proposes it: a variable that nobody sets. `run` gives it a value for what a function does, now and after
// each of its awaits; so each run is a context of its own, which begins with the value, and which nothing changes afterwards.

import { type Context, copyFor, valuesOf } from '../context/context'
import { carrier, current, switchTo } from '../context/storage'
import { type Boundary, tap } from '../context/tap'
import { makeToken } from '../context/token'
import { ContextVar } from '../context/variable'
import { VARIABLE_RUN } from '../protocol'
import { dataProperty, isObject, lookedUp } from './properties'

/** What tools call a variable without a name. */
const UNNAMED = '(unnamed)'

export interface VariableOptions<T> {
  /** What tools call it. Default: the empty string. */
  readonly name?: string
  /** What `get` gives where no `run` is under way. Default: undefined. */
  readonly defaultValue?: T
}

export class Variable<T> {
  readonly #name: string
  readonly #variable: ContextVar<T | undefined>

  static {
    dataProperty(Variable, 'name', 'Variable')
    dataProperty(Variable.prototype, Symbol.toStringTag, 'AsyncContext.Variable')
  }

  constructor(options?: VariableOptions<T>) {
    lookedUp(this, new.target, Variable)
    let name = ''
    let value: T | undefined
    if (isObject<VariableOptions<T>>(options)) {
      if ('name' in options) name = `${options.name}`
      value = options.defaultValue
    }
    this.#name = name
    this.#variable = new ContextVar(name || UNNAMED, { default: value }, Variable)
  }

  /** As given to the constructor. */
  get name(): string {
    return this.#name
  }

  /** The value that the innermost `run` under way gave it; the default without one. */
  get(): T | undefined {
    return this.#variable.get()
  }

  /** Calls `fn` with this value of the variable, which holds for all that `fn` begins, and for nobody else. */
  run<A extends unknown[], R>(value: T, fn: (...args: A) => R, ...args: A): R {
    const variable = this.#variable
    const context = copyFor(current, 'copy', VARIABLE_RUN, variable.name, run)
    const replaced = valuesOf(context).set(variable, value)
    if (tap !== null) {
      // Nobody gets it, so nobody is waited for to use it.
      const token = makeToken(variable, replaced as T, context)
      tap.variableSet(context, variable, token, value, run)
      token.spend()
    }
    return runIn(context, fn, args, run)
  }
}

const { run } = Variable.prototype

/** As `context.run`, for a context that nobody else has. */
function runIn<A extends unknown[], R>(context: Context, fn: (...args: A) => R, args: A, boundary: Boundary): R {
  const outer = current
  const carried = carrier
  let threw = true
  try {
    tap?.runStarted(context, outer, boundary)
    if (carried === null) switchTo(context)
    const result = carried === null ? fn(...args) : carried(context, fn, undefined, args)
    threw = false
    return result
  } finally {
    if (carried === null) {
      switchTo(outer)
      // One that came while this ran has to hear of the way back.
      carrier?.(outer, () => {}, undefined, [])
    }
    tap?.runEnded(context, threw)
  }
}
