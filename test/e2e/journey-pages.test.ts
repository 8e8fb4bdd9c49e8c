// Pages of all kinds: the panel records them, or says why it does not and what to do.

import { expect } from 'playwright/test'
import { showPanel } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { quickJourney as journey, visit } from './harness/journey'
import { problems, row, status, tree, value } from './harness/panel'

journey('opened late on an application with its own runtime, it records from now on', async ({ tab, site }) => {
  await tab.page.goto(`${site.origin}/own-runtime/`)
  await showPanel(tab)
  await expect(status(tab)).toContainText(/Recorded since/)
  await expect(tab.panel.getByText('what happened before is not known').first()).toBeVisible()
  await row(tab, 'base').click()
  await expect(value(tab, 'language')).toContainText('"en"')

  await tab.page.getByRole('button', { name: 'Order' }).click()
  await row(tab, 'order').click()
  await expect(value(tab, 'drink')).toContainText('"tea"')
  await expect(value(tab, 'language')).toContainText('inherited')
})

journey('a page with a strict policy and trusted types is recorded', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/strict-csp/`)
  await reloadAndRecord(tab)
  await row(tab, 'guarded').click()
  await expect(value(tab, 'rule')).toContainText('"nothing from elsewhere"')
  expect(await tab.page.locator('body').getAttribute('data-violation')).toBeNull()
})

journey('a page with a strict policy is recorded when the panel comes late', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/strict-csp/`)
  await row(tab, 'base').waitFor()
  expect(await tab.page.locator('body').getAttribute('data-violation')).toBeNull()
})

journey('a page without the runtime says so, and offers to record', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  await expect(tab.panel.getByRole('heading', { name: 'No contexts here' })).toBeVisible()
  await tab.panel.getByRole('main').getByRole('button', { name: 'Reload and record' }).click()
  await expect(tab.panel.getByRole('heading', { name: 'Recording, and nothing yet' })).toBeVisible()

  // Now the page can be given something to look at, from the console.
  await tab.page.evaluate(() => {
    const { ContextVar } = (globalThis as unknown as { contextvars: typeof import('contextvars-devtools') }).contextvars
    new ContextVar('mood').set('curious')
  })
  await row(tab, 'base').click()
  await expect(value(tab, 'mood')).toContainText('"curious"')
})

journey('an application without ./async is told that await is not followed', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/without-async/`)
  await reloadAndRecord(tab)
  await expect(tab.panel.getByText('await is not followed: import contextvars-devtools/async')).toBeVisible()
  await row(tab, 'base').click()
  await expect(value(tab, 'user')).toContainText('"Ada"')
})

journey(
  'a runtime of another version is not recorded, and the panel says which update is needed',
  async ({ tab, site }) => {
    await visit(tab, `${site.origin}/other-version/`)
    await tab.panel.getByRole('button', { name: 'Reload and record' }).first().click()
    await expect(
      tab.panel.getByRole('heading', { name: 'Version 9.0.0 of the runtime cannot be recorded' }),
    ).toBeVisible()
    await expect(tab.panel.getByText('Update the Contextvars DevTools extension')).toBeVisible()
  },
)

journey('a page of the browser itself is out of reach, and the panel says so', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  await tab.page.goto('chrome://version')
  await expect(tab.panel.getByRole('heading', { name: 'Extensions may not run on this page' })).toBeVisible()
  await expect(status(tab)).toContainText('Out of reach')
})

journey(
  'hostile values and broken globals: the page notices nothing, the panel stays bounded',
  async ({ tab, site }) => {
    const thrown: string[] = []
    tab.page.on('pageerror', (error) => thrown.push(String(error)))
    await visit(tab, `${site.origin}/hostile/`)
    await reloadAndRecord(tab)
    await expect(tab.page.locator('#result')).toHaveText('survived')
    await row(tab, 'hostile').click()
    await expect(value(tab, 'cyclic')).toContainText('cyclic')
    await expect(value(tab, 'throwing')).toBeVisible()
    await expect(value(tab, 'negativeZero')).toContainText('-0')
    const longest = (await value(tab, 'long').textContent()) ?? ''
    expect(longest.length).toBeLessThan(2000)
    expect(longest).toContain('…')
    await expect(tree(tab)).toBeVisible()
    await expect(problems(tab)).toBeVisible()

    expect(thrown).toEqual([])
    expect(await tab.page.evaluate(() => Reflect.get(globalThis, 'touched'))).toEqual([])
  },
)
