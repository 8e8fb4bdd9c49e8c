// Compiled code does what it did, and asks at each await that could be unseen.

import { parseAst } from 'vite'
import { describe, expect, test } from 'vitest'
import { compileModule } from '../../compiler/await'
import { compiled, evaluate, runModule, timesSeen } from './run'

/** Modules that export what they come to, and how many awaits in them become visible. */
const modules: [what: string, code: string, times: number][] = [
  ['a plain value', 'export default await 5', 1],
  ['parentheses and commas', 'export default [await (1, 2), await((3)), await ((await 4, await 5))]', 5],
  ['one in another', 'export default await await await 7', 3],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code
  ['words that only look like it', "// await 1\nexport default [`await 2 ${await 'await 3'}`, /await 4/.source]", 1],
  ['comments between', 'export default await /* a */ // b\n (/* c */ 8 /* d */) // e', 1],
  [
    'no space after the word',
    'export default [await[1], await{ a: 1 }, await`t`, await/x/.source, await-1, await+await!0]',
    7,
  ],
  ['what binds tighter, and what does not', 'export default await { n: 2 }.n + await Math.max(1, 3) * 4', 2],
  ['no semicolons', 'const a = await 1\nconst b = await\n2\nexport default a + b', 2],
  ['characters of two units', "const astral = '😀😀'; export default astral + await '😀' + await '!'", 2],
  [
    'every sort of function',
    `class A {
       static s = async () => await 1
       #p = async function () { return await 2 }
       async m(x = this.#p()) { return (await x) + (await this.#q()) }
       async #q() { return await 3 }
       static { this.t = (async () => await 4)() }
     }
     const o = { async m() { return await 5 }, async ['c']() { return await 6 } }
     export default [await A.s(), await new A().m(), await A.t, await o.m(), await o.c()]`,
    13,
  ],
  [
    'an async generator: what it yields, and what it returns',
    `async function* g(n) {
       const given = [yield 1, yield (2, 3), yield, yield await 4]
       if (n > 1) return (given, given) ;
       try { yield yield } finally { if (n) return }
     }
     const seen = []
     for (const n of [0, 1, 2]) {
       const it = g(n)
       for (let i = 0; i < 7; i++) seen.push(await it.next(i))
     }
     export default seen`,
    9,
  ],
  [
    'what is another function inside of one',
    `async function* g() {
       const inner = function* () { yield 1; return 2 }
       const also = () => { return 3 }
       yield* [...inner(), also()]
     }
     const seen = []
     for await (const x of g()) seen.push(x)
     export default seen.concat((await import('data:text/javascript,export default 4')).default, await 5)`,
    1,
  ],
]

describe('compiled, it comes to the same', () => {
  test.each(modules)('%s', async (_, code, times) => {
    const result = compiled(code)
    expect(timesSeen(result)).toBe(times)
    expect(await runModule(result)).toEqual(await runModule(code))
  })
})

test.each([
  ['nothing is awaited', 'export const f = async () => 1; function* g() { yield 1; return 2 }'],
  ['only what is seen', "export const f = () => import('./f'); for await (const x of [1]) f(await import(x))"],
  ['what an async function returns awaits nothing', 'async function f(x) { return x } f()'],
  ['it was compiled before', compiled('await 1')],
])('untouched: %s', (_, code) => {
  expect(compileModule(code, parseAst(code))).toBeNull()
})

test('a hashbang stays first', () => {
  expect(compiled('#!/usr/bin/env node\nawait 1')).toMatch(/^#!\/usr\/bin\/env node\nawait /)
})

test.each(['', "'use strict';"])('a script stays a script: %s', async (directive) => {
  const script = `${directive}async function f() { await 1; return this === undefined }`
  expect(await evaluate(compiled(script), 'f()')).toBe(directive !== '')
})

test('it works before the module ran, as in a circular import', async () => {
  const script = 'const early = f(); const late = 1; async function f() { return await 2 }'
  expect(await evaluate(compiled(script), 'early')).toBe(2)
})

test('what the page makes of Promise later changes nothing', async () => {
  const script = 'async function f(Promise) { return [await 1, await { then: (done) => done(2) }] }'
  const page = { resolve: () => expect.unreachable(), prototype: null }
  expect(await evaluate(compiled(script), 'f(page)', { page })).toEqual([1, 2])
})
