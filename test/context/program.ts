// Random programs over contexts, as JSON: what oracle.py runs in CPython and interpret.ts in this runtime. Variables, contexts,
// tokens and generators are named by their number in the order of creation, modulo how many there are by then.

import fc from 'fast-check'

export type Value = number | string | null

/** Each step says in its trace what came of it; what it throws ends it, but only `raise` ends what is around it, too. */
export type Step =
  | ['variable']
  | ['variable', fallback: Value]
  | ['get', variable: number]
  | ['get', variable: number, fallback: Value]
  | ['set', variable: number, value: Value]
  | ['set missing', variable: number]
  | ['reset', token: number]
  | ['reset of', variable: number, token: number]
  | ['reset junk', variable: number]
  | ['old value', token: number]
  | ['token variable', token: number]
  /** `using token = variable.set(value)` around the steps. */
  | ['scope', variable: number, value: Value, body: Step[]]
  | ['new context']
  | ['copy context']
  | ['copy', context: number]
  | ['run', context: number, body: Step[]]
  | ['run nothing', context: number]
  | ['run junk', context: number]
  | ['run get', context: number, variable: number]
  | ['run set', context: number, variable: number, value: Value]
  | ['run reset', context: number, token: number]
  | ['size', context: number]
  | ['has', context: number, variable: number]
  | ['look', context: number, variable: number]
  | ['look', context: number, variable: number, fallback: Value]
  | ['item', context: number, variable: number]
  | ['look junk', context: number]
  | ['entries', context: number]
  /** An iterator, then the steps, then what it yields: keys, values or entries. */
  | ['iterate', context: number, of: 'keys' | 'values' | 'entries', meanwhile: Step[]]
  | ['equals', context: number, other: number]
  | ['equals junk', context: number]
  /** A generator that runs one body at each step, and `last` in its `finally`. */
  | ['generator', bodies: Step[][], last: Step[]]
  | ['next', generator: number]
  | ['close', generator: number]
  | ['raise']
  | ['try', body: Step[]]

export type Program = Step[]

/** What a step said: a value, `MISSING`, `!Error`, `!LookupError 1` (with the variable's number), or a list of these. */
export type Outcome = Value | boolean | Outcome[]
export type Trace = Outcome[]

const index = fc.nat({ max: 7 })
const value: fc.Arbitrary<Value> = fc.constantFrom(0, 1, 2, 'a', '', null)

const step = <const Name extends string, Rest extends unknown[]>(
  name: Name,
  ...rest: { [At in keyof Rest]: fc.Arbitrary<Rest[At]> }
): fc.Arbitrary<[Name, ...Rest]> => fc.tuple(fc.constant(name), ...rest) as fc.Arbitrary<[Name, ...Rest]>

const { body } = fc.letrec<{ body: Step[]; step: Step }>((tie) => ({
  body: fc.array(tie('step'), { maxLength: 6, depthIdentifier: 'program' }),
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true, depthIdentifier: 'program' },
    // Leaves first: where a program is deep enough, or is shrunk, only they are taken.
    {
      weight: 12,
      arbitrary: fc.oneof<fc.Arbitrary<Step>[]>(
        step('get', index),
        step('get', index, value),
        step('set', index, value),
        step('set', index, value),
        step('set', index, value),
        step('set missing', index),
        step('reset', index),
        step('reset', index),
        step('reset of', index, index),
        step('reset junk', index),
        step('old value', index),
        step('token variable', index),
        step('variable'),
        step('variable', value),
        step('new context'),
        step('copy context'),
        step('copy context'),
        step('copy', index),
        step('run nothing', index),
        step('run junk', index),
        step('run get', index, index),
        step('run set', index, index, value),
        step('run reset', index, index),
        step('size', index),
        step('has', index, index),
        step('look', index, index),
        step('look', index, index, value),
        step('item', index, index),
        step('look junk', index),
        step('entries', index),
        step('equals', index, index),
        step('equals junk', index),
        step('next', index),
        step('next', index),
        step('close', index),
        step('raise'),
      ),
    },
    {
      weight: 6,
      arbitrary: fc.oneof<fc.Arbitrary<Step>[]>(
        step('run', index, tie('body')),
        step('run', index, tie('body')),
        step('run', index, tie('body')),
        step('scope', index, value, tie('body')),
        step('iterate', index, fc.constantFrom('keys', 'values', 'entries'), tie('body')),
        step('generator', fc.array(tie('body'), { maxLength: 3 }), tie('body')),
        step('try', tie('body')),
      ),
    },
  ),
}))

/** Begins with something to work on, so that steps seldom find nothing there. */
export const program: fc.Arbitrary<Program> = fc
  .tuple(fc.array(body, { maxLength: 3 }), body, fc.array(body, { minLength: 1, maxLength: 5 }))
  .map(([bodies, last, rest]) => [
    ['variable'],
    ['variable', 1],
    ['set', 0, 2],
    ['copy context'],
    ['new context'],
    ['generator', bodies, last],
    ...rest.flat(),
  ])
