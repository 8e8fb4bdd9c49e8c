// The tree of a live page: reload and record, look at a context, go to the line that set a value.

import { expect } from 'playwright/test'
import { openSource } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { quickJourney as journey, visit } from './harness/journey'
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

journey('an async function that is run goes on after its run, and is not said to have ended', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/plain/`)
  await tab.panel.getByRole('main').getByRole('button', { name: 'Reload and record' }).click()
  await tab.panel.getByRole('heading', { name: 'Recording, and nothing yet' }).waitFor()
  await tab.page.evaluate(() => {
    const { contextvars } = globalThis as unknown as {
      contextvars: typeof import('contextvars-devtools') & typeof import('contextvars-devtools/async')
    }
    const step = new contextvars.ContextVar('step')
    Reflect.set(globalThis, 'kept', [
      contextvars.copyContext().run(() => step.set('at once')),
      contextvars.copyContext().run(async () => {
        step.set('before')
        await new Promise((resolve) => Reflect.set(globalThis, 'goOn', resolve))
        step.set('after')
        await new Promise((resolve) => Reflect.set(globalThis, 'finish', resolve))
      }),
    ])
  })
  const copies = row(tab, 'copy')
  await expect(copies).toHaveCount(2)
  for (const copy of await copies.all()) await expect(copy).toContainText('left')

  await tab.page.evaluate(() => Reflect.get(globalThis, 'goOn')())
  await expect(copies.last()).toContainText('may go on')
  await copies.last().click()
  await expect(value(tab, 'step')).toContainText('"after"')
  await expect(details(tab)).toContainText(/may go on.*Left.*Went on/s)
  await tab.panel.getByRole('checkbox', { name: 'Hide ended' }).check()
  await expect(copies).toHaveCount(1)
  await tab.panel.getByRole('checkbox', { name: 'Hide ended' }).uncheck()
})
