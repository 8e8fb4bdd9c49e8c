// The real panel in the DevTools of the stock Firefox: everything that its API allows an extension works there, and what it does not allow is
// said in the panel.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseRecording } from '../../panel/model/recording'
import { OUTLET_KEY } from '../../runtime/protocol'
import { until } from '../../scripts/bidi-place.mjs'
import { serveDemo } from '../../scripts/demo-server.mjs'
import { findFirefox, howToGetFirefox } from '../../scripts/firefox.mjs'
import { type FirefoxTab, openFirefox } from '../../scripts/firefox-devtools.mjs'
import { writePackages } from '../../scripts/package.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'
import { output } from './harness/journey'

const firefox = findFirefox()
const folder = join(output, 'firefox-panel')

describe.runIf(firefox)(firefox ? 'the panel in Firefox' : howToGetFirefox, () => {
  let tab: FirefoxTab
  let demo: string
  /** Of the pages of the tests. */
  let site: string

  beforeAll(async () => {
    await rm(folder, { recursive: true, force: true })
    const extension = await writePackages(folder)
    const servers = await Promise.all([
      serveDemo(),
      serve({ '/runtime/': join(root, 'dist/runtime'), '/': join(root, 'test/pages') }),
    ])
    ;[demo, site] = servers.map(({ origin }) => origin) as [string, string]
    tab = await openFirefox(firefox ?? '', extension.firefox, demo, folder)
    return async () => {
      await tab.close()
      for (const server of servers) await server.close()
    }
  }, 90_000)

  const reads = (role: string, name: string | RegExp, words: string | RegExp) =>
    until(async () => new RegExp(words).test(await tab.panel.text(role, name)), `${role} ${name} reads ${words}`)
  const status = (words: string) => reads('status', /./, words)

  async function record(url: string): Promise<void> {
    await tab.visit(url)
    await tab.showPanel()
    // They bring the runtime, so the panel records them, late; or from the start, where it came before their scripts.
    await until(() => tab.page.run((outlet) => outlet in globalThis, OUTLET_KEY))
    await status('Recorded (since|from the start)')
    await tab.page.run(() => Reflect.set(globalThis, 'beforeReload', true))
    await tab.panel.click('button', 'Reload and record')
    await until(() => tab.page.run((outlet) => outlet in globalThis && !('beforeReload' in globalThis), OUTLET_KEY))
    await status('Recorded from the start')
  }

  /** Presses a button of the page, and does not wait for what comes of it. */
  const press = (name: string) =>
    tab.page.run((name) => {
      setTimeout(() => {
        for (const button of document.querySelectorAll('button')) if (button.textContent === name) button.click()
      })
    }, name)

  async function picture(name: string): Promise<void> {
    await mkdir(join(output, 'screenshots'), { recursive: true })
    await writeFile(join(output, 'screenshots', `firefox-${name}.png`), await tab.panel.picture())
  }

  /** Where a statement of the demo stands, as a link of the panel says it. */
  async function lineOf(file: string, text: string): Promise<string> {
    const lines = (await readFile(join(root, 'test/pages/demo', file), 'utf8')).split('\n')
    const line = lines.findIndex((line) => line.includes(text))
    expect(line).toBeGreaterThan(0)
    return `${file.split('/').at(-1)}:${line + 1}:`
  }

  test('a page is recorded from its first script on, with the lines that people wrote', async () => {
    await record(demo)
    await tab.panel.click('treeitem', /^Alice/)
    await reads('region', 'Context details', await lineOf('quickstart.ts', 'client.set('))
  })

  test('a mistake is found, and leads to its line', async () => {
    await tab.page.click('button', 'Token of another context')
    await tab.panel.click('button', /^Token of another context: requestId/)
    await reads('region', 'Problems', await lineOf('mistakes/token-in-another-context.ts', 'requestId.set('))
    await picture('problem')
  })

  test('it is taken along: on the clipboard, and as a file', async () => {
    await tab.panel.click('button', 'Copy report')
    await until(async () => (await tab.clipboard()).includes('Token of another context: requestId'))
    await tab.panel.click('button', 'Export')
    const file = await tab.saved(() => tab.panel.click('button', 'Save'))
    const read = parseRecording(await readFile(file, 'utf8'))
    expect(read).toMatchObject({ ok: true })
  })

  test('a value is looked into, as it is now', async () => {
    await record(`${site}/break-on/`)
    await tab.panel.click('treeitem', /^base/)
    await tab.panel.click('button', /^\{id: 7/)
    await tab.page.click('button', 'Change')
    await tab.panel.click('treeitem', /^guest/)
    await tab.panel.find('treeitem', /^name: .*Eve/)
    await picture('value')
  })

  test('at a breakpoint it shows the context of that line', async () => {
    await record(demo)
    await tab.page.run(() => {
      setTimeout(new Function('debugger') as () => void)
    })
    await until(() => tab.isPaused())
    await tab.showPanel()
    await status('Paused in setTimeout')
    await picture('paused')
    await tab.resume()
    await until(async () => !(await tab.panel.text('status', /./)).includes('Paused'))
  })

  test('the page pauses where a variable is set, over a reload, too', async () => {
    await record(`${site}/break-on/`)
    await tab.panel.click('button', /^Break on/)
    await tab.panel.click('checkbox', 'dish is set')
    await reads('dialog', 'Break on', 'This page pauses there')
    await press('Set')
    await until(() => tab.isPaused())
    await tab.resume()
    await tab.showPanel()
    await tab.panel.click('button', 'Reload and record')
    // At its first set, which is of its first script.
    await until(() => tab.isPaused())
    await tab.showPanel()
    await tab.panel.click('button', /^Break on/)
    await tab.panel.click('button', 'Remove all')
    await tab.resume()
  })

  test('it wears the theme of DevTools', async () => {
    const worn = () => tab.panel.run(() => document.documentElement.dataset.theme)
    for (const theme of ['dark', 'light'] as const) {
      await tab.wear(theme)
      await until(async () => (await worn()) === theme)
    }
  })

  test('what Firefox does not allow is said where somebody looks for it', async () => {
    await record(demo)
    await tab.panel.click('treeitem', /^Alice/)
    await tab.panel.click('button', /^quickstart\.ts:/)
    await until(async () => /quickstart\.ts:\d+:\d+$/.test(await tab.clipboard()))
    await tab.panel.click('button', 'Settings')
    await reads(
      'region',
      'What this browser does not allow',
      /recorded always.*copies its position.*no pane.*other origins/s,
    )
    await picture('settings')
    expect(await violations()).toEqual([])
    const names = await tab.panel.run(() => [...document.querySelectorAll('button')].map((one) => one.textContent))
    expect(names).not.toContain('Always record')
  })

  test('frames of its origin have their rows, and others are counted', async () => {
    await tab.visit(`${site}/frames/?other=${demo}`)
    await tab.panel.find('treeitem', /^child\.html/)
    // The sandboxed one, and that of another origin.
    await status('2 frames not seen')
    await picture('frames')
  })

  test('a page that is not recorded, or is closed to extensions, is told as such', async () => {
    await tab.visit(`${site}/plain/`)
    await tab.panel.find('heading', /^Not recorded since/)
    await reads('main', /./, 'load by load only')
    await picture('not-recorded')
    expect(await tab.errors()).toEqual([])
    await tab.visit('about:license')
    await tab.panel.find('heading', 'Extensions may not run on this page')
  })

  async function violations(): Promise<string[]> {
    await tab.panel.load(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    const results = await tab.panel.run(() =>
      (globalThis as unknown as { axe: { run(within: object): Promise<AxeResults> } }).axe.run({
        include: [['#panel']],
      }),
    )
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.failureSummary} ${node.html}`),
    )
  }
})
