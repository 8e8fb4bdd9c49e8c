// The reference is cvpickle: what random programs did there (`reference.py` asked it) is what they do here, values and error types alike.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Context, ContextReducer, ContextVar } from '../../runtime'
import { call } from '../context/untyped'

type Json = unknown
type Step =
  | ['register', what: number | string, module: string, asObject: boolean, qualname: string | null, validate: boolean]
  | ['deregister', variable: number]
  | ['set', variable: number, value: Json]
  | ['reduce']
  | ['load', over: boolean, values: [module: string, qualname: string, value: Json][]]
  | ['there and back']

interface Program {
  copying: boolean
  automatic: boolean
  steps: [step: Step, came: Json, autoRegister: boolean][]
}

const { python, cvpickle, programs }: { python: string; cvpickle: string; programs: Program[] } = JSON.parse(
  readFileSync(new URL('traces/cvpickle.json', import.meta.url), 'utf8'),
)

const variables = ['a', 'b', 'c', 'a', 'd', 'loose'].map((name) => new ContextVar<Json>(name))
const [a, b, c, otherA, d] = variables
const modules: Record<string, object> = {
  one: { a, b, Box: { c, size: 7 }, number: 7 },
  two: { a: otherA, d },
}

const byIndex = (entries: Iterable<[ContextVar<unknown>, ...Json[]]>): Json[] =>
  [...entries]
    .map(([variable, ...rest]): [number, ...Json[]] => [variables.indexOf(variable), ...rest])
    .sort(([one], [other]) => one - other)

/** As Python sorts its tuples. */
const byPath = (values: readonly (readonly Json[])[]): Json[] =>
  values
    .map(([module, qualname, value]) => [module, qualname, value])
    .sort((one, other) => (`${one[0]} ${one[1]}` < `${other[0]} ${other[1]}` ? -1 : 1))

type Send = (reducer: ContextReducer, context: Context) => unknown

function outcome(reducer: ContextReducer, context: Context, step: Step, send: Send): Json {
  switch (step[0]) {
    case 'register': {
      const [, what, module, asObject, qualname, validate] = step
      const variable = typeof what === 'number' ? variables[what] : what
      const given = asObject ? modules[module] : module
      call(reducer.registerContextVar, reducer, variable, given, qualname, { validate })
      return byIndex([...reducer.picklableContextVars].map(([known, path]) => [known, ...path]))
    }
    case 'deregister':
      call(reducer.deregisterContextVar, reducer, variables[step[1]])
      return reducer.picklableContextVars.size
    case 'set': {
      const [, variable, value] = step
      context.run(() => variables[variable]?.set(value))
      return byIndex(context)
    }
    case 'reduce': {
      const { copyContext, values } = reducer.reduce(context)
      return [copyContext, byPath(values)]
    }
    case 'load': {
      const [, copyContext, values] = step
      return byIndex(context.run(() => reducer.restore({ $contextvars: 1, copyContext, values })))
    }
    case 'there and back': {
      const data = send(reducer, context)
      return byIndex(context.run(() => reducer.restore(data)))
    }
  }
}

function replay({ copying, automatic, steps }: Program, send: Send): Program['steps'] {
  const reducer = new ContextReducer({ autoRegister: automatic, factoryIsCopyContext: copying })
  for (const [name, module] of Object.entries(modules)) reducer.modules.set(name, module)
  const context = new Context()
  return steps.map(([step]) => {
    let came: Json
    try {
      came = outcome(reducer, context, step, send)
    } catch (error) {
      came = `!${error instanceof Error ? error.name : error}`
    }
    return [step, came, reducer.autoRegister]
  })
}

test.each<[string, Send]>([
  ['structured clone', (reducer, context) => structuredClone(reducer.reduce(context))],
  ['JSON', (reducer, context) => JSON.parse(JSON.stringify(reducer.reduce(context, 'json')))],
])(`what cvpickle ${cvpickle} did in Python ${python}, where pickle is %s here`, (_, send) => {
  for (const program of programs) expect(replay(program, send)).toEqual(program.steps)
})

test('the programs do everything, and come to everything', () => {
  const said = JSON.stringify(programs)
  for (const step of ['register', 'deregister', 'set', 'reduce', 'load', 'there and back']) {
    expect(said.split(`"${step}"`).length).toBeGreaterThan(40)
  }
  for (const error of ['TypeError', 'KeyError', 'ValueError', 'AttributeError', 'ModuleNotFoundError']) {
    expect(said.split(`!${error}`).length).toBeGreaterThan(10)
  }
})
