// What a page pays: the sizes of what ships into pages, minified and compressed as a server would send it.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'
import { panelScriptLimit } from '../../vite.config'
import { read } from './sources'

const KB = 1024

/** The size of a module with all that it imports, as an application's bundler would leave it. */
async function bundled(code: string, external: string[] = []): Promise<number> {
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
      rolldownOptions: { input: entry, external, preserveEntrySignatures: 'strict' },
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

test('opentelemetry.js is at most 2 KB beside all of async.js', async () => {
  const both = `export * ${from('index.js')}\nexport * ${from('async.js')}`
  const without = await bundled(both)
  const all = await bundled(`${both}\nexport * ${from('opentelemetry.js')}`, ['@opentelemetry/api'])
  expect(all - without).toBeLessThanOrEqual(2 * KB)
})

test('async-context.js is at most 1 KB beside what it runs on', async () => {
  const under = `export * ${from('index.js')}\nexport * ${from('async.js')}`
  const both = await bundled(`${under}\nexport { AsyncContext, install as installBoth } ${from('async-context.js')}`)
  expect(both - (await bundled(under))).toBeLessThanOrEqual(KB)
})

test('async.js, with zone.js in it, is at most 20 KB', async () => {
  expect(await bundled(`export * ${from('async.js')}`)).toBeLessThanOrEqual(20 * KB)
})

test('chrome.js, with a recorder in it, is at most 18 KB beside what an application has; the formatter alone 1 KB', async () => {
  const under = `export * ${from('index.js')}\nexport * ${from('async.js')}`
  const without = await bundled(under)
  const chrome = from('../chrome.js')
  expect((await bundled(`${under}\nexport * ${chrome}`)) - without).toBeLessThanOrEqual(18 * KB)
  expect((await bundled(`${under}\nexport { formatInConsole } ${chrome}`)) - without).toBeLessThanOrEqual(KB)
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
  // One scope for the one source: it begins at the beginning (B: no flags, line 0, column 0) and ends there (C), for the source is empty.
  expect(map.sourcesContent).toEqual([''])
  expect(map.scopes).toBe('BAAA,CAA')
})

test('what comes on demand is small; debuggers step over it, and pause in the one that keeps its statements', () => {
  const [liveValues, outline, breakOn] = ['live-values', 'outline', 'break-on'].map((name) =>
    read(`dist/extension/${name}.js`),
  )
  for (const script of [liveValues, outline, breakOn]) expect(gzipSync(script ?? '').length).toBeLessThanOrEqual(2 * KB)
  for (const script of [liveValues, outline]) expect(script).toContain('sourceMappingURL')
  expect(breakOn).not.toContain('sourceMappingURL')
  expect(breakOn).toMatch(/\n\/\/# sourceURL=contextvars-devtools\/break-on\.js\n$/)
  expect(breakOn?.match(/\bdebugger;/g)).toHaveLength(4)
})

test('no script of the panel is larger than what its build is told, nor the one of a report', () => {
  // What several documents share, the bundler gives a name of its own choice.
  const names = readdirSync(join(root, 'dist/extension/panel')).filter((name) => name.endsWith('.js'))
  const scripts = names.map((name) => read(`dist/extension/panel/${name}`))
  const [, report = ''] = /<script type="module">(.*)<\/script>/s.exec(read('dist/report-page.html')) ?? []
  expect(names).toEqual(expect.arrayContaining(['inspected-page.js', 'open-panel.js', 'index.js', 'pane.js']))
  expect(Math.max(...scripts.map(({ length }) => length))).toBeGreaterThan(100_000)
  expect(report.length).toBeGreaterThan(100_000)
  for (const script of [...scripts, report]) expect(script.length).toBeLessThanOrEqual(panelScriptLimit * 1_000)
})

test('what shows the zones of a page, with contexts of its own in it, is at most 5 KB', () => {
  expect(gzipSync(read('dist/extension/zones.js')).length).toBeLessThanOrEqual(5 * KB)
})

test('all that is imported shares one copy of the context', () => {
  for (const entry of ['index', 'async', 'async-context', 'opentelemetry', 'recorder', 'worker']) {
    expect(read(`dist/runtime/${entry}.js`)).not.toMatch(/\bclass ContextVar\b/)
  }
})
