// The cases of cvpickle, each in every state of the runtime. `module` stands for the module that a test of Python is.

import { expect } from 'vitest'
import {
  AttributeError,
  Context,
  ContextReducer,
  ContextVar,
  copyContext,
  globalContextReducer,
  KeyError,
  ModuleNotFoundError,
  type ReducedContext,
  RuntimeError,
  ValueError,
} from '../../runtime'
import { contextsMinted } from '../../runtime/context/context'
import { test } from '../context/every-state'
import { call } from '../context/untyped'

const cvar1 = new ContextVar<unknown>('cvar1')
const cvar2 = new ContextVar<unknown>('cvar2')
const cvar3 = new ContextVar<unknown>('cvar3')
class Test {
  static readonly cvar3 = cvar3
  readonly name = 'a test'
}
const module = { __name__: 'test_cvpickle', cvar1, Test }
const NAME = 'test_cvpickle'

type Options = ConstructorParameters<typeof ContextReducer>[0]

/** Two of the three are registered, one of them by a dotted name. */
function reducerOfTwo(options?: Options): ContextReducer {
  const reducer = new ContextReducer(options)
  reducer.registerContextVar(cvar1, module)
  reducer.registerContextVar(cvar3, module, 'Test.cvar3')
  return reducer
}

function contextOf(...values: [ContextVar<unknown>, unknown][]): Context {
  const context = new Context()
  context.run(() => {
    for (const [variable, value] of values) variable.set(value)
  })
  return context
}

const all = () => contextOf([cvar1, 'cvar1-value'], [cvar2, 'cvar2-value'], [cvar3, 'cvar3-value'])

/** By names: to a comparison of objects, all variables are alike. */
const held = (context: Context) => Object.fromEntries([...context].map(([{ name }, value]) => [name, value]))

const data = (...values: ReducedContext['values']): ReducedContext => ({ $contextvars: 1, copyContext: false, values })

/** The two ways that data goes. */
const ways: Record<string, (reducer: ContextReducer, context: Context) => unknown> = {
  'structured clone': (reducer, context) => structuredClone(reducer.reduce(context)),
  JSON: (reducer, context) => JSON.parse(JSON.stringify(reducer.reduce(context, 'json'))),
}

test('PK-01 what is registered and set is in the data, by module and qualname', () => {
  expect(reducerOfTwo().reduce(all())).toEqual(
    data([NAME, 'cvar1', 'cvar1-value'], [NAME, 'Test.cvar3', 'cvar3-value']),
  )
})

test('PK-02 a context is made of data', () => {
  const context = reducerOfTwo().restore(data([NAME, 'Test.cvar3', 'cvar3-new'], [NAME, 'cvar1', 'cvar1-new']))
  expect(context).toBeInstanceOf(Context)
  expect(context.size).toBe(2)
  expect(context.item(cvar1)).toBe('cvar1-new')
  expect(context.item(cvar3)).toBe('cvar3-new')
})

test('PK-03 PK-05 there and back: a new context with what was registered', () => {
  for (const send of Object.values(ways)) {
    const [reducer, context] = [reducerOfTwo(), all()]
    const restored = reducer.restore(send(reducer, context))
    expect(restored).not.toBe(context)
    expect(held(restored)).toEqual({ cvar1: 'cvar1-value', cvar3: 'cvar3-value' })
  }
})

test('PK-04 PK-30 PK-31 over a copy or over nothing; the loader’s own context stays as it is', () => {
  for (const send of Object.values(ways)) {
    for (const factoryIsCopyContext of [true, false]) {
      const reducer = reducerOfTwo({ factoryIsCopyContext })
      const sent = send(reducer, all())
      contextOf([cvar1, 'of the loader'], [cvar2, 'ambient']).run(() => {
        const before = copyContext()
        const restored = reducer.restore(sent)
        expect(restored.get(cvar1)).toBe('cvar1-value')
        expect(restored.get(cvar2, 'absent')).toBe(factoryIsCopyContext ? 'ambient' : 'absent')
        expect(copyContext().equals(before)).toBe(true)
        expect(cvar1.get()).toBe('of the loader')
      })
    }
  }
})

test('PK-09 an empty context comes back', () => {
  for (const send of Object.values(ways)) {
    const reducer = reducerOfTwo()
    expect(reducer.restore(send(reducer, new Context())).size).toBe(0)
  }
})

