// A journey: a test that does what a person does, in the real panel in a real browser. It gets a browser (one for each file),
// the pages to visit, and tabs of its own with DevTools open; at its end it leaves a picture, and fails if the panel logged an
// error or anything asked for an address outside of this machine.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBrowser } from '../../../scripts/browser.mjs'
import { serveDemo } from '../../../scripts/demo-server.mjs'
import { openTab, showPanel, type Tab } from '../../../scripts/devtools.mjs'
import { launch } from '../../../scripts/launch.mjs'
import { serve } from '../../../scripts/serve.mjs'
import { root } from '../../../scripts/steps.mjs'
import { PATIENCE } from './patience'
import { watchForErrors, watchForStrangers } from './watches'

export const output = join(root, 'test/.output')
/** Of this file alone: two may save under one name at the same time. */
export const downloads = join(output, 'downloads', `${process.pid}`)

export const journey = test
  /** How DevTools looks. */
  .extend('theme', { scope: 'file' }, 'default' as 'default' | 'dark')
  /** Where what is tested was built. */
  .extend('dist', { scope: 'file' }, join(root, 'dist'))
  .extend('browser', { scope: 'file' }, async ({ dist, theme }, { onCleanup }) => {
    const browser = await launch({
      executable: await findBrowser(),
      headless: true,
      extension: join(dist, 'extension'),
      theme,
    })
    onCleanup(browser.close)
    return browser
  })
  /** The pages of the tests, and the same on another origin. */
  .extend('site', { scope: 'file' }, async ({ dist }, { onCleanup }) => {
    const pages = () => serve({ '/runtime/': join(dist, 'runtime'), '/': join(root, 'test/pages') })
    const [site, other] = await Promise.all([pages(), pages()])
    onCleanup(async () => {
      await Promise.all([site.close(), other.close()])
    })
    return { origin: site.origin, other: other.origin }
  })
  .extend('demo', { scope: 'file' }, async ({ dist }, { onCleanup }) => {
    const { origin, close } = await serveDemo(join(dist, 'demo'))
    onCleanup(close)
    return origin
  })
  /** An empty tab, DevTools beside it; the panel is not yet open. */
  .extend('tab', async ({ browser, task }, { onCleanup }): Promise<Tab> => {
    const tab = await openTab(browser)
    for (const page of [tab.page, tab.devtools]) page.setDefaultTimeout(PATIENCE)
    const errors = watchForErrors(tab)
    const strangers = watchForStrangers(tab)
    onCleanup(async () => {
      try {
        await tab.devtools.screenshot({ path: join(output, 'screenshots', `${fileName(task.name)}.png`) })
        expect(errors, 'errors of the panel').toEqual([])
        expect(strangers, 'requests that leave this machine').toEqual([])
      } finally {
        await tab.close()
      }
    })
    return tab
  })

/**
 * Journeys that each begin with a panel just opened, in one tab for all of the file: DevTools takes seconds to open, and the panel none to be
 * loaded anew. Not for those that leave something in DevTools itself, as a breakpoint is.
 */
export const quickJourney = journey
  .extend('opened', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
    const tab = await openTab(browser)
    onCleanup(tab.close)
    for (const page of [tab.page, tab.devtools]) page.setDefaultTimeout(PATIENCE)
    await showPanel(tab)
    return { tab, errors: watchForErrors(tab), strangers: watchForStrangers(tab) }
  })
  .extend('tab', async ({ opened: { tab, errors, strangers }, task }, { onCleanup }): Promise<Tab> => {
    await tab.page.goto('about:blank')
    const body = tab.panel.locator('body')
    await body.evaluate(() => {
      localStorage.clear()
      location.reload()
    })
    errors.length = 0
    strangers.length = 0
    onCleanup(async () => {
      await tab.devtools.screenshot({ path: join(output, 'screenshots', `${fileName(task.name)}.png`) })
      expect(errors, 'errors of the panel').toEqual([])
      expect(strangers, 'requests that leave this machine').toEqual([])
    })
    return tab
  })

/** Goes to a page with the panel open beside it. */
export async function visit(tab: Tab, url: string): Promise<void> {
  await tab.page.goto(url)
  await showPanel(tab)
}

const fileName = (title: string) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
