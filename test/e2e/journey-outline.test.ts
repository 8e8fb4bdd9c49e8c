// A panel that is opened beside a page which was recorded for long: the tree is there at once, the rest when it was read, and then nothing
// tells that it came in that order.

import { expect } from 'playwright/test'
import { closeDevTools, openTab, reopenDevTools, showPanel, type Tab } from '../../scripts/devtools.mjs'
import { violations } from './harness/axe'
import { journey, visit } from './harness/journey'
import { details, problems, readOut, row, status, tree, value } from './harness/panel'
import { stated } from './harness/truth'

/** How deep each row stands, and whose it is. */
const outline = (tab: Tab) =>
  tree(tab)
    .getByRole('treeitem')
    .evaluateAll((rows) => rows.map((row) => `${row.ariaLevel} ${row.id} ${row.querySelector('.label')?.textContent}`))

const readToTheEnd = (tab: Tab) =>
  expect
    .poll(async () => {
      const last = await stated(tab.page)
      return (await status(tab).textContent())?.includes(`complete 1–${last.toLocaleString('en')}`)
    })
    .toBe(true)

journey('the tree of a page that was recorded for long is there before its history', async ({ browser, site }) => {
  const before = await openTab(browser)
  await visit(before, `${site.origin}/long/`)
  await expect(status(before)).toContainText('Recorded')
  await before.page.evaluate('work(40_000)')
  await readToTheEnd(before)
  await expect(problems(before)).toContainText('Token of another context')
  await expect.poll(() => readOut(before)).toHaveLength(5)
  const [rows, words] = [await outline(before), await readOut(before)]
  await before.page.evaluate('busy = true')
  await closeDevTools(browser, before)

  const tab = await reopenDevTools(browser, before)
  await showPanel(tab)
  await expect.poll(() => outline(tab)).toEqual(rows)
  await expect(problems(tab)).toContainText('Problems are looked for when the recording has been read.')

  await row(tab, 'Bob').click()
  await expect(row(tab, 'Bob')).toHaveAttribute('aria-selected', 'true')
  await expect(details(tab).getByRole('heading', { level: 2 })).toContainText('Bob')
  await expect(details(tab)).toContainText('What it holds, and what happened here, is being read.')
  await tab.devtools.keyboard.press('Control+c')
  await expect(tab.panel.getByText('Not copied: what it holds is still being read.')).toBeVisible()
  await tab.devtools.keyboard.press('ArrowLeft')
  await expect(tree(tab).getByRole('treeitem')).toHaveCount(4)
  await tab.devtools.keyboard.press('ArrowRight')
  await expect.poll(() => outline(tab)).toEqual(rows)
  const frame = tab.devtools.frames().find((one) => one.url().endsWith('/panel/index.html'))
  expect(frame && (await violations(frame))).toEqual([])

  await tab.page.evaluate('busy = false')
  await expect(value(tab, 'user')).toContainText('"Bob"')
  await expect(row(tab, 'Bob')).toHaveAttribute('aria-selected', 'true')
  await expect(problems(tab)).toContainText('Token of another context')
  await readToTheEnd(tab)
  await expect.poll(() => readOut(tab)).toEqual(words)
  await tab.close()
})
