// An extension that is updated while DevTools is open: the browser takes DevTools away with it, and not the page.
// What the page's log holds is there when DevTools is opened again.

import { join } from 'node:path'
import { expect } from 'playwright/test'
import { openTab, reopenDevTools, showPanel } from '../../scripts/devtools.mjs'
import { journey, visit } from './harness/journey'
import { row, status } from './harness/panel'
import { stated } from './harness/truth'

journey(
  'DevTools goes with the extension, and finds the recording whole when it is opened again',
  async ({ browser, dist, site }) => {
    const before = await openTab(browser)
    await visit(before, `${site.origin}/bursts/?kept`)
    await expect(status(before)).toContainText('Recorded')
    await before.page.evaluate('burst(1, 40)')
    await row(before, 'burst 1').waitFor()
    const facts = await stated(before.page)

    const closed = before.devtools.waitForEvent('close')
    await browser.send('Extensions.loadUnpacked', { path: join(dist, 'extension') })
    await closed
    await before.page.evaluate('burst(1, 40)')

    const tab = await reopenDevTools(browser, before)
    await showPanel(tab)
    await expect(tab.panel.getByRole('treeitem', { name: /^burst 1/ })).toHaveCount(2)
    expect(await stated(tab.page)).toBeGreaterThan(facts)
    await expect(status(tab)).toContainText('complete 1–')
    await tab.close()
  },
)
