// The watches of the harness see what they are there for: otherwise no journey could fail by them.

import { expect } from 'playwright/test'
import { openTab } from '../../scripts/devtools.mjs'
import { journey, visit } from './harness/journey'
import { watchForErrors, watchForStrangers } from './harness/watches'

journey('a page that asks for another machine is seen', async ({ browser, site }) => {
  const tab = await openTab(browser)
  const strangers = watchForStrangers(tab)
  await tab.page.route('http://stranger.test/**', (route) => route.abort())
  await tab.page.goto(`${site.origin}/plain/`)
  await tab.page.evaluate(() => fetch('http://stranger.test/beacon').catch(() => {}))
  expect(strangers).toEqual(['http://stranger.test/beacon'])
  await tab.close()
})

journey('the panel cannot ask for another machine, and its error is seen', async ({ browser, site }) => {
  const tab = await openTab(browser)
  const errors = watchForErrors(tab)
  await visit(tab, `${site.origin}/plain/`)
  const answer = await tab.panel.locator('body').evaluate(() => fetch('http://stranger.test/').catch(String))
  expect(answer).toContain('Failed to fetch')
  await expect.poll(() => errors.join()).toContain('Content Security Policy')
  await tab.close()
})
