// Looking back: by the line, by steps, by the events, by the facts that prove a problem; by mouse and by keyboard.

import { expect } from 'playwright/test'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { quickJourney as journey, visit } from './harness/journey'
import { details, problems, row, tree, value } from './harness/panel'

journey('a person goes back to where a value was set, step by step, and live again', async ({ tab, demo }) => {
  const { page, panel } = tab
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await page.getByRole('button', { name: 'Forgotten reset', exact: true }).click()
  await problems(tab).getByRole('button', { name: 'Forgotten reset' }).waitFor()

  await panel.getByRole('tab', { name: 'Events' }).click()
  const events = panel.getByRole('region', { name: 'Events' })
  for (const group of ['Contexts', 'Tasks', 'Recording'])
    await events.getByRole('button', { name: group, exact: true }).click()
  const set = events.getByRole('button', { name: /^set currentUser = / }).last()
  await set.click()
  // What was set there is what is shown: of the context in which it happened.
  const moment = panel.getByRole('region', { name: 'Moment' })
  await expect(moment).toContainText('set currentUser = ')
  await expect(details(tab).getByRole('heading', { name: /^base/ })).toBeVisible()
  await expect(value(tab, 'currentUser')).toContainText('own')

  await moment.getByRole('button', { name: 'Previous event' }).click()
  await expect(moment).not.toContainText('set currentUser = ')
  await row(tab, 'base').click()
  await expect(value(tab, 'currentUser')).toContainText('default')
  await moment.getByRole('button', { name: 'Next event' }).click()
  await expect(value(tab, 'currentUser')).toContainText('own')

  // The page goes on meanwhile, and is there when the person comes back.
  await page.getByRole('button', { name: 'New request' }).click()
  await page.getByRole('log').getByText('prints the receipt').first().waitFor()
  await panel.getByRole('textbox', { name: 'Find' }).fill('R-3')
  await expect(row(tab, 'R-3')).toHaveCount(0)
  await moment.getByRole('button', { name: 'Back to live' }).click()
  await row(tab, 'R-3').waitFor()
})

journey('the keyboard goes through the events, and along the line', async ({ tab, demo }) => {
  const { panel, devtools } = tab
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await row(tab, 'Bob').waitFor()
  const moment = panel.getByRole('region', { name: 'Moment' })
  const line = moment.getByRole('slider', { name: 'Moment that is shown' })
  await line.focus()
  await expect(line).toHaveAttribute('aria-valuetext', 'live')
  await devtools.keyboard.press('Home')
  await expect(line).toHaveAttribute('aria-valuetext', /Before the first fact/)
  await expect(tree(tab)).toHaveCount(0)
  await devtools.keyboard.press('ArrowRight')
  await expect(line).toHaveAttribute('aria-valuetext', /fact 1, the recording begins/)
  await devtools.keyboard.press('End')
  await expect(line).toHaveAttribute('aria-valuetext', 'live')

  const tab0 = panel.getByRole('tab', { name: /^Problems/ })
  await tab0.focus()
  await devtools.keyboard.press('ArrowRight')
  await expect(panel.getByRole('tab', { name: 'Events' })).toBeFocused()
  const rows = panel.getByRole('region', { name: 'Events' }).getByRole('listitem')
  await rows.last().getByRole('button').first().focus()
  await devtools.keyboard.press('ArrowUp')
  const here = panel.locator('.event-row[aria-current="step"]')
  await expect(here.getByRole('button').first()).toBeFocused()
  const words = await here.textContent()
  await devtools.keyboard.press('ArrowUp')
  await expect(here).not.toHaveText(words ?? '')
  await devtools.keyboard.press('Alt+ArrowRight')
  expect(await here.textContent()).toBe(words)
  await devtools.keyboard.press('Alt+End')
  await expect(line).toHaveAttribute('aria-valuetext', 'live')
})

journey('the number of a fact that proves a problem leads to its moment', async ({ tab, demo }) => {
  const { page, panel } = tab
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await page.getByRole('button', { name: 'Token used twice', exact: true }).click()
  await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).click()
  await problems(tab)
    .getByRole('button', { name: /^Show everything as it was after fact/ })
    .first()
    .click()
  await expect(panel.getByRole('region', { name: 'Moment' })).toContainText('set ')
  // The problem had not happened yet.
  await expect(problems(tab).getByRole('button', { name: 'Token used twice: currentUser' })).toHaveCount(0)
  await panel.getByRole('button', { name: 'Back to live' }).click()
  await problems(tab).getByRole('button', { name: 'Token used twice: currentUser' }).waitFor()
})
