// Somebody else's suite for Playwright, started as they start it: the page brings the rules along and records itself, and a test asks it
// at its end. The failure is what a person reads who never saw the panel.

import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'

const project = join(root, 'test/.output/playwright-suite')

const page = `<!doctype html>
<title>Shop</title>
<button>Once</button>
<button>Twice</button>
<script type="module">
  import { assertNoProblems, startRecording } from '/dist/testing.js'
  import { ContextVar } from '/dist/runtime/index.js'
  import { createTask, install } from '/dist/runtime/async.js'
  startRecording()
  globalThis.assertNoProblems = assertNoProblems
  install()
  const user = new ContextVar('user', { default: 'nobody' })
  const buy = async (times) => {
    const token = user.set('ada')
    for (let round = 0; round < times; round++) user.reset(token)
  }
  const [once, twice] = document.querySelectorAll('button')
  once.onclick = () => createTask(() => buy(1)).result.then(() => (document.title = 'Sold'))
  twice.onclick = () => createTask(() => buy(2)).result.catch(() => (document.title = 'Sold'))
</script>
`

const suite = `
import { expect, test } from 'playwright/test'

test.beforeEach(({ page }) => page.goto(process.env.SHOP))
test.afterEach(({ page }) => page.evaluate(() => assertNoProblems()))

for (const name of ['Once', 'Twice']) {
  test(name, async ({ page }) => {
    await page.getByRole('button', { name }).click()
    await expect(page).toHaveTitle('Sold')
  })
}
`

const config = `
export default {
  reporter: 'list',
  use: { launchOptions: { executablePath: process.env.CHROMIUM } },
}
`

test('Playwright fails the test that breaks a rule, and says which, and where', async ({ onTestFinished }) => {
  await rm(project, { recursive: true, force: true })
  await mkdir(project, { recursive: true })
  await Promise.all([
    writeFile(join(project, 'index.html'), page),
    writeFile(join(project, 'shop.spec.js'), suite),
    writeFile(join(project, 'playwright.config.js'), config),
    writeFile(join(project, 'package.json'), '{ "type": "module" }'),
  ])
  const { origin, close } = await serve({ '/dist/': join(root, 'dist'), '/': project })
  onTestFinished(close)

  const { code, text } = await run({ SHOP: origin, CHROMIUM: await findBrowser() })
  expect(code, text).not.toBe(0)
  expect(text).toMatch(/1 passed/)
  expect(text).toMatch(/1 failed\n.*› Twice/)
  expect(text).toContain('Problems: 1 error')
  expect(text).toContain('Token used twice: user')
  const line = page.split('\n').findIndex((code) => code.includes("user.set('ada')"))
  expect(text).toMatch(new RegExp(`#\\d+ set user = "ada" in .+:${line + 1}:\\d+\n`))
})

function run(env: Record<string, string>): Promise<{ code: number; text: string }> {
  const outer = Object.entries(process.env).filter(([name]) => !/^(?:VITEST|TEST$|NODE_OPTIONS|NODE_ENV)/.test(name))
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'node_modules/playwright/cli.js'), 'test'],
      { cwd: project, env: { ...Object.fromEntries(outer), NO_COLOR: '1', ...env } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code ?? 1), text: out + err }),
    )
  })
}