test('PK-25 a context as a value is reduced, too, wherever it is', () => {
  for (const send of Object.values(ways)) {
    const reducer = reducerOfTwo()
    const restored = reducer.restore(send(reducer, contextOf([cvar1, all()], [cvar3, { deep: [all()] }])))
    expect((restored.get(cvar1) as Context).get(cvar1)).toBe('cvar1-value')
    const { deep } = restored.item(cvar3) as { deep: [Context] }
    expect(deep[0].get(cvar3)).toBe('cvar3-value')
    expect(deep[0].size).toBe(2)
  }
})

test('PK-06 what is no context is refused', () => {
  for (const other of [1, null, {}, Object.create(Context.prototype)]) {
    expect(() => call(reducerOfTwo().reduce, reducerOfTwo(), other)).toThrow(TypeError)
  }
  expect(() => call(reducerOfTwo().reduce, reducerOfTwo(), 1)).toThrow('Argument must be a Context object not 1')
})

test('PK-07 PK-08 what is not registered, or not set, is not in the data', () => {
  expect(reducerOfTwo().reduce(contextOf([cvar2, 1]))).toEqual(data())
})

test('PK-10 what is no variable cannot be registered', () => {
  const reducer = new ContextReducer()
  for (const other of [1, 'cvar1', null, Object.create(ContextVar.prototype)]) {
    const register = () => call(reducer.registerContextVar, reducer, other, module)
    expect(register).toThrow(TypeError)
    expect(register).toThrow('Argument 1 must be a ContextVar object not')
  }
})

test('PK-11 a module that nobody has named', () => {
  const register = () => new ContextReducer().registerContextVar(cvar1, 'nowhere')
  expect(register).toThrow(ModuleNotFoundError)
  expect(register).toThrow("No module named 'nowhere'")
  expect(() => new ContextReducer().registerContextVar(cvar1, { cvar1 })).toThrow(ModuleNotFoundError)
})

test('PK-12 a module without that name', () => {
  for (const qualname of ['cvar9', 'Test.cvar9', 'Test.<locals>.cvar3', 'cvar1.cvar1', 'Test.cvar3.x.y', '']) {
    const register = () => new ContextReducer().registerContextVar(cvar1, module, qualname)
    expect(register).toThrow(AttributeError)
    expect(register).toThrow(`module '${NAME}' has no attribute '${qualname}'`)
  }
})

test('PK-13 a name that leads to something else', () => {
  const register = () => new ContextReducer().registerContextVar(cvar1, module, 'Test.cvar3')
  expect(register).toThrow(ValueError)
  expect(register).toThrow(`Not the same object: ContextVar cvar1 and global ${NAME}.Test.cvar3`)
})

test('PK-14 without validation each of these is accepted', () => {
  const reducer = new ContextReducer()
  for (const [of, qualname] of [
    [module, 'cvar9'] as const,
    [module, 'Test.cvar3'] as const,
    ['nowhere', 'x'] as const,
  ]) {
    reducer.registerContextVar(cvar1, of, qualname, { validate: false })
    expect(reducer.reduce(contextOf([cvar1, 1])).values).toEqual([[of === module ? NAME : of, qualname, 1]])
  }
  call(reducer.registerContextVar, reducer, cvar1, null, null, { validate: false })
  expect(reducer.picklableContextVars.get(cvar1)).toEqual(['null', 'cvar1'])
})

test('PK-15 PK-17 the qualname is the name, unless it is given; a module object is known by its name', () => {
  const reducer = new ContextReducer()
  reducer.registerContextVar(cvar1, module)
  expect(reducer.picklableContextVars.get(cvar1)).toEqual([NAME, 'cvar1'])
  // From now on the name is enough, and what it was named by somebody counts more than what it says of itself.
  reducer.registerContextVar(cvar3, NAME, 'Test.cvar3')
  reducer.modules.clear()
  reducer.modules.set('tests', module)
  reducer.registerContextVar(cvar1, module)
  expect(reducer.picklableContextVars.get(cvar1)).toEqual(['tests', 'cvar1'])
  const namespace = { cvar1 }
  reducer.modules.set('nameless', namespace)
  reducer.registerContextVar(cvar1, namespace)
  expect(reducer.picklableContextVars.get(cvar1)).toEqual(['nameless', 'cvar1'])
})

