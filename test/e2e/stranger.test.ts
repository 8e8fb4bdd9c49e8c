// The package as somebody meets it who has nothing but it: packed, installed into an empty application without a network, bundled by
// whatever that application has, and run.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import webpack from 'webpack'
import { findBrowser } from '../../scripts/browser.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'

/** Far from here: nothing that this repository has installed can be found from there. */
const away = realpathSync(mkdtempSync(join(tmpdir(), 'contextvars-stranger-')))
let archive = ''

beforeAll(() => {
  const [packed] = JSON.parse(npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', away))
  archive = join(away, packed.filename)
}, 60_000)
afterAll(() => rmSync(away, { recursive: true, force: true }))

function npm(cwd: string, ...args: string[]): string {
  const own = process.env.npm_execpath
  const [command, ...before] = own ? [process.execPath, own] : ['npm']
  return execFileSync(command as string, [...before, ...args], { cwd, encoding: 'utf8' })
}

/** An application of these files, with the package installed. */
function application(name: string, files: Record<string, string>): string {
  const folder = join(away, name)
  for (const [file, text] of Object.entries({ 'package.json': `{ "name": "${name}", "type": "module" }`, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', archive)
  return folder
}

const main = `
import { ContextVar } from 'contextvars-devtools'
import { createTask, install } from 'contextvars-devtools/async'

install()
const requestId = new ContextVar<string>('requestId', { default: 'none' })

async function handle(id: string): Promise<string> {
  const token = requestId.set(id)
  try {
    await null
    await new Promise((resolve) => setTimeout(resolve, 1))
    return requestId.get()
  } finally {
    requestId.reset(token)
  }
}

const both = await Promise.all(['a', 'b'].map((id) => createTask(() => handle(id), { name: id }).result))
document.body.textContent = JSON.stringify([...both, requestId.get()])
`
const SHOWN = '["a","b","none"]'

/** What a page of this folder shows in the end. */
async function shown(folder: string): Promise<string> {
  const site = await serve({ '/': folder })
  const browser = await chromium.launch({ executablePath: await findBrowser() })
  try {
    const page = await browser.newPage()
    const broken = new Promise<never>((_, reject) => page.once('pageerror', reject))
    await page.goto(`${site.origin}/`)
    const body = page.locator('body')
    await Promise.race([broken, body.getByText('none').waitFor()])
    return (await body.textContent()) ?? ''
  } finally {
    await browser.close()
    await site.close()
  }
}

test('it brings nothing along, and no library of the panel', () => {
  const folder = application('alone', {})
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))
  expect(installed).toEqual(['contextvars-devtools'])
})

test('an application of Vite and TypeScript', async () => {
  const page = '<!doctype html><title>app</title><body><script type="module" src="/main.ts"></script>'
  const folder = application('with-vite', { 'index.html': page, 'main.ts': main })
  await build({ root: folder, logLevel: 'error' })
  expect(await shown(join(folder, 'dist'))).toBe(SHOWN)
})

test('an application of webpack', async () => {
  // Webpack has no TypeScript of its own; these are all the types that are there.
  const folder = application('with-webpack', {
    'main.js': main.replace('<string>(', '(').replace('(id: string): Promise<string>', '(id)'),
  })
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    webpack(
      { context: folder, entry: './main.js', mode: 'production', output: { path: join(folder, 'dist') } },
      (error, done) => (error ? reject(error) : resolve(done)),
    )
  })
  expect(stats?.toString({ all: false, errors: true, warnings: true })).toBe('')
  writeFileSync(
    join(folder, 'dist/index.html'),
    '<!doctype html><title>app</title><body><script src="main.js"></script>',
  )
  expect(await shown(join(folder, 'dist'))).toBe(SHOWN)
})

test('a test of Node finds its mistake with its line, and the command line says what it cannot read', () => {
  const folder = application('with-node-test', {
    'orders.test.js': `
import assert from 'node:assert'
import { test } from 'node:test'
import { ContextVar } from 'contextvars-devtools'
import { assertNoProblems, startRecording } from 'contextvars-devtools/testing'

const currentUser = new ContextVar('currentUser')
test('a token used twice', () => {
  startRecording()
  const token = currentUser.set('Ada')
  currentUser.reset(token)
  assert.throws(() => currentUser.reset(token))
  assert.throws(() => assertNoProblems(), /currentUser[^]*orders\\.test\\.js:11/)
})
`,
  })
  const report = execFileSync(process.execPath, ['--test'], { cwd: folder, encoding: 'utf8' })
  expect(report).toMatch(/# pass 1\n/)
  cpSync(join(root, 'README.md'), join(folder, 'no-recording.json'))
  const refused = run(
    join(folder, 'node_modules/.bin/contextvars-devtools'),
    'report',
    join(folder, 'no-recording.json'),
  )
  expect(refused).toContain('no-recording.json')
})

/** What a program says that ends badly. */
function run(program: string, ...args: string[]): string {
  try {
    execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe', shell: process.platform === 'win32' })
    return ''
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  }
}
