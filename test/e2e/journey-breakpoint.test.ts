// Paused at a breakpoint: the panel shows the context of that very line; and stepping never leads into our own code. A click that
// leads to a pause may be over only after it.

import { expect } from 'playwright/test'
import { breakAt, goOn, paused, showPanel } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { violationsInEachLook } from './harness/axe'
import { journey, visit } from './harness/journey'
import { details, panelFrame, row, status, tree, value } from './harness/panel'

journey('paused inside a task, the panel shows its context and its values at that line', async ({ tab, site }) => {
  const url = `${site.origin}/breakpoint/page.js`
  await visit(tab, `${site.origin}/breakpoint/`)
  await reloadAndRecord(tab)
  await breakAt(tab, url, '// pause here')
  const clicked = tab.page.getByRole('button', { name: 'Begin' }).click()
  expect((await paused(tab)).url).toBe(url)

  await showPanel(tab)
  await expect(status(tab)).toContainText('Paused in Chef')
  await expect(row(tab, 'Chef')).toContainText('paused here')
  await expect(row(tab, 'Chef')).toHaveAttribute('aria-selected', 'true')
  await expect(details(tab).getByRole('heading', { name: 'Chef' })).toBeVisible()
  await expect(value(tab, 'dish')).toContainText('"soup, salted"')
  expect(await violationsInEachLook(panelFrame(tab))).toEqual([])

  await goOn(tab, 'resume')
  await clicked
  await expect(tab.page.locator('#log')).toContainText('cleans up after soup')
  await expect(status(tab)).not.toContainText('Paused')
})

journey('first opened while the page is paused, the panel shows where it stands', async ({ tab, site }) => {
  const url = `${site.origin}/breakpoint/page.js`
  await tab.page.goto(`${site.origin}/breakpoint/`)
  await breakAt(tab, url, '// pause here')
  const clicked = tab.page.getByRole('button', { name: 'Begin' }).click()
  await paused(tab)

  await showPanel(tab)
  await expect(tree(tab).getByRole('treeitem', { name: 'paused here' })).toBeVisible()
  await expect(value(tab, 'dish')).toContainText('"soup, salted"')
  await goOn(tab, 'resume')
  await clicked
  await expect(tab.page.locator('#log')).toContainText('cleans up after soup')
})

journey('stepping into an await arrives at the next line of the application', async ({ tab, site }) => {
  const url = `${site.origin}/borrowed-runtime/page.js`
  await visit(tab, `${site.origin}/borrowed-runtime/`)
  await reloadAndRecord(tab)
  await breakAt(tab, url, '// step into this')
  const clicked = tab.page.getByRole('button', { name: 'Begin' }).click()
  await paused(tab)

  const stops: string[] = []
  for (const _ of ['into the await', 'into the set', 'into the await of nothing']) {
    await goOn(tab, 'stepInto')
    const { url, text } = await paused(tab)
    stops.push(`${url.replace(site.origin, '')} ${/\/\/ (.*)/.exec(text)?.[1] ?? text}`)
  }
  expect(stops).toEqual([
    '/borrowed-runtime/page.js into this',
    '/borrowed-runtime/page.js and this',
    '/borrowed-runtime/page.js and arrive here',
  ])
  await goOn(tab, 'resume')
  await clicked
  await expect(tab.page.locator('#log')).toContainText('done')
})
