// What a page pays: the sizes of what ships into pages, minified and compressed as a server would send it.

import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'
import { read } from './sources'

const KB = 1024

/** The size of a module with all that it imports, as an application's bundler would leave it. */
async function bundled(code: string): Promise<number> {
  const entry = 'virtual:application'
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root,
    plugins: [
      {
        name: 'application',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  })
  const { output } = ([built].flat() as Rolldown.RolldownOutput[])[0] ?? { output: [] }
  return gzipSync(output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('')).length
}

const from = (file: string) => `from ${JSON.stringify(join(root, 'dist/runtime', file))}`

test('variables, contexts and their errors are at most 3.6 KB: who does not use contexts as data does not pay for it', async () => {
  const names = 'ContextVar, Context, Token, copyContext, LookupError, KeyError, ValueError, RuntimeError'
  expect(await bundled(`export { ${names} } ${from('index.js')}`)).toBeLessThanOrEqual(3.6 * KB)
})

test('all of index.js is at most 5.5 KB', async () => {
  expect(await bundled(`export * ${from('index.js')}`)).toBeLessThanOrEqual(5.5 * KB)
})

test('worker.js is at most 1 KB beside all of index.js', async () => {
  const all = await bundled(`export * ${from('index.js')}`)
  const both = await bundled(`export * ${from('index.js')}\nexport * ${from('worker.js')}`)
  expect(both - all).toBeLessThanOrEqual(KB)
})

test('async.js, with zone.js in it, is at most 20 KB', async () => {
  expect(await bundled(`export * ${from('async.js')}`)).toBeLessThanOrEqual(20 * KB)
})

test('inject.js is at most 30 KB', () => {
  expect(gzipSync(read('dist/runtime/inject.js')).length).toBeLessThanOrEqual(30 * KB)
})

test('inject.js ends in its name, a map that says "ignore me", and a newline', () => {
  const [, data = ''] =
    /\n\/\/# sourceURL=contextvars-devtools\/inject\.js\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\n$/.exec(
      read('dist/runtime/inject.js'),
    ) ?? []
  const map = JSON.parse(Buffer.from(data, 'base64').toString('utf8'))
  expect(map.sources).toEqual(['contextvars-devtools/inject.js'])
  expect(map.ignoreList).toEqual([0])
})

test('what comes on demand is small; debuggers step over one, and pause in the other, which keeps its statements', () => {
  const [liveValues, breakOn] = ['live-values', 'break-on'].map((name) => read(`dist/extension/${name}.js`))
  for (const script of [liveValues, breakOn]) expect(gzipSync(script ?? '').length).toBeLessThanOrEqual(2 * KB)
  expect(liveValues).toContain('sourceMappingURL')
  expect(breakOn).not.toContain('sourceMappingURL')
  expect(breakOn).toMatch(/\n\/\/# sourceURL=contextvars-devtools\/break-on\.js\n$/)
  expect(breakOn?.match(/\bdebugger;/g)).toHaveLength(4)
})

test('index.js, async.js, recorder.js and worker.js share one copy of the context', () => {
  for (const entry of ['index', 'async', 'recorder', 'worker']) {
    expect(read(`dist/runtime/${entry}.js`)).not.toMatch(/\bclass ContextVar\b/)
  }
})
