// index.js imports a script that it is told of at run time, in workers. Bundlers like to make something of that: they must leave it alone,
// and trouble nobody with it.

import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { build, createLogger, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { root } from '../../scripts/steps.mjs'
import { read } from './sources'

const formats = ['es', 'iife', 'umd'] as const

test.each(formats)('an application bundled as %s keeps the import, without a warning', async (format) => {
  const complaints: string[] = []
  const logger = createLogger('silent')
  for (const level of ['warn', 'warnOnce', 'error'] as const) logger[level] = (said) => void complaints.push(said)
  const built = await build({
    configFile: false,
    customLogger: logger,
    root,
    build: {
      write: false,
      lib: {
        entry: join(root, 'dist/runtime/index.js'),
        formats: [format],
        name: 'application',
        fileName: 'application',
      },
    },
  })
  const [{ output }] = [built].flat() as [Rolldown.RolldownOutput]
  expect(output).toHaveLength(1)
  expect(output[0].code).toMatch(/\bimport\(/)
  expect(complaints).toEqual([])
})

const used = {
  index: 'ContextVar as used',
  'async-context': 'AsyncContext as used',
  opentelemetry: 'ContextVarsContextManager as used',
}

test.each(Object.keys(used) as (keyof typeof used)[])(
  'an application that uses %s alone is known to recorders, once',
  async (entry) => {
    const names = used[entry]
    const module = 'virtual:application'
    const built = await build({
      configFile: false,
      logLevel: 'silent',
      root,
      plugins: [
        {
          name: 'application',
          resolveId: (id) => (id === module ? id : null),
          load: (id) =>
            id === module
              ? `import { ${names} } from ${JSON.stringify(join(root, `dist/runtime/${entry}.js`))}; globalThis.used = used`
              : null,
        },
      ],
      build: { write: false, target: 'es2022', rolldownOptions: { input: module, output: { format: 'iife' } } },
    })
    const [{ output }] = [built].flat() as [Rolldown.RolldownOutput]
    const page = createContext({ performance, queueMicrotask })
    runInContext(output[0].code, page)
    expect(runInContext(`globalThis[Symbol.for('contextvars.hook')]?.runtimes.length`, page)).toBe(1)
  },
)

test('what ships says so to Vite and to webpack', () => {
  const [said] = /import\(([^)]*)\)/.exec(read('dist/runtime/shared/announced.js')) ?? []
  expect(said).toContain('/* @vite-ignore */')
  expect(said).toContain('/* webpackIgnore: true */')
})