test('PK-16 a dotted qualname', () => {
  const reducer = new ContextReducer()
  reducer.registerContextVar(cvar3, module, 'Test.cvar3')
  expect(reducer.reduce(contextOf([cvar3, 1])).values).toEqual([[NAME, 'Test.cvar3', 1]])
})

test('PK-18 the second registration wins', () => {
  const reducer = new ContextReducer()
  reducer.registerContextVar(cvar1, 'first', 'one', { validate: false })
  reducer.registerContextVar(cvar1, 'second', 'two', { validate: false })
  expect(reducer.reduce(contextOf([cvar1, 1])).values).toEqual([['second', 'two', 1]])
})

test('PK-19 what is not registered cannot be deregistered', () => {
  const deregister = () => reducerOfTwo().deregisterContextVar(cvar2)
  expect(deregister).toThrow(KeyError)
  expect(deregister).toThrow(String(cvar2))
})

test('PK-20 what is deregistered is left out', () => {
  const reducer = reducerOfTwo()
  reducer.deregisterContextVar(cvar1)
  expect(reducer.reduce(all()).values).toEqual([[NAME, 'Test.cvar3', 'cvar3-value']])
})

const toJsonOf = (): unknown => Reflect.get(Context.prototype, 'toJSON')

test('PK-21 PK-22 the first success serves JSON.stringify, for good', () => {
  Reflect.deleteProperty(Context.prototype, 'toJSON')
  expect(JSON.stringify(all())).toBe('{}')
  const reducer = new ContextReducer({ autoRegister: true })
  expect(() => reducer.registerContextVar(cvar1, 'nowhere')).toThrow()
  expect(reducer.autoRegister).toBe(true)
  expect(toJsonOf()).toBeUndefined()

  reducer.registerContextVar(cvar1, module)
  expect(reducer.autoRegister).toBe(false)
  const served = toJsonOf()
  expect(JSON.parse(JSON.stringify({ of: [all()] }))).toEqual({ of: [data([NAME, 'cvar1', 'cvar1-value'])] })
  reducer.registerContextVar(cvar3, module, 'Test.cvar3')
  expect(toJsonOf()).toBe(served)
  expect(Object.keys(Context.prototype)).toEqual([])
  // What it would make something else of is refused, and so is what is no context.
  expect(() => JSON.stringify(contextOf([cvar1, new Date(0)]))).toThrow('JSON has no [object Date]')
  expect(() => JSON.stringify(Object.create(Context.prototype))).toThrow(
    'Argument must be a Context object not <object>',
  )
  // One that was not asked to does not.
  reducerOfTwo()
  expect(toJsonOf()).toBe(served)

  reducer.deregisterContextVar(cvar1)
  reducer.deregisterContextVar(cvar3)
  expect(JSON.stringify(all())).toBe('{"$contextvars":1,"copyContext":false,"values":[]}')
  // The next that is asked to takes its place, as in a table of copyreg.
  reducerOfTwo({ autoRegister: true, factoryIsCopyContext: true })
  expect(JSON.parse(JSON.stringify(all())).copyContext).toBe(true)
})

test('PK-23 the global reducer serves JSON, and restores over a copy', () => {
  expect(globalContextReducer).toMatchObject({ autoRegister: true, factoryIsCopyContext: true })
  expect(new ContextReducer()).toMatchObject({ autoRegister: false, factoryIsCopyContext: false })
})

test('PK-24 a value that cannot be data fails all of it', () => {
  const reducer = reducerOfTwo()
  const bad = contextOf([cvar1, 'good'], [cvar3, () => {}])
  expect(() => reducer.reduce(bad)).toThrow(TypeError)
  expect(() => reducer.reduce(bad)).toThrow(`cannot reduce ${cvar3}: structured clone has no <function>`)
  expect(() => reducer.reduce(bad, 'json')).toThrow(`cannot reduce ${cvar3}: JSON has no <function>`)
  // The variable that is named is the one whose value it is in.
  const within = contextOf([cvar1, [contextOf([cvar3, 'good']), () => {}]])
  expect(() => reducer.reduce(within)).toThrow(`cannot reduce ${cvar1}:`)
  expect(() => reducer.reduce(contextOf([cvar1, [bad]]))).toThrow(`cannot reduce ${cvar3}:`)
  // What nobody registered may be anything.
  expect(reducer.reduce(contextOf([cvar2, () => {}])).values).toEqual([])
  // What the platform refuses, it refuses as a whole.
  expect(() => structuredClone(reducer.reduce(contextOf([cvar1, Promise.resolve()])))).toThrow()
})

