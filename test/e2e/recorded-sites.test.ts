// A site that is always recorded: from the first script on, in frames too, through every navigation, with DevTools open or not;
// and nothing of ours once it is switched off.

import { join } from 'node:path'
import { setTimeout as moment } from 'node:timers/promises'
import type { Frame, Page } from 'playwright'
import { expect } from 'playwright/test'
import { type Batch, OUTLET_KEY } from '../../runtime/protocol'
import { closeDevTools, openTab, reopenDevTools, showPanel, type Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { type Route, serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'
import { journey, visit } from './harness/journey'
import { row, status, value } from './harness/panel'
import { allow, withdraw } from './harness/site-access'
import { recordAlways, siteButton, siteMenu, siteSwitch, traces } from './harness/site-menu'
import { watchForErrors } from './harness/watches'

declare const chrome: { permissions: { getAll(): Promise<{ origins: string[]; permissions: string[] }> } }

/** Each test has a site of its own: what one records, no other finds recorded. */
const siteJourney = journey.extend('own', async ({ dist }, { onCleanup }) => {
  const { origin, close } = await serve({ '/runtime/': join(dist, 'runtime'), '/': join(root, 'test/pages') }, slowly)
  onCleanup(close)
  return origin
})

/** A server that has begun to answer, and takes its time until the first tag. */
const slowly: Route = (url, response) => {
  if (url.pathname !== '/slowly') return false
  response.writeHead(200, { 'content-type': 'text/html' }).write(' '.repeat(2000))
  void moment(1500).then(() => response.end('<!doctype html><title>Slow</title>'))
  return true
}

/** What each document of test/pages/always-recorded/ found when its first script ran. */
const found = ({ page }: Tab) => page.evaluate('found')

/** What the extension may do now, as the browser tells it. */
const granted = ({ panel }: Tab) => panel.locator('body').evaluate(() => chrome.permissions.getAll())

const everywhere = (recorded: boolean) => ({
  top: recorded,
  child: recorded,
  srcdoc: recorded,
  blank: recorded,
  sandboxed: recorded,
})

/** Everything that the recorder of a document has to say. */
const batchOf = (frame: Page | Frame): Promise<Batch> =>
  frame.evaluate((outlet) => JSON.parse(Reflect.get(globalThis, outlet).since(0)), OUTLET_KEY)

siteJourney(
  'switched on, a site is recorded from its next load on, in each of its frames',
  async ({ browser, tab, own }) => {
    await allow(browser, own)
    await visit(tab, `${own}/always-recorded/`)
    await expect.poll(() => found(tab)).toEqual(everywhere(false))
    await recordAlways(tab)

    // What is open was loaded before: it says so, and offers what mends it.
    await expect(siteMenu(tab)).toContainText('The page that is open was loaded before that.')
    await siteMenu(tab).getByRole('button', { name: 'Reload now' }).click()
    await expect(status(tab)).toContainText('Recorded from the start')
    await siteButton(tab, 'Always recorded').click()
    await expect(siteSwitch(tab)).toBeChecked()
    await expect(siteMenu(tab)).not.toContainText('loaded before')
    await tab.devtools.keyboard.press('Escape')
    await expect.poll(() => found(tab)).toEqual(everywhere(true))
    await row(tab, 'base').click()
    await expect(value(tab, 'place')).toContainText('"top"')

    const child = tab.page.frames().find((frame) => frame.url().endsWith('/child.html'))
    if (child === undefined) throw new Error('The page has a child frame.')
    const { facts } = await batchOf(child)
    expect(facts[0]).toMatchObject({ seq: 1, type: 'runtime-attached', late: false })
    expect(facts.filter((fact) => fact.type === 'var-set')).toMatchObject([{ value: { text: '"frame"' } }])
  },
)

siteJourney('the recorder of a reload and that of the site are one', async ({ browser, tab, own }) => {
  await allow(browser, own)
  await visit(tab, `${own}/own-runtime/`)
  await recordAlways(tab)
  const names = () => tab.page.evaluate(() => Reflect.ownKeys(globalThis).map(String).sort())
  await tab.page.reload()
  const once = await names()
  // The panel said before, too, that it is recorded from the start: only the page tells which document this is.
  await tab.page.evaluate(() => Reflect.set(globalThis, 'before', true))
  await reloadAndRecord(tab)
  await tab.page.waitForFunction(() => !Reflect.has(globalThis, 'before') && document.readyState === 'complete')
  expect(await names()).toEqual(once)
  const { facts } = await batchOf(tab.page)
  expect(facts.filter(({ type }) => type === 'runtime-attached')).toHaveLength(1)
  expect(facts.filter(({ type }) => type === 'runtime-refused')).toEqual([])
})

siteJourney(
  'no navigation leaves the recording, not even to a page that comes slowly',
  async ({ browser, tab, own }) => {
    await allow(browser, own)
    await visit(tab, `${own}/own-runtime/`)
    await recordAlways(tab)
    await tab.page.reload()
    await expect(status(tab)).toContainText('Recorded from the start')

    const said = await status(tab).evaluateHandle((element) => {
      const said: string[] = []
      new MutationObserver(() => said.push(element.textContent ?? '')).observe(element, {
        subtree: true,
        childList: true,
        characterData: true,
      })
      return said
    })
    for (let round = 0; round < 8; round++) {
      await tab.page.goto(`${own}/always-recorded/`)
      await expect(status(tab)).toContainText('Recorded from the start')
      await tab.page.goto(`${own}/plain/`)
      await expect(status(tab)).toHaveText('Recording')
    }
    await tab.page.goto(`${own}/slowly`)
    await expect(status(tab)).toHaveText('Recording')
    const words = await said.jsonValue()
    expect(words.length).toBeGreaterThan(16)
    expect(words.filter((each) => /not recorded|no answer/i.test(each))).toEqual([])
  },
)

siteJourney('what happened while DevTools was closed is there when it opens again', async ({ browser, own }) => {
  const before = await openTab(browser)
  await allow(browser, own)
  await visit(before, `${own}/own-runtime/`)
  await recordAlways(before)
  await closeDevTools(browser, before)
  await before.page.reload()
  await before.page.getByRole('button', { name: 'Order' }).click()

  const tab = await reopenDevTools(browser, before)
  const errors = watchForErrors(tab)
  await showPanel(tab)
  await siteButton(tab, 'Always recorded').waitFor()
  await expect(status(tab)).toContainText('Recorded from the start')
  await row(tab, 'order').click()
  await expect(value(tab, 'drink')).toContainText('"tea"')
  expect(errors).toEqual([])
  await tab.close()
})

siteJourney('switched off, its next load has nothing of ours', async ({ browser, tab, own }) => {
  await allow(browser, own)
  await visit(tab, `${own}/always-recorded/`)
  await recordAlways(tab)
  await tab.page.reload()
  await expect.poll(() => found(tab)).toEqual(everywhere(true))
  await tab.page.goto(`${own}/plain/`)
  expect(await traces(tab)).not.toEqual([])

  await siteSwitch(tab).uncheck()
  await siteButton(tab, 'Always record').waitFor()
  await expect(tab.panel.getByText('Not recorded from the next load on')).toBeVisible()
  await tab.page.reload()
  expect(await traces(tab)).toEqual([])
  await expect(status(tab)).toContainText('Not recorded since')
  await tab.page.goto(`${own}/always-recorded/`)
  await expect.poll(() => found(tab)).toEqual(everywhere(false))

  // The access is given back, too, and with the last site whatever else was needed.
  const others = siteMenu(tab).getByRole('button', { name: 'Remove' })
  while ((await others.count()) > 0) await others.first().click()
  await expect.poll(() => granted(tab)).toEqual({ origins: [], permissions: ['devtools'] })
})

siteJourney(
  'access that is taken away elsewhere is shown as what it is, and asked for again',
  async ({ browser, tab, own }) => {
    await allow(browser, own)
    await visit(tab, `${own}/plain/`)
    await recordAlways(tab)
    await withdraw(browser, own)
    await siteButton(tab, 'No access').waitFor()
    await expect(siteMenu(tab)).toContainText('The browser withholds this site from the extension')
    await tab.page.reload()
    expect(await traces(tab)).toEqual([])

    await siteMenu(tab).getByRole('button', { name: 'Ask again' }).click()
    await siteButton(tab, 'Asking…').waitFor()
    await allow(browser, own)
    await siteButton(tab, 'Always recorded').waitFor()
    await tab.page.reload()
    expect(await traces(tab)).not.toEqual([])
    await siteSwitch(tab).uncheck()
    await siteButton(tab, 'Always record').waitFor()
  },
)

siteJourney('another site is removed from the list, without going there', async ({ browser, tab, own, site }) => {
  await allow(browser, own)
  await visit(tab, `${own}/plain/`)
  await recordAlways(tab)
  await tab.page.goto(`${site.other}/plain/`)
  await siteButton(tab, 'Always record').waitFor()
  expect(await traces(tab)).toEqual([])
  const others = siteMenu(tab).getByRole('listitem').filter({ hasText: own })
  await expect(others).toHaveCount(1)
  await others.getByRole('button', { name: `Remove ${own}` }).click()
  await expect(others).toHaveCount(0)
  await tab.page.goto(`${own}/plain/`)
  expect(await traces(tab)).toEqual([])
})

siteJourney('an update of the extension ends it until a panel opens', async ({ browser, dist, own }) => {
  const before = await openTab(browser)
  await allow(browser, own)
  await visit(before, `${own}/plain/`)
  await recordAlways(before)
  await before.close()
  await browser.send('Extensions.loadUnpacked', { path: join(dist, 'extension') })

  const tab = await openTab(browser)
  await visit(tab, `${own}/plain/`)
  await siteButton(tab, 'Always recorded').waitFor()
  await tab.page.reload()
  expect(await traces(tab)).not.toEqual([])
  await siteButton(tab, 'Always recorded').click()
  await siteSwitch(tab).uncheck()
  await siteButton(tab, 'Always record').waitFor()
  await tab.close()
})

siteJourney('a page that has no site says why', async ({ tab, own }) => {
  await visit(tab, `${own}/plain/`)
  await tab.panel.getByRole('heading', { name: 'No contexts here' }).waitFor()
  await siteButton(tab, 'Always record').click()
  for (const url of ['chrome://version', 'data:text/html,<p>nothing</p>', 'about:blank']) {
    await tab.page.goto(url)
    await expect(siteMenu(tab)).toContainText('The browser keeps extensions away from this page.')
    await expect(siteSwitch(tab)).toHaveCount(0)
  }
  await tab.page.goto(`${own}/plain/`)
  await expect(siteSwitch(tab)).toHaveCount(1)
})

siteJourney('while the browser asks, the panel says so', async ({ tab, own }) => {
  await visit(tab, `${own}/plain/`)
  await siteButton(tab, 'Always record').click()
  await siteSwitch(tab).click()
  // A browser without a screen shows no question, so nobody ever answers.
  await siteButton(tab, 'Asking…').waitFor()
  await expect(siteMenu(tab)).toContainText('The browser asks whether this extension may read and change the site')
  await tab.page.reload()
  expect(await traces(tab)).toEqual([])
})
