// What the injected script offers to a page that brings no runtime: all names of both entries, and contexts as data that work.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'
import { read } from './sources'

/** A realm of its own, with what a page has of the host. */
function page(): Record<string, unknown> {
  const { performance, queueMicrotask, setTimeout, clearTimeout } = globalThis
  const sandbox = createContext({ performance, queueMicrotask, setTimeout, clearTimeout })
  runInContext(read('dist/runtime/inject.js'), sandbox)
  return sandbox
}

test('globalThis.contextvars has every name of index.js and async.js', async () => {
  const names = await Promise.all(
    ['index', 'async'].map(async (entry) =>
      Object.keys(await import(pathToFileURL(join(root, `dist/runtime/${entry}.js`)).href)),
    ),
  )
  expect(Object.keys(page().contextvars as object).sort()).toEqual(names.flat().sort())
})

test('a context is made into text and restored there', () => {
  const program = `
    const { Context, ContextVar, globalContextReducer, registerContextVar } = globalThis.contextvars
    const user = new ContextVar('user')
    registerContextVar(user, { __name__: 'shop', user })
    const context = new Context()
    context.run(() => user.set({ name: 'Ada' }))
    globalContextReducer.restore(JSON.parse(JSON.stringify(context))).item(user).name
  `
  expect(runInContext(program, page() as never)).toBe('Ada')
})
