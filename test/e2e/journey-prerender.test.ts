// A page that is prerendered before anybody goes to it: when it is shown, the panel shows its recording, and nothing of it before.

import { setTimeout as moment } from 'node:timers/promises'
import { chromium } from 'playwright'
import { expect } from 'playwright/test'
import { openTab, type Tab } from '../../scripts/devtools.mjs'
import type { Browser } from '../../scripts/launch.mjs'
import { journey, visit } from './harness/journey'
import { row, status, value } from './harness/panel'
import { allow } from './harness/site-access'
import { recordAlways } from './harness/site-menu'

/**
 * Lets the page go to one that prepares the next one, and goes there. Nothing is prerendered where a client of the protocol looks at
 * the page itself, and not at its tab, as Playwright does: so it looks away for that time, and DevTools alone goes on looking.
 */
async function goThroughPrerender(browser: Browser, tab: Tab, origin: string): Promise<Tab> {
  // Not before nobody looks any more.
  await tab.page.evaluate((url) => void setTimeout(() => location.assign(url), 1_000), `${origin}/prerender/`)
  await tab.disconnect()
  // Of another journey there may be one, too.
  const next = `${origin}/prerender/next.html`
  const isThere = async () => {
    const { targetInfos } = await browser.send('Target.getTargets')
    return targetInfos.some(({ type, url }: { type: string; url: string }) => type === 'page' && url === next)
  }
  while (!(await isThere())) await moment(50)
  const connection = await chromium.connectOverCDP(browser.endpoint)
  const pages = connection.contexts().flatMap((context) => context.pages())
  const page = pages.find((one) => one.url() === next)
  const devtools = pages.find((one) => one.url().startsWith('devtools://'))
  if (page === undefined || devtools === undefined) throw new Error('The page and DevTools are there.')
  const panel = devtools.frameLocator('iframe[src$="/panel/index.html"]')
  const close = async () => {
    await connection.close()
    await tab.close()
  }
  return { ...tab, page, devtools, panel, close }
}

const activatedAt = ({ page }: Tab): Promise<number> =>
  page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation')
    return Number(Reflect.get(entry ?? {}, 'activationStart'))
  })

journey('on a site that is always recorded, it is recorded from its start', async ({ browser, site }) => {
  await allow(browser, site.origin)
  const before = await openTab(browser)
  await visit(before, `${site.origin}/plain/`)
  await recordAlways(before)
  await before.devtools.keyboard.press('Escape')
  const tab = await goThroughPrerender(browser, before, site.origin)
  expect(await activatedAt(tab)).toBeGreaterThan(0)
  await expect(status(tab)).toContainText('Recorded from the start')
  await expect(status(tab)).toContainText('complete 1–')
  await row(tab, 'is activated').click()
  await expect(value(tab, 'began')).toContainText('"activated"')
  await row(tab, 'prepares').click()
  await expect(value(tab, 'began')).toContainText('"prepared"')
  await tab.close()
})

journey('elsewhere the panel says since when, which is so, and has what lives by then', async ({ browser, site }) => {
  // Another host, so that it is another site by any measure.
  const origin = site.origin.replace('127.0.0.1', 'localhost')
  const before = await openTab(browser)
  await visit(before, `${origin}/plain/`)
  await before.panel.getByRole('button', { name: 'Reload and record' }).first().click()
  await expect(status(before)).toHaveText('Recording')
  const tab = await goThroughPrerender(browser, before, origin)
  expect(await activatedAt(tab)).toBeGreaterThan(0)
  await expect(status(tab)).toContainText(/Recorded (from the start|since)/)
  // The browser may run the script of a reload in what that page prepares, too: whichever it says has to be so.
  const isSo = async () => {
    const fromStart = (await status(tab).textContent())?.includes('from the start') ?? false
    return (await row(tab, 'prepares').count()) === (fromStart ? 1 : 0)
  }
  await expect.poll(isSo).toBe(true)
  await row(tab, 'base').click()
  await expect(value(tab, 'began')).toContainText('"unseen"')
  await tab.close()
})
