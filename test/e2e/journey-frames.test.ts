// Frames: each document of the page that has a runtime is a root of the tree, of whatever origin it is, and as complete as it says.

import { expect } from 'playwright/test'
import { type Tab, wearTheme } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { violations } from './harness/axe'
import { visitFrames } from './harness/frames'
import { quickJourney as journey } from './harness/journey'
import { details, readOut, row, status, tree, value } from './harness/panel'

const documents = (tab: Tab) =>
  tree(tab)
    .getByRole('treeitem')
    .filter({ hasText: /(page|frame)/ })

journey('each document with a runtime is a root, and shows its own contexts', async ({ tab, site }) => {
  await visitFrames(tab, site.origin)
  await reloadAndRecord(tab)
  // The page itself, two of one address, one written into the page, one of another site; not those without a runtime.
  await expect(documents(tab)).toHaveCount(5)
  await row(tab, 'task of top').waitFor()

  // Recorded late, they show what happens from then on.
  for (const frame of tab.page.frames()) await frame.evaluate('globalThis.goOn?.()')
  await row(tab, 'child.html\\?name=foreign').click()
  await row(tab, 'task of foreign').click()
  await expect(value(tab, 'user')).toContainText('"foreign 1"')
  expect((await readOut(tab)).join('\n')).not.toContain('task of top')
  // A reload would not mend that the recording of a frame began late.
  await expect(tab.panel.getByText('Frames are recorded from their first script')).toBeVisible()

  await row(tab, 'top').click()
  await row(tab, 'task of top').click()
  await expect(value(tab, 'user')).toContainText('"top 1"')

  // Two that share their address are two, and one without an address is one.
  const own = tree(tab).getByRole('treeitem', { name: /^child\.html\?name=own/ })
  await expect(own).toHaveCount(2)
  for (const one of [own.first(), own.last()]) {
    await one.click()
    await row(tab, 'task of own').waitFor()
  }
  await row(tab, 'about:srcdoc').click()
  await row(tab, 'task of written').click()
  await expect(value(tab, 'user')).toContainText('"written 1"')
})

journey('the row of a document says since when it is recorded, and all of it by keyboard', async ({ tab, site }) => {
  await visitFrames(tab, site.origin)
  await reloadAndRecord(tab)
  await expect(documents(tab)).toHaveCount(5)
  // A row without contexts has nothing to unfold.
  await expect(documents(tab).filter({ hasText: /[1-9]\d* contexts?$/ })).toHaveCount(5)
  await row(tab, 'base').click()
  const press = (key: string) => tab.devtools.keyboard.press(key)
  await press('ArrowUp')
  await expect(details(tab)).toContainText('the page itself')
  await expect(details(tab)).toContainText('from its start')
  await press('End')
  await expect(details(tab)).toContainText('document in a frame')
  await expect(details(tab)).toContainText(/since .* after it was opened|from its start/)
  const panel = tab.devtools.frames().find((frame) => frame.url().endsWith('/panel/index.html'))
  if (panel === undefined) throw new Error('The panel has no document')
  for (const theme of ['dark', 'default'] as const) {
    await wearTheme(tab, theme)
    await expect(tab.panel.locator(`html[data-theme="${theme === 'dark' ? 'dark' : 'light'}"]`)).toHaveCount(1)
    expect(await violations(panel)).toEqual([])
  }
  // To look at a row unfolds nothing.
  await expect(row(tab, 'task of top')).toBeVisible()
  await press('ArrowRight')
  await expect(row(tab, 'task of top')).toBeHidden()
  await press('ArrowRight')
  await expect(details(tab)).toContainText('base context')
  await press('Home')
  await press('ArrowRight')
  await press('ArrowLeft')
  await expect(row(tab, 'task of top')).toBeHidden()
})

journey(
  'a preserved log keeps what was in the frames of a page that was left, behind that page',
  async ({ tab, site }) => {
    await visitFrames(tab, site.origin, { foreign: false })
    await reloadAndRecord(tab)
    await expect(documents(tab)).toHaveCount(4)
    await tab.panel.getByRole('checkbox', { name: 'Preserve log' }).check()
    await tab.page.evaluate("addFrame('child.html?name=guest')")
    await row(tab, 'child.html\\?name=guest').click()
    await tab.page
      .frames()
      .find((frame) => frame.url().includes('guest'))
      ?.evaluate('goOn()')
    await row(tab, 'task of guest').waitFor()

    await tab.page.goto(`${site.origin}/bursts/`)
    await expect(row(tab, 'child.html\\?name=guest')).toContainText('gone')
    await expect(row(tab, 'until')).toBeVisible()
    const names = await documents(tab).allTextContents()
    expect(names.findIndex((name) => name.includes('until'))).toBe(1)
    await row(tab, 'child.html\\?name=guest').click()
    await row(tab, 'task of guest').click()
    await expect(value(tab, 'user')).toContainText('"guest 1"')
    await tab.panel.getByRole('checkbox', { name: 'Preserve log' }).uncheck()
    await expect(documents(tab)).toHaveCount(0)
  },
)

journey('frames come and go: what they told stays until the page itself goes elsewhere', async ({ tab, site }) => {
  await visitFrames(tab, site.origin, { foreign: false })
  await reloadAndRecord(tab)
  await expect(documents(tab)).toHaveCount(4)
  await tab.page.evaluate("addFrame('child.html?name=guest')")
  await row(tab, 'child.html\\?name=guest').click()
  await tab.page
    .frames()
    .find((frame) => frame.url().includes('guest'))
    ?.evaluate('goOn()')
  await row(tab, 'task of guest').click()
  await expect(value(tab, 'user')).toContainText('"guest 1"')

  await tab.page.evaluate("document.querySelector('#other iframe').remove()")
  await expect(row(tab, 'child.html\\?name=guest')).toContainText('gone')
  await expect(value(tab, 'user')).toContainText('"guest 1"')

  // The same address again is another document.
  await tab.page.evaluate("addFrame('child.html?name=guest')")
  await expect(tree(tab).getByRole('treeitem', { name: /^child\.html\?name=guest/ })).toHaveCount(2)

  await tab.page.goto(`${site.origin}/own-runtime/`)
  await expect(status(tab)).toContainText('Recorded since')
  await expect(documents(tab)).toHaveCount(0)
  await row(tab, 'base').waitFor()
})
