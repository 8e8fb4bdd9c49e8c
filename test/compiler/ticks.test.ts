// Random async programs log the same, and each line in the same tick of the microtask queue, as they are written and compiled.

import vm from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, evaluate, timesSeen } from './run'

class Subclass<T> extends Promise<T> {}

const after = <T>(ticks: number, done: (value: T) => void, value: T): void =>
  queueMicrotask(() => (ticks > 0 ? after(ticks - 1, done, value) : done(value)))

const otherRealm = vm.createContext()

/** What programs await. */
const values = {
  number: () => 1,
  nothing: () => undefined,
  object: () => ({ is: 'object' }),
  settled: () => Promise.resolve('settled'),
  pending: () => new Promise((resolve) => after(3, resolve, 'pending')),
  rejected: () => Promise.reject(new Error('rejected')),
  subclass: () => Subclass.resolve('subclass'),
  pendingSubclass: () => new Subclass((resolve) => after(2, resolve, 'pending subclass')),
  rejectedSubclass: () => Subclass.reject(new Error('rejected subclass')),
  otherRealm: () => vm.runInContext('Promise.resolve("other realm")', otherRealm),
  // biome-ignore-start lint/suspicious/noThenProperty: these are thenables
  thenable: () => ({ then: (done: (value: unknown) => void) => done('thenable') }),
  lateThenable: () => ({ then: (done: (value: unknown) => void) => after(2, done, 'late thenable') }),
  thenableOfThenable: () => ({ then: (done: (value: unknown) => void) => done(values.lateThenable()) }),
  rejectingThenable: () => ({ then: (_: unknown, fail: (why: unknown) => void) => fail(new Error('thenable')) }),
  throwingThenable: () => ({
    then: () => {
      throw new Error('throwing')
    },
  }),
  throwingGetter: () => ({
    get then() {
      throw new Error('getter')
    },
  }),
  functionThenable: () => Object.assign(() => {}, { then: (done: (value: unknown) => void) => done('function') }),
  // biome-ignore-end lint/suspicious/noThenProperty: these were thenables
  ownConstructor: () => Object.assign(Promise.resolve('own constructor'), { constructor: Subclass }),
  inheritsOnly: () => Object.create(Promise.prototype),
  proxy: () => new Proxy(Promise.resolve('proxy'), {}),
}

const value = fc.constantFrom(...Object.keys(values)).map((name) => `value('${name}')`)

/** A program's text: statements that log what they come to, in functions that run beside each other. */
const { statements } = fc.letrec<{ statements: string; statement: string }>((tie) => {
  const body = tie('statements')
  const yields = fc.oneof(
    value.map((v) => `log('sent', yield ${v})`),
    fc.constant(`log('sent', yield)`),
    value.map((v) => `try { yield ${v} } catch (error) { log('in', error) } finally { log('closed', await 1) }`),
    fc.tuple(value, value).map(([a, b]) => `log(await [yield ${a}, await ${b}])`),
    tie('statement'),
  )
  const ends = fc.option(
    value.map((v) => `return ${v}`),
    { nil: 'return' },
  )
  const consumers = fc.constantFrom<(generator: string, body: string) => string>(
    (g, b) => `for await (const x of ${g}) { log('each', x); ${b} }`,
    (g, b) => `for await (const x of ${g}) { log('first', x); ${b}; break }`,
    (g, b) => `const it = ${g}; log(await it.next(1)); ${b}; log(await it.return(2), await it.next(3))`,
    (g, b) => `const it = ${g}; log(await Promise.allSettled([it.next(1), it.next(2), it.next(3)])); ${b}`,
    (g, b) => `const it = ${g}; log(await it.next(1)); ${b}; log(await it.throw(new Error('thrown in')))`,
  )
  return {
    statement: fc.oneof(
      { depthSize: 'small' },
      value.map((v) => `try { log('awaited', await ${v}) } catch (error) { log('caught', error) }`),
      value.map((v) => `log('awaited', await ${v})`),
      fc.tuple(value, value).map(([a, b]) => `log('both', [await ${a}, await (0, ${b})])`),
      value.map((v) => `log('twice', await await ${v})`),
      fc.array(value, { maxLength: 3 }).map((all) => `log('all', await Promise.all([${all.join(', ')}]))`),
      fc
        .tuple(body, value)
        .map(([b, v]) => `try { ${b} } catch (error) { log('caught', error); await ${v} } finally { log('finally') }`),
      body.map((b) => `await (async () => { ${b} })()`),
      fc.tuple(body, value).map(([b, v]) => `(async () => { ${b}; return ${v} })().then(log, log)`),
      body.map((b) => `for (let i = 0; i < 2; i++) { ${b} }`),
      fc
        .tuple(consumers, fc.array(yields, { maxLength: 3 }), ends, body)
        .map(([consume, all, end, b]) => `{ ${consume(`(async function* () { ${all.join(';\n')};\n${end} })()`, b)} }`),
    ),
    statements: fc
      .array(tie('statement'), { minLength: 1, maxLength: 3, depthIdentifier: 'program' })
      .map((all) => all.join(';\n')),
  }
})

/** Everything that a program logged, each line with its tick. */
async function logOf(script: string): Promise<string[]> {
  const lines: string[] = []
  let tick = 0
  const log = (...what: unknown[]): void => {
    const text = (one: unknown): unknown => (one instanceof Error ? one.message : one)
    lines.push(`${tick}: ${JSON.stringify(what.map(text))}`)
  }
  const beat = (quiet: number): void => {
    tick++
    const before = lines.length
    if (quiet < 100) queueMicrotask(() => beat(lines.length > before ? 0 : quiet + 1))
  }
  const make = (name: keyof typeof values) => values[name]()
  beat(0)
  const ended = evaluate<Promise<unknown>>(script, 'main()', { log, value: make })
  ended.then(
    () => log('end'),
    (error) => log('failed', error),
  )
  while (tick < 1 || !/"(end|failed)"/.test(lines.join())) await new Promise((resolve) => setTimeout(resolve, 0))
  return lines
}

test('random programs log the same in the same ticks', async () => {
  let seen = 0
  let lines = 0
  await fc.assert(
    fc.asyncProperty(fc.array(statements, { minLength: 1, maxLength: 3 }), async (tasks) => {
      const script = `async function main() {
        await Promise.allSettled([${tasks.map((task) => `(async () => { ${task} })()`).join(', ')}])
      }`
      const made = compiled(script)
      const expected = await logOf(script)
      expect(await logOf(made)).toEqual(expected)
      seen += timesSeen(made)
      lines += expected.length
    }),
    { numRuns: Number(process.env.PROGRAMS ?? 400) },
  )
  expect(seen).toBeGreaterThan(2_000)
  expect(lines).toBeGreaterThan(1_000)
})