test('PK-26 a context that holds itself is refused', () => {
  const reducer = reducerOfTwo()
  const context = all()
  for (const value of [context, [context], { deep: new Map([[1, context]]) }, contextOf([cvar1, context])]) {
    context.run(() => cvar1.set(value))
    expect(() => reducer.reduce(context)).toThrow(RuntimeError)
    expect(() => reducer.reduce(context)).toThrow('a context that holds itself cannot be data')
  }
})

test('PK-27 the same context twice is one context again by structured clone, and two by JSON', () => {
  const reducer = reducerOfTwo()
  const inner = all()
  const outer = contextOf([cvar1, [inner, inner]], [cvar3, inner])
  for (const [way, same] of [['structured clone', true] as const, ['JSON', false] as const]) {
    const restored = reducer.restore(ways[way]?.(reducer, outer))
    const [first, second] = restored.item(cvar1) as [Context, Context]
    expect(first === second).toBe(same)
    expect(first === restored.item(cvar3)).toBe(same)
    expect(first.equals(second)).toBe(true)
  }
})

test('PK-28 a context that is entered is reduced like any other', () => {
  const context = all()
  expect(context.run(() => reducerOfTwo().reduce(context).values.length)).toBe(2)
})

test('PK-29 where a variable is missing or none, nothing is restored', () => {
  const reducer = reducerOfTwo()
  const good = [NAME, 'cvar1', 1] as const
  const before = copyContext()
  const minted = contextsMinted()
  const refused: [ReducedContext['values'][number], new (...args: never[]) => Error][] = [
    [['nowhere', 'x', 2], ModuleNotFoundError],
    [[NAME, 'cvar9', 2], AttributeError],
    [[NAME, 'Test', 2], AttributeError],
    [[NAME, '__name__', 2], AttributeError],
  ]
  for (const [bad, error] of refused) {
    expect(() => reducer.restore(data(good, bad))).toThrow(error)
    // Not even the context inside.
    expect(() => reducer.restore(data([NAME, 'cvar1', data(good)], bad))).toThrow(error)
  }
  expect(contextsMinted()).toBe(minted)
  expect(copyContext().equals(before)).toBe(true)
})

test('PK-32 which values go which way', () => {
  const reducer = reducerOfTwo()
  const there = (value: unknown, way: string): unknown =>
    reducer.restore(ways[way]?.(reducer, contextOf([cvar1, value]))).item(cvar1)
  const values = [undefined, null, false, 0, '', 'text', 1.5, [1, [2]], { a: { b: null } }, { a: 1, b: undefined }]
  for (const value of values) {
    expect(there(value, 'structured clone')).toEqual(value)
    expect(there(value, 'JSON')).toEqual(value)
  }
  const error = new RangeError('too far')
  const cloned = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    7n,
    new Date(0),
    /x/g,
    error,
    new Map([[1, 'one']]),
    new Set([1]),
    new Uint8Array([1, 2]),
    [undefined],
  ]
  for (const value of cloned) {
    expect(there(value, 'structured clone')).toEqual(value)
    expect(() => there(value, 'JSON'), String(value)).toThrow(/cannot reduce <ContextVar name='cvar1' .*: JSON has no/)
  }
  expect(there(-0, 'structured clone')).toBe(-0)
  expect(there(-0, 'JSON')).toBe(0)
  // Neither way has these.
  const token = new Context().run(() => cvar1.set(1))
  for (const value of [Symbol('s'), () => {}, cvar1, token]) {
    for (const way of Object.keys(ways)) expect(() => there(value, way)).toThrow(TypeError)
  }
})

test('a name without a module stands for what was registered under it, the newest of several', () => {
  const reducer = new ContextReducer()
  for (const variable of [cvar1, cvar2]) reducer.registerContextVar(variable, 'by name', 'x', { validate: false })
  expect(held(reducer.restore(data(['by name', 'x', 1])))).toEqual({ cvar2: 1 })
  // Once the module is known, it is asked.
  reducer.modules.set('by name', { x: cvar3 })
  expect(held(reducer.restore(data(['by name', 'x', 1])))).toEqual({ cvar3: 1 })
})
