// Runs a program in this runtime and says what came of each step. Its twin is oracle.py: change both.

import { Context, copyContext } from '../../runtime/context/context'
import { KeyError, LookupError } from '../../runtime/context/errors'
import { Token } from '../../runtime/context/token'
import { ContextVar } from '../../runtime/context/variable'
import { assertUnreachable } from './assert-unreachable'
import type { Outcome, Program, Step, Trace, Value } from './program'
import { call } from './untyped'

/** What `raise` throws: it passes through everything but `try`. */
class Raised extends Error {}

/** Nothing of the kind was made yet. */
class NoSuch extends Error {}

type Held = Value | typeof Token.MISSING

export function interpret(program: Program): Trace {
  return new Interpreter().run(program)
}

class Interpreter {
  readonly #trace: Trace = []
  readonly #variables: ContextVar<Held>[] = []
  readonly #contexts: Context[] = []
  readonly #tokens: Token<Held>[] = []
  readonly #generators: Generator<void, void>[] = []
  readonly #running = new Set<Generator<void, void>>()

  run(program: Program): Trace {
    new Context().run(() => this.#try(program))
    return this.#trace
  }

  #try(body: Step[]): void {
    try {
      this.#all(body)
    } catch (error) {
      if (!(error instanceof Raised)) throw error
      this.#trace.push('!Raised')
    }
  }

