// The tree of a live page: reload and record, look at a context, go to the line that set a value.

import { expect } from 'playwright/test'
import { openSource } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, visit } from './harness/journey'
import { details, readOut, row, status, tree, value } from './harness/panel'

journey('reload and record shows the base context, Alice and Bob', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  for (const label of ['base', 'Alice', 'Bob']) await row(tab, label).waitFor()
  await expect(row(tab, 'Alice')).toHaveAttribute('aria-level', '2')
  await expect(status(tab)).toContainText('Recorded from the start')
  await expect(status(tab)).toContainText(/complete 1–\d+/)
})

journey('a context shows what it set, what it inherited and what is default', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)

  await row(tab, 'Alice').click()
  await expect(details(tab).getByRole('heading', { name: 'Alice' })).toBeVisible()
  await expect(value(tab, 'client')).toContainText('"Alice"')
  await expect(value(tab, 'client')).toContainText('own')
  await expect(value(tab, 'client').getByRole('button', { name: /:\d+/ })).toHaveText(
    /quickstart\.ts:\d+|index\.js:\d+/,
  )

  await row(tab, 'base').click()
  await expect(value(tab, 'currentUser')).toContainText('default')

  const timer = tree(tab)
    .getByRole('treeitem', { name: /^setTimeout/ })
    .first()
  await timer.click()
  await expect(value(tab, 'client')).toContainText('inherited from Alice')
})

journey('the line that set a value opens in Sources', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await row(tab, 'Alice').click()
  await value(tab, 'client').getByRole('button', { name: /:\d+/ }).click()
  const opened = await openSource(tab)
  expect(opened.text).toContain('client.set(name)')
})

journey('a navigation leaves no stale tree behind', async ({ tab, demo, site }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await row(tab, 'Alice').waitFor()

  await tab.page.goto(`${site.origin}/plain/`)
  await expect(status(tab)).toContainText(/Not recorded since \d\d:\d\d:\d\d/)
  await expect(tree(tab)).toHaveCount(0)
  await expect(tab.panel.getByRole('heading', { name: /Not recorded since/ })).toBeVisible()

  // Its own runtime is found again, late this time.
  await tab.page.goto(demo)
  await expect(status(tab)).toContainText(/Recorded since \d/)
  await expect(row(tab, 'base')).toBeVisible()
  await expect(row(tab, 'Alice')).toHaveCount(0)
})

journey('a reload begins a new recording', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'New request' }).click()
  await row(tab, 'R-1').waitFor()
  await reloadAndRecord(tab)
  await expect(row(tab, 'R-1')).toHaveCount(0)
  await expect(row(tab, 'Alice')).toHaveCount(1)
})

journey('the keyboard walks the tree', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await row(tab, 'Alice').waitFor()
  await row(tab, 'base').click()
  const focused = tree(tab).locator(':focus')
  const press = (key: string) => tab.devtools.keyboard.press(key)

  await press('ArrowDown')
  await expect(focused).toHaveText(/^Alice/)
  await expect(value(tab, 'client')).toContainText('"Alice"')
  await press('ArrowLeft')
  await expect(row(tab, 'Alice')).toHaveAttribute('aria-expanded', 'false')
  await press('ArrowDown')
  await expect(focused).toHaveText(/^Bob/)
  await press('Home')
  await expect(focused).toHaveText(/^base/)
  await press('b')
  await press('o')
  await expect(focused).toHaveText(/^Bob/)
  expect(await readOut(tab)).toEqual(expect.arrayContaining([expect.stringMatching(/^Alice/)]))
})

journey(
  'a line is the one that was written, also where the script that runs has the same address',
  async ({ tab, site }) => {
    await visit(tab, `${site.origin}/same-address/`)
    await reloadAndRecord(tab)
    await row(tab, 'base').click()
    const line = value(tab, 'user').getByRole('button', { name: /:\d+/ })
    await expect(line).toHaveText('app.js:3:1')
    await line.click()
    const opened = await openSource(tab)
    expect(opened.text).toContain("user.set('ada')")
  },
)
