// `warnOfProblems()` in pages as people have them: a development server of Vite, and builds with and without their source maps.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { build, createServer, type InlineConfig } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'
import { packageIn } from './harness/bundle'
import { PATIENCE } from './harness/patience'

const application = join(root, 'test/.output/console-warnings')

/** What a compiler takes out, so that no line of the script is the one that was written. */
const MAIN = `import { ContextVar } from 'contextvars-devtools'
import { createTask, install } from 'contextvars-devtools/async'
import { warnOfProblems } from 'contextvars-devtools/testing'

interface Reader {
  name: string
  books: readonly string[]
}

install()
warnOfProblems({
  from: 'info',
  every: 100,
  mutes: [{ rule: 'forgotten-reset', line: 'main.ts:MEANT', reason: 'meant' }],
})
const reader = new ContextVar<Reader>('reader')
const lang = new ContextVar<string>('lang')

type Open = (name: string) => void
const open: Open = (name) => void reader.set({ name, books: [] }) // forgotten
const meant: Open = (name) => void lang.set(name) // meant
createTask(() => meant('en'), { name: 'first' })
createTask(() => open('ada'), { name: 'second' })
`
const lineOf = (words: string) => MAIN.split('\n').findIndex((line) => line.includes(words)) + 1

let browser: Browser
beforeAll(async () => {
  await rm(application, { recursive: true, force: true })
  await mkdir(application, { recursive: true })
  const page = '<!doctype html><title>app</title><script type="module" src="./main.ts"></script>'
  await writeFile(join(application, 'index.html'), page)
  await writeFile(join(application, 'main.ts'), MAIN.replace('MEANT', String(lineOf('// meant'))))
  browser = await chromium.launch({ executablePath: await findBrowser() })
})
afterAll(() => browser.close())

const config: InlineConfig = {
  configFile: false,
  root: application,
  base: './',
  logLevel: 'error',
  resolve: {
    alias: [
      ...packageIn(join(root, 'dist')),
      { find: 'contextvars-devtools/testing', replacement: join(root, 'dist/testing.js') },
    ],
  },
}

/** What is told of the set that was forgotten, and of the other one, if that is told. */
async function warnings(url: string): Promise<{ told: string; all: string[] }> {
  const page = await browser.newPage()
  try {
    const all: string[] = []
    page.on('console', (message) => all.push(message.text()))
    const told = page.waitForEvent('console', {
      predicate: (message) => message.text().includes('Never reset: reader'),
      timeout: PATIENCE,
    })
    await page.goto(url)
    const text = (await told).text()
    // One look tells all that it found, and the page answers no sooner.
    await page.evaluate(() => {})
    return { told: text, all: all.filter((text) => text.startsWith('Contextvars')) }
  } finally {
    await page.close()
  }
}

/** The same of a build, in which the scripts and the map lie beside each other. */
async function warningsOfBuild(sourcemap: boolean | 'inline' | 'hidden', lost?: RegExp) {
  const outDir = join(application, `dist-${sourcemap}`)
  await build({ ...config, build: { outDir, minify: false, sourcemap } })
  const site = await serve({ '/': outDir }, ({ pathname }, response) => {
    if (!lost?.test(pathname)) return false
    response.writeHead(404).end()
    return true
  })
  try {
    return await warnings(`${site.origin}/`)
  } finally {
    await site.close()
  }
}

const FORGOTTEN = new RegExp(`set reader = .* in task second {2}main\\.ts:${lineOf('// forgotten')}:\\d+`)

test('with a development server, lines are those of the files, and so are those that are muted', async () => {
  const server = await createServer({
    ...config,
    base: '/',
    server: { host: '127.0.0.1', port: 0, hmr: false, fs: { allow: [root] } },
    optimizeDeps: { noDiscovery: true },
  })
  try {
    const script = await server.environments.client.transformRequest('/main.ts')
    const line = (script?.code ?? '').split('\n').findIndex((text) => text.includes('reader.set(')) + 1
    expect(line).not.toBe(lineOf('// forgotten'))
    await server.listen()
    const { told, all } = await warnings(server.resolvedUrls?.local[0] ?? '')
    expect(told).toMatch(FORGOTTEN)
    expect(all).toHaveLength(1)
  } finally {
    await server.close()
  }
})

test.each([true, 'inline'] as const)('of a build, as well: source maps %s', async (sourcemap) => {
  const { told, all } = await warningsOfBuild(sourcemap)
  expect(told).toMatch(FORGOTTEN)
  expect(all).toHaveLength(1)
})

test.each([
  ['where there is no map', 'hidden', undefined],
  ['where it cannot be had', true, /\.map$/],
] as const)('%s, they are those of the script', async (_, sourcemap, lost) => {
  const { told, all } = await warningsOfBuild(sourcemap, lost)
  expect(told).toMatch(/set reader = .* in task second {2}index-[\w-]+\.js:\d+:\d+/)
  expect(all).toHaveLength(2)
})