  #all(body: Step[]): void {
    for (const step of body) {
      let outcome: Outcome | undefined
      try {
        outcome = this.#step(step)
      } catch (error) {
        if (error instanceof Raised) throw error
        outcome = this.#failure(error)
      }
      if (outcome !== undefined) this.#trace.push(outcome)
    }
  }

  /** What the step says; undefined where its parts have said it all, or where it makes something. */
  #step(step: Step): Outcome | undefined {
    switch (step[0]) {
      case 'variable':
        this.#variables.push(
          step.length > 1 ? new ContextVar<Held>('v', { default: step[1] as Value }) : new ContextVar<Held>('v'),
        )
        return
      case 'get': {
        const variable = this.#variable(step[1])
        return shown(step.length > 2 ? variable.get(step[2] as Value) : variable.get())
      }
      case 'set':
        this.#tokens.push(this.#variable(step[1]).set(step[2]))
        return
      case 'set missing':
        this.#tokens.push(this.#variable(step[1]).set(Token.MISSING))
        return
      case 'reset': {
        const token = this.#token(step[1])
        token.var.reset(token)
        return 'reset'
      }
      case 'reset of':
        this.#variable(step[1]).reset(this.#token(step[2]))
        return 'reset'
      case 'reset junk': {
        const variable = this.#variable(step[1])
        return shown(call(variable.reset, variable, null) as Value)
      }
      case 'old value':
        return shown(this.#token(step[1]).oldValue)
      case 'token variable':
        return this.#variables.indexOf(this.#token(step[1]).var)
      case 'scope': {
        using token = this.#variable(step[1]).set(step[2])
        this.#tokens.push(token)
        this.#all(step[3])
        return
      }
      case 'new context':
        this.#contexts.push(new Context())
        return
      case 'copy context':
        this.#contexts.push(copyContext())
        return
      case 'copy':
        this.#contexts.push(this.#context(step[1]).copy())
        return
      case 'run':
        this.#context(step[1]).run((body) => this.#all(body), step[2])
        return 'ran'
      case 'run nothing': {
        const context = this.#context(step[1])
        return shown(call(context.run, context) as Value)
      }
      case 'run junk': {
        const context = this.#context(step[1])
        return shown(call(context.run, context, 1) as Value)
      }
      case 'run get': {
        const variable = this.#variable(step[2])
        return shown(this.#context(step[1]).run(() => variable.get()))
      }
      case 'run set': {
        const variable = this.#variable(step[2])
        this.#tokens.push(this.#context(step[1]).run((value) => variable.set(value), step[3]))
        return
      }
      case 'run reset': {
        const token = this.#token(step[2])
        this.#context(step[1]).run(() => token.var.reset(token))
        return 'reset'
      }
      case 'size':
        return this.#context(step[1]).size
      case 'has':
        return this.#context(step[1]).has(this.#variable(step[2]))
      case 'look': {
        const context = this.#context(step[1])
        const variable = this.#variable(step[2])
        return shown(step.length > 3 ? context.get(variable, step[3] as Value) : (context.get(variable) ?? null))
      }
      case 'item':
        return shown(this.#context(step[1]).item(this.#variable(step[2])))
      case 'look junk': {
        const context = this.#context(step[1])
        return shown(call(context.get, context, 1) as Value)
      }
      case 'entries':
        return this.#inOrder([...this.#context(step[1])])
      case 'iterate': {
        const context = this.#context(step[1])
        const iterator = { keys: context.keys(), values: context.values(), entries: context.entries() }[step[2]]
        this.#all(step[3])
        return this.#yielded(step[2], [...iterator])
      }
      case 'equals':
        return this.#context(step[1]).equals(this.#context(step[2]))
      case 'equals junk':
        return this.#context(step[1]).equals({})
      case 'generator':
        this.#generators.push(this.#generate(step[1], step[2]))
        return
      case 'next':
        return this.#resume(step[1], (generator) => (generator.next().done ? 'done' : 'yielded'))
      case 'close':
        return this.#resume(step[1], (generator) => {
          generator.return()
          return 'closed'
        })
      case 'raise':
        throw new Raised()
      case 'try':
        this.#try(step[1])
        return
      default:
        return assertUnreachable(step)
    }
  }

  *#generate(bodies: Step[][], last: Step[]): Generator<void, void> {
    try {
      for (const body of bodies) {
        this.#all(body)
        yield
      }
    } finally {
      this.#all(last)
    }
  }

  /** A generator that runs already is left alone: how the languages complain about that is not our business. */
  #resume(index: number, how: (generator: Generator<void, void>) => Outcome): Outcome {
    const generator = pick(this.#generators, index)
    if (this.#running.has(generator)) return 'running'
    this.#running.add(generator)
    try {
      return how(generator)
    } finally {
      this.#running.delete(generator)
    }
  }

  #yielded(of: 'keys' | 'values' | 'entries', yielded: unknown[]): Outcome {
    if (of === 'entries') return this.#inOrder(yielded as [ContextVar<unknown>, unknown][])
    if (of === 'keys') return this.#inOrder((yielded as ContextVar<unknown>[]).map((variable) => [variable, null]))
    return yielded.map((value) => JSON.stringify(shown(value as Held))).sort()
  }

  /** Mappings have no order: by the variable's number. */
  #inOrder(entries: [ContextVar<unknown>, unknown][]): Outcome {
    return entries
      .map(([variable, value]): [number, Outcome] => [
        this.#variables.indexOf(variable as ContextVar<Held>),
        shown(value as Held),
      ])
      .sort(([a], [b]) => a - b)
  }

  #failure(error: unknown): Outcome {
    if (error instanceof NoSuch) return 'nothing there'
    if (!(error instanceof Error)) throw error
    // The body of a scope threw, and then its end: Python goes on with the later error, JavaScript with both.
    if (error.name === 'SuppressedError') return this.#failure(Reflect.get(error, 'error'))
    const variable =
      error instanceof LookupError || error instanceof KeyError
        ? ` ${this.#variables.indexOf(error.variable as ContextVar<Held>)}`
        : ''
    return `!${error.name}${variable}`
  }

  #variable = (index: number): ContextVar<Held> => pick(this.#variables, index)
  #context = (index: number): Context => pick(this.#contexts, index)
  #token = (index: number): Token<Held> => pick(this.#tokens, index)
}

function pick<T>(things: T[], index: number): T {
  const thing = things[index % things.length]
  if (thing === undefined) throw new NoSuch()
  return thing
}

function shown(value: Held | undefined): Outcome {
  if (value === Token.MISSING) return 'MISSING'
  return value ?? null
}
