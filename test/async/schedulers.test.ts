// Schedulers that are not the host's: `wrap`, and the examples of docs/schedulers.md, each as it stands and without what it teaches.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { Context, ContextVar, copyContext } from '../../runtime'
import { callSoon, install, wrap } from '../../runtime/async'
import { root } from '../../scripts/steps.mjs'
import { read } from '../repository/sources'

describe('wrapped functions', () => {
  let uninstall: () => void
  beforeAll(() => {
    uninstall = install()
  })
  afterAll(() => uninstall())

  const variable = new ContextVar<string>('variable', { default: 'nope' })

  test('run in what was current when they were wrapped, each call in a copy, with their this and arguments', () => {
    const wrapped = new Context().run(() => {
      variable.set('wrapped')
      return wrap(function (this: unknown, suffix: string) {
        const seen = variable.get() + suffix
        variable.set('changed')
        return [this, seen]
      })
    })
    expect(wrapped.call(7, '!')).toEqual([7, 'wrapped!'])
    expect(wrapped.call(7, '!')).toEqual([7, 'wrapped!'])
    expect(variable.get()).toBe('nope')
  })

  test('one may call itself, each call in a copy of what was current then', () => {
    const wrapped = wrap((depth: number): string[] => {
      const seen = variable.get()
      variable.set(`at ${depth}`)
      return depth === 0 ? [seen] : [seen, ...wrapped(depth - 1), variable.get()]
    })
    expect(wrapped(2)).toEqual(['nope', 'nope', 'nope', 'at 1', 'at 2'])
  })

  test('what they throw is passed on, and the context of who calls is current again', () => {
    const failing = wrap(() => {
      variable.set('of the failing one')
      throw new RangeError('expected')
    })
    expect(failing).toThrow(new RangeError('expected'))
    expect(variable.get()).toBe('nope')
  })

  test('ND-10 what is no function is refused; arguments and results are forwarded', () => {
    for (const value of [1, false, '', {}, []]) expect(() => wrap(value as never)).toThrow(TypeError)
    expect(wrap(() => 123)()).toBe(123)
    expect(wrap((value: string) => value)('test')).toBe('test')
  })

  test('have the name and the length of theirs, as a bound function has', () => {
    function handle(_error: unknown, _request: unknown, _next: unknown) {}
    expect([wrap(handle).name, wrap(handle).length]).toEqual(['handle', 3])
  })

  test('AI-06 the manual idiom is the same', async () => {
    const seen = new Context().run(() => {
      variable.set('copied')
      const context = copyContext()
      return new Promise((resolve) => {
        callSoon(() => context.run(() => resolve(variable.get())), { context: new Context() })
      })
    })
    expect(await seen).toBe('copied')
  })
})

describe('docs/schedulers.md', () => {
  const folder = join(root, 'test/.output/schedulers')
  const doc = read('docs/schedulers.md')
  const titles = [...doc.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title)
  /** A program, and what it prints. */
  const examples = [...doc.matchAll(/^```js\n(.*?)^```\n\n```text\n(.*?)^```$/gms)].map(
    ([, program = '', printed = ''], index) => ({ title: titles[index] ?? '', program, printed }),
  )
  let count = 0

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  /** Runs a program to its end, and answers what it prints. */
  async function run(program: string): Promise<string> {
    let printed = ''
    vi.spyOn(console, 'log').mockImplementation((line) => {
      printed += `${line}\n`
    })
    const undo: (() => void)[] = []
    vi.stubGlobal('undoLater', (one: () => void) => undo.push(one))
    const file = join(folder, `${++count}.js`)
    writeFileSync(file, program.replace(/^(install|followPromises)\(.*\)$/gm, 'globalThis.undoLater($&)'))
    try {
      await import(file)
    } catch (error) {
      printed += `${error}\n`
    } finally {
      for (const one of undo) one()
    }
    return printed
  }

  /** What each example teaches, taken away. */
  const unlearned = (program: string) =>
    program
      .replace(/\bwrap\((?=[^)])/g, '((fn) => fn)(')
      .replace('followPromises(Bluebird)', '')
      .replace('this.#context.run(() => this.#answer())', 'this.#answer()')
      .replace("this.#context.run(this.#report, 'closed')", "this.#report('closed')")

  const lessons = examples.filter(({ program }) => unlearned(program) !== program)

  test('has an example in every part, and a lesson in all but one', () => {
    expect(examples).toHaveLength(titles.length)
    const taught = lessons.map(({ title }) => title)
    expect(titles.filter((title) => !taught.includes(title))).toEqual(['A pool'])
  })

  test.each(examples)('$title: prints what it says', async ({ program, printed }) => {
    expect(await run(program)).toBe(printed)
  })

  test.each(lessons)('$title: goes wrong without what it teaches', async ({ program, printed }) => {
    const wrong = await run(unlearned(program))
    expect(wrong).not.toBe(printed)
    // Wrong in what it says, not in what it does.
    expect(wrong.split('\n')).toHaveLength(printed.split('\n').length)
    expect(wrong).not.toContain('Error')
  })
})
