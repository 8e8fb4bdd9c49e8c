// Pages whose document comes by way of a service worker, or lives in a process of its own, or both: a reload with the recorder in front of
// them has it there. Where the page loads itself once more it has not, and the panel says so, and what to do.

import { expect } from 'playwright/test'
import type { Tab } from '../../scripts/devtools.mjs'
import { violations } from './harness/axe'
import { quickJourney as journey, visit } from './harness/journey'
import { row, status, value } from './harness/panel'

const standing = ({ page }: Tab) =>
  page.evaluate(() => ({ answered: navigator.serviceWorker.controller !== null, isolated: crossOriginIsolated }))

const lateWords = ({ panel }: Tab) => panel.locator('.banners').getByText('what happened before is not known')

/** Waits until the page that was there is no more, whatever is said of it. */
async function reloadToRecord(tab: Tab): Promise<void> {
  const loaded = tab.page.waitForEvent('load')
  await tab.panel.getByRole('button', { name: 'Reload and record' }).first().click()
  await loaded
}

async function expectFromStart(tab: Tab): Promise<void> {
  await expect(status(tab)).toContainText('Recorded from the start')
  await row(tab, 'base').click()
  await expect(value(tab, 'language')).toContainText('page.js')
}

for (const isolated of [false, true]) {
  for (const answered of [false, true]) {
    const title = `${isolated ? 'isolated' : 'not isolated'}, ${answered ? 'from its service worker' : 'from the network'}`
    journey(`${title}: recorded from the start, time and again`, async ({ tab, site }) => {
      await visit(tab, `${site.origin}/service-worker/${isolated ? 'isolated' : 'usual'}/${answered ? '#worker' : ''}`)
      await expect.poll(() => standing(tab)).toEqual({ answered, isolated })
      await expect(lateWords(tab)).toBeVisible()
      for (let time = 0; time < 2; time++) {
        await reloadToRecord(tab)
        await expectFromStart(tab)
        expect(await standing(tab)).toEqual({ answered, isolated })
      }
    })
  }
}

journey('a page that loads itself once more: the panel says so, and what to do', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/service-worker/usual/`)
  await expect(lateWords(tab)).toBeVisible()
  await expect(lateWords(tab)).not.toContainText('has loaded again')
  await tab.page.evaluate(() => sessionStorage.setItem('again', 'once'))
  await tab.panel.getByRole('button', { name: 'Reload and record' }).first().click()
  await expect(lateWords(tab)).toContainText(
    'Reload and record holds for one load: the page has loaded again since, or its first script came before the recorder; Always record holds for every load.',
  )
  const frame = await (await tab.panel.locator('body').elementHandle())?.ownerFrame()
  if (frame == null) throw new Error('The panel has a document.')
  expect(await violations(frame, '.banners')).toEqual([])

  await reloadToRecord(tab)
  await expectFromStart(tab)
  await expect(lateWords(tab)).toHaveCount(0)
})
