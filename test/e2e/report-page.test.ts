// A report as a page: a recording, opened from the file in a browser without network, shows what the panel shows; and nothing that a
// recording says can run there.

import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BrowserContext, Page } from 'playwright'
import { expect } from 'vitest'
import { toRecording } from '../../panel/model/recording-text'
import { root } from '../../scripts/steps.mjs'
import { story } from '../model/story'
import { panelTest, saveExport } from '../playground/visit'
import { output } from './harness/journey'

const evil =
  '</script><script>globalThis.ran = true</script><img src=x onerror="globalThis.ran = true"> %RECORDING% $& $`'
const page = { url: 'https://shop.example/cart?<!--', title: `Cart ${evil}`, exported: '2026-01-02T03:04:05.000Z' }

const told = story(`
  user is a variable @ app.js:1
  base starts task Alice @ app.js:4
  Alice sets user = "ada" as t @ app.js:5
  Alice copies c
  c is refused user by t: other-context @ app.js:7
  base misses user @ app.js:9
`)

const reportTest = panelTest
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from this pattern that no other fixture is wanted
  .extend('folder', { scope: 'file' }, async ({}, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'contextvars-report-'))
    onCleanup(() => rm(folder, { recursive: true }))
    return folder
  })
  /** Writes the report of a recording, and opens it. */
  .extend('open', async ({ browser, folder }, { onCleanup }) => {
    const complaints: string[] = []
    const contexts: BrowserContext[] = []
    onCleanup(async () => {
      for (const context of contexts) await context.close()
      expect(complaints, 'errors, and requests for anything but the file').toEqual([])
    })
    return async (
      recording: object,
      look: { width: number; colorScheme?: 'light' | 'dark'; also?: string[] },
    ): Promise<Page> => {
      const { width, colorScheme = 'light', also = [] } = look
      const [file, html] = [join(folder, 'a.ctxsnap.json'), join(folder, 'cart report.html')]
      await writeFile(file, JSON.stringify(recording))
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, 'dist/cli.js'), 'report', file, '--format', 'html', ...also.flatMap((rule) => ['--also', rule])],
        { encoding: 'utf8', maxBuffer: 2 ** 28 },
      )
      expect(stderr).toBe('')
      await writeFile(html, stdout)
      const context = await browser.newContext({ offline: true, viewport: { width, height: 700 }, colorScheme })
      contexts.push(context)
      const view = await context.newPage()
      const address = pathToFileURL(html).href
      view.on('request', (request) => request.url() !== address && complaints.push(request.url()))
      view.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
      view.on('pageerror', (error) => complaints.push(String(error)))
      await view.goto(address)
      await view.getByRole('tree', { name: 'Contexts' }).waitFor()
      return view
    }
  })

for (const [width, colorScheme] of [
  [1200, 'light'],
  [400, 'dark'],
] as const) {
  reportTest(
    `it shows the tree and the problems of a recording, ${width} pixels wide and ${colorScheme}`,
    async ({ open }) => {
      const recording = toRecording(told.timeline, page, '0.1.0')
      const view = await open(recording, { width, colorScheme })
      const rows = view.getByRole('treeitem')
      expect(await rows.locator('.label').allTextContents()).toEqual(['base', 'Alice', 'c'])
      await view.getByText('Showing a recording: cart report.html').waitFor()
      if (width < 600) await view.getByRole('button', { name: /^Problems/ }).click()
      const problem = view.locator('.problem-head', { hasText: 'Lookup without a value: user' })
      await problem.click()
      await view.getByRole('button', { name: 'app.js:9:1' }).first().waitFor()
      // There is no page to go back to, or to record.
      for (const name of ['Back to the page', 'Reload and record', 'Settings']) {
        expect(await view.getByRole('button', { name }).count(), name).toBe(0)
      }
      expect(await view.title()).toBe(`Contexts of ${recording.page.title}`)
      expect(await view.evaluate(() => 'ran' in globalThis)).toBe(false)
      await view.screenshot({ path: join(output, 'screenshots', `report-page-${width}.png`) })
    },
  )
}

reportTest('it tells what was asked for on the command line, whoever opens it', async ({ open }) => {
  const { timeline } = story('user is a variable @ app.js:1\nbase sets user = 1 as t @ app.js:3\nbase resets user by t')
  const recording = toRecording(timeline, page, '0.1.0')
  const note = { name: 'Set and never read: user' }
  const asked = await open(recording, { width: 1200, also: ['outlived-value', 'without-effect'] })
  await asked.getByRole('button', note).last().click()
  await asked.getByText('in all that was recorded').first().waitFor()
  await asked.screenshot({ path: join(output, 'screenshots', 'report-page-also.png') })
  const plain = await open(recording, { width: 1200 })
  await plain.getByText('No problems found.').waitFor()
})

reportTest('what it holds is the recording, which opens in the panel again', async ({ open }) => {
  const recording = toRecording(told.timeline, page, '0.1.0')
  const view = await open(recording, { width: 1200 })
  const [download] = await Promise.all([view.waitForEvent('download'), saveExport(view)])
  const { facts, stacks } = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect({ facts, stacks }).toEqual({ facts: recording.facts, stacks: recording.stacks })
})

reportTest('its policy lets nothing run but its own script, and nothing come from elsewhere', async ({ open }) => {
  const view = await open(toRecording(told.timeline, page, '0.1.0'), { width: 1200 })
  const policy = await view.locator('meta[http-equiv]').getAttribute('content')
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'unsafe-inline'; img-src data:;/)
})
