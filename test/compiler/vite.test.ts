// The plugin as it is shipped, in real builds of an application in TypeScript, with a library in CommonJS; in Vitest; and
// while developing.

import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { build, createServer, type InlineConfig, type Rolldown } from 'vite'
import { beforeAll, expect, test, vi } from 'vitest'
import type { CompileAwaitOptions } from '../../compiler/vite'
import { root } from '../../scripts/steps.mjs'
import { timesSeen } from './run'

const application = join(root, 'test/.output/compile-await')

const files = {
  'main.ts': `// What it prints is what the test looks at.
import { ContextVar } from 'contextvars-devtools'
import { createTask, install } from 'contextvars-devtools/async'
import { early } from './circle'
import { afterFive } from 'old-library'

install()
const user = new ContextVar<string>('user', { default: 'nobody' })

async function work(name: string): Promise<string[]> {
  const token = user.set(name)
  const seen: string[] = []
  for (let i = 0; i < 100; i++) await i
  seen.push(user.get())
  await { then: (done: (value: number) => void) => void setTimeout(done, 1) }
  seen.push(user.get(), await afterFive(() => user.get()))
  const { lazy } = await import('./lazy')
  seen.push(user.get(), lazy, await early)
  user.reset(token)
  return [...seen, user.get()]
}

export async function fails(): Promise<never> {
  await 'something'
  throw new Error('as it should')
}

const both = await Promise.all(['a', 'b'].map((name) => createTask(() => work(name)).result))
const stack = await fails().catch((error: Error) => error.stack)
console.log(JSON.stringify({ both, stack }))
`,
  'circle.ts': `import { fails } from './main'
export const early = fails().catch((error: Error) => error.message)
`,
  'lazy.ts': "export const lazy = 'lazy'\nexport const unused = 'nobody imports this'\n",
  'hoisted.spec.ts': `import { hostname } from 'node:os'
import { ContextVar } from 'contextvars-devtools'
import { install } from 'contextvars-devtools/async'
import { expect, test, vi } from 'vitest'
const name = await vi.hoisted(async () => await 'a name')
vi.mock('node:os', async () => ({ ...(await vi.importActual<object>('node:os')), hostname: () => name }))
test('words of an await that Vitest looks for, and a hundred others', async () => {
  install()
  const variable = new ContextVar<string>('variable')
  const token = variable.set(hostname())
  for (let i = 0; i < 100; i++) await i
  expect(variable.get()).toBe('a name')
  variable.reset(token)
})
`,
  'vitest.config.mjs': `import { compileAwait } from ${JSON.stringify(pathToFileURL(join(root, 'dist/vite.js')).href)}
const alias = ${JSON.stringify({
    'contextvars-devtools/async': join(root, 'dist/runtime/async.js'),
    'contextvars-devtools': join(root, 'dist/runtime/index.js'),
  })}
export default { plugins: [compileAwait()], resolve: { alias }, test: { include: ['*.spec.ts'] } }
`,
  'node_modules/old-library/package.json': '{ "name": "old-library", "version": "1.0.0", "main": "index.js" }',
  'node_modules/old-library/index.js': `exports.afterFive = async function (get) {
  for (let i = 0; i < 5; i++) await i
  return get()
}
`,
}

// Each test builds, or starts a process.
vi.setConfig({ testTimeout: 60_000 })

type Plugin = typeof import('../../compiler/vite')
let plugin: Plugin['compileAwait']

beforeAll(async () => {
  ;({ compileAwait: plugin } = (await import(pathToFileURL(join(root, 'dist/vite.js')).href)) as Plugin)
  rmSync(application, { recursive: true, force: true })
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(application, name)), { recursive: true })
    writeFileSync(join(application, name), content)
  }
})

const configure = (options?: CompileAwaitOptions): InlineConfig => ({
  configFile: false,
  root: application,
  logLevel: 'silent',
  plugins: [plugin(options)],
  ssr: { noExternal: true },
  resolve: {
    alias: [
      { find: /^contextvars-devtools$/, replacement: join(root, 'dist/runtime/index.js') },
      { find: /^contextvars-devtools\/async$/, replacement: join(root, 'dist/runtime/async.js') },
    ],
  },
})

const bundle = (outDir: string, options?: CompileAwaitOptions, more: InlineConfig['build'] = {}) =>
  build({ ...configure(options), build: { ssr: 'main.ts', outDir, sourcemap: true, ...more } })

const lineOf = (words: string): number => files['main.ts'].split('\n').findIndex((line) => line.includes(words)) + 1

test.each([
  ['readable', { minify: false, target: 'esnext' }],
  ['minified, for older engines', { minify: true, target: 'es2022' }],
])('a build, %s, keeps every context, and its lines', async (name, more) => {
  const outDir = join(application, name.slice(0, 3))
  const { output } = (await bundle(outDir, undefined, more)) as Rolldown.RolldownOutput
  const entry = output.find((chunk) => chunk.type === 'chunk' && chunk.isEntry)?.fileName ?? ''
  const printed = execFileSync(process.execPath, ['--enable-source-maps', join(outDir, entry)], { encoding: 'utf8' })
  const { both, stack } = JSON.parse(printed)
  expect(both).toEqual(['a', 'b'].map((user) => [user, user, user, user, 'lazy', 'as it should', 'nobody']))
  expect(stack).toContain(`main.ts:${lineOf('as it should')}:`)
  // Bundlers follow `await import(…)` by its words.
  expect(output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join()).not.toContain('nobody imports this')
})

test('it compiles what it is told to', async () => {
  const times = async (options: CompileAwaitOptions): Promise<number> => {
    const built = (await bundle('out', options, { write: false, minify: false })) as Rolldown.RolldownOutput
    const own = (id: string): boolean => id.startsWith(application)
    const modules = built.output.flatMap((chunk) => (chunk.type === 'chunk' ? Object.entries(chunk.modules) : []))
    return modules.filter(([id]) => own(id)).reduce((sum, [, { code }]) => sum + timesSeen(code ?? ''), 0)
  }
  const inApplication = await times({ exclude: '**/node_modules/**' })
  const inLibrary = await times({ include: /old-library/ })
  expect(inApplication).toBeGreaterThan(5)
  expect(inLibrary).toBe(1)
  expect(await times({})).toBe(inApplication + inLibrary)
})

test('an option that means nothing is refused in a sentence', () => {
  expect(() => plugin({ inclde: /x/ } as never)).toThrow(
    new TypeError('compileAwait: there is no option inclde, only include, exclude'),
  )
  expect(() => plugin({ exclude: ['lib/**', null] as never })).toThrow(
    new TypeError('compileAwait: for exclude, a glob or an expression was expected, got null'),
  )
})

test("in an application's tests, too", () => {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const printed = execFileSync(process.execPath, [vitest, 'run', '--root', application], { encoding: 'utf8' })
  expect(stripVTControlCharacters(printed)).toMatch(/Tests +1 passed/)
})

test('while developing, the lines stay', async () => {
  const server = await createServer({
    ...configure(),
    server: { middlewareMode: true, ws: false },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    const result = await server.environments.client.transformRequest('/main.ts')
    const lines = (result?.code ?? '').split('\n')
    expect(timesSeen(result?.code ?? '')).toBeGreaterThan(5)
    const line = lines.findIndex((text) => text.includes('as it should'))
    const column = lines[line]?.indexOf('throw') ?? -1
    const original = originalPositionFor(new TraceMap(result?.map as never), { line: line + 1, column })
    expect(original).toMatchObject({ line: lineOf('as it should'), column: 2 })
  } finally {
    await server.close()
  }
})
