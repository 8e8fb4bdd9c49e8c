// index.js imports a script that it is told of at run time, in workers. Bundlers like to make something of that: they must leave it alone,
// and trouble nobody with it.

import { join } from 'node:path'
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

test('what ships says so to Vite and to webpack', () => {
  const [said] = /import\(([^)]*)\)/.exec(read('dist/runtime/index.js')) ?? []
  expect(said).toContain('/* @vite-ignore */')
  expect(said).toContain('/* webpackIgnore: true */')
})
