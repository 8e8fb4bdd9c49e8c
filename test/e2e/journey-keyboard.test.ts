// A whole session without a mouse: from the panel just shown to a recording that is opened again. Nobody puts the focus anywhere but by a
// key, and after each step it is where a person looks for it, in sight, and not too many keys away.

import { join } from 'node:path'
import { expect } from 'playwright/test'
import { goOn, paused, pausedStack, type Tab } from '../../scripts/devtools.mjs'
import { saved } from '../../scripts/panel.mjs'
import { condition } from './harness/break-menu'
import { downloads, journey, output, visit } from './harness/journey'
import { chooseFile, keyboardOf } from './harness/keyboard'
import { details, problems, row, status, tree, value } from './harness/panel'
import { setting, settingsMenu } from './harness/settings-menu'

/** The page's doing, which takes no focus. */
const act = ({ page }: Tab, name: string) =>
  page.getByRole('button', { name, exact: true }).evaluate((button) => (button as HTMLButtonElement).click())

journey('a whole session by keyboard alone', async ({ tab, demo, browser }) => {
  const { panel } = tab
  const { enter, press, type, at, goTo } = keyboardOf(tab)
  const button = (name: string | RegExp) => panel.getByRole('button', { name, exact: true })
  const look = (name: string) => tab.devtools.screenshot({ path: join(output, 'screenshots', `keyboard-${name}.png`) })
  const moment = panel.getByRole('region', { name: 'Moment' })
  const drawerTab = panel.getByRole('tab', { name: /^Problems/ })
  await visit(tab, demo)

  // Record.
  await button('Reload and record').waitFor()
  await enter()
  await press('F6')
  await at(button('Reload and record'))
  await press('Enter')
  await expect(status(tab)).toContainText('Recorded from the start')
  await row(tab, 'Bob').waitFor()
  await at(row(tab, 'base'))
  await look('recorded')

  // Find a problem, open it, and see what proves it.
  await act(tab, 'Three at once')
  await act(tab, 'Token used twice')
  const problem = problems(tab).getByRole('button', { name: 'Token used twice: currentUser' })
  await problem.waitFor()
  await press('F6')
  await at(details(tab))
  await press('F6')
  await at(drawerTab)
  await goTo(problem, 3)
  await press('Enter')
  await expect(problem).toHaveAttribute('aria-expanded', 'true')
  await at(problem)
  const fact = problems(tab).getByRole('button', { name: /^Show everything as it was after fact/ })
  await goTo(fact.first(), 8)
  await look('evidence')
  await press('Enter')
  // The problem had not happened then.
  await expect(moment).toContainText('set currentUser')
  await at(drawerTab)

  // Look back, step by step, and return.
  const words = moment.locator('.scrub-words')
  const here = await words.textContent()
  await press('Alt+ArrowLeft')
  await expect(words).not.toHaveText(here ?? '')
  await press('Alt+ArrowRight')
  await expect(words).toHaveText(here ?? '')
  await at(drawerTab)
  await press('Alt+End')
  await expect(words).toHaveText('Live')
  await at(drawerTab)

  // To the context of the evidence, and why it holds what it holds.
  await goTo(problems(tab).locator('.evidence').getByRole('button', { name: /^set/ }).first(), 12)
  await press('Enter')
  await press('Shift+F6')
  await at(details(tab))
  await look('details')
  const why = details(tab).getByRole('button', { name: /^why currentUser is so/ })
  // Past the head, and the row of another variable, of four stops.
  await goTo(why, 18)
  await press('Enter')
  await expect(why).toHaveAttribute('aria-expanded', 'true')
  await press('Tab')
  await look('why')

  // Search.
  const find = panel.getByRole('textbox', { name: 'Find in contexts and values' })
  await press('Control+f')
  await at(find)
  await type('R-2')
  await expect(panel.locator('.hits')).toContainText(/of \d/)
  await press('Enter')
  await expect(tree(tab).getByRole('treeitem', { selected: true })).toContainText('R-2')
  await at(find)
  await look('search')
  await press('Escape')
  await expect(find).toHaveValue('')
  await at(find)

  // Filter.
  await goTo(button('Filter'), 2)
  await press('Enter', 'Tab')
  const hideCallbacks = panel.getByRole('checkbox', { name: 'Hide callbacks' })
  await at(hideCallbacks)
  await press('Space')
  await expect(hideCallbacks).toBeChecked()
  await look('filter')
  await press('Escape')
  await at(button('1 filter'))
  await press('Enter')
  await goTo(button('Clear filters'), 3)
  await press('Enter')
  await at(button('Clear filters'))

  // Pin one context, compare it with another, and take that one along.
  await press('F6')
  await expect(panel.getByRole('dialog', { name: 'Filters of the tree' })).toBeHidden()
  await at(tree(tab).getByRole('treeitem', { selected: true }))
  await press('Home', 'ArrowDown')
  await at(row(tab, 'Alice'))
  await press('Enter')
  await at(details(tab))
  await goTo(button('Compare'), 3)
  await press('Enter', 'Shift+F6', 'b')
  await at(row(tab, 'Bob'))
  await press('F6')
  const comparison = details(tab).getByRole('region', { name: 'Comparison' })
  await expect(comparison.getByRole('row')).toHaveText(['≠changedclient"Alice" ⇒ "Bob"'])
  await look('comparison')
  await goTo(details(tab).getByRole('button', { name: 'Markdown' }), 8)
  await press('Enter')
  await expect(panel.getByText('Context copied as Markdown')).toBeVisible()
  await at(details(tab).getByRole('button', { name: 'Markdown' }))
  await goTo(button('Unpin'), 3)
  await press('Enter')
  await at(details(tab))

  // Look into a value: one stop, and arrows within.
  await act(tab, 'Forgotten reset')
  await press('Shift+F6', 'Home', 'Enter')
  await expect(value(tab, 'currentUser')).toContainText('own')
  const expander = value(tab, 'currentUser').getByRole('button', { name: /^{id: / })
  await goTo(expander, 9)
  await press('Space')
  await expect(expander).toHaveAttribute('aria-expanded', 'true')
  const entry = (name: RegExp) => value(tab, 'currentUser').getByRole('treeitem', { name })
  await press('Tab')
  await at(entry(/^id: /))
  await press('ArrowDown', 'Space')
  await at(entry(/^name: /))
  await look('value')
  await press('Shift+Tab')
  await at(expander)
  await press('Tab')
  await at(entry(/^name: /))

  // Mute the problem.
  await press('F6')
  await goTo(problem, 2)
  await goTo(button('Mute…'), 1)
  await press('Enter')
  await at(problems(tab).getByRole('textbox', { name: /^Why is this no problem/ }))
  await type('the demo makes it on purpose')
  await press('Enter')
  const muted = problems(tab).getByText('1 muted')
  await at(muted)
  await press('Enter')
  await expect(problems(tab)).toContainText('the demo makes it on purpose')
  await look('muted')

  // Change how pages are recorded.
  await press('F6')
  await goTo(button('Settings'), 11)
  await press('Enter', 'Tab')
  await at(setting(panel, 'Call stacks', 'All, within a budget'))
  await press('ArrowDown')
  await at(setting(panel, 'Call stacks', 'Sampled'))
  await expect(settingsMenu(panel)).toContainText('This page is recorded like that')
  await look('settings')
  await press('Escape')
  await at(button('Settings'))

  // Take the recording along, and open it again.
  const file = await saved(browser, downloads, async () => {
    await goTo(button('Export'), 4, 'Shift+Tab')
    await press('Enter')
    const save = panel.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Save' })
    await goTo(save, 6)
    await look('export')
    await press('Enter')
  })
  await at(button('Export'))
  await goTo(button('Import'), 1)
  await chooseFile(tab, file, () => press('Enter'))
  await expect(status(tab)).toContainText('Recording from a file')
  await at(button('Import'))
  await press('F6')
  await at(button('Back to the page'))
  await look('imported')
  await press('Enter')
  await expect(status(tab)).toContainText('Recorded from the start')
  await at(tree(tab).getByRole('treeitem', { selected: true }))

  // Pause at a variable.
  await goTo(button(/^Break on/), 16, 'Shift+Tab')
  await press('Enter')
  // Past those for all variables, and two other variables of three each.
  await goTo(condition(panel, 'currentUser is set'), 12)
  await press('Space')
  await expect(condition(panel, 'currentUser is set')).toBeChecked()
  await look('break')
  await press('Escape')
  await at(button(/^Break on/))
  const clicked = act(tab, 'New request')
  await paused(tab)
  expect((await pausedStack(tab)).map(({ text }) => text)).toContainEqual(expect.stringContaining('currentUser.set('))
  await goOn(tab, 'resume')
  await clicked
})

journey('where the panel is narrow, the focus goes along to the part that is shown', async ({ tab, demo }) => {
  const { panel } = tab
  const { enter, press, at, goTo } = keyboardOf(tab)
  await tab.devtools.setViewportSize({ width: 400, height: 1000 })
  await visit(tab, demo)
  await row(tab, 'base').waitFor()
  const reload = panel.locator('.banners').getByRole('button', { name: 'Reload and record' })
  await reload.waitFor()
  await enter()
  await press('F6')
  await at(reload)
  await press('Enter')
  await expect(status(tab)).toContainText('Recorded from the start')
  await at(row(tab, 'base'))
  await expect(details(tab)).toBeHidden()
  await press('F6')
  await at(details(tab))
  await expect(tree(tab)).toBeHidden()
  await press('F6')
  await at(panel.getByRole('tab', { name: /^Problems/ }))

  await act(tab, 'Token of another variable')
  const problem = problems(tab).getByRole('button', { name: 'Token of another variable: requestId → parcel' })
  await problem.waitFor()
  await goTo(problem, 3)
  await press('Enter')
  await goTo(problems(tab).locator('.evidence').getByRole('button', { name: /^set/ }).first(), 11)
  await press('Enter')
  // The drawer is not there any more.
  await at(details(tab))
  await expect(details(tab).getByRole('heading', { name: /^Token of another variable/ })).toBeVisible()
  await tab.devtools.screenshot({ path: join(output, 'screenshots/keyboard-narrow.png') })
  await press('Shift+F6')
  await at(tree(tab).getByRole('treeitem', { selected: true }))
  await expect(tree(tab).getByRole('treeitem', { selected: true })).toContainText('Token of another variable')
})
