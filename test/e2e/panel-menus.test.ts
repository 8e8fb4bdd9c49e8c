// The menu of a value and what is to be paused at, without anything that axe objects to, in all themes, wide and narrow.

import { join } from 'node:path'
import type { Locator } from 'playwright'
import { expect } from 'playwright/test'
import { type Look, panelTest } from '../playground/visit'
import { violations } from './harness/axe'
import { breakMenu, condition, openBreaks } from './harness/break-menu'
import { output } from './harness/journey'

const looks: [string, Look][] = [
  ['light', { colorScheme: 'light', width: 1280 }],
  ['dark', { colorScheme: 'dark', width: 1280 }],
  ['forced colours', { forcedColors: 'active' }],
  ['light and narrow', { colorScheme: 'light', width: 380, height: 640 }],
  ['dark and narrow', { colorScheme: 'dark', width: 380, height: 640 }],
]

panelTest.for(looks)('axe finds nothing, and nothing runs out: %s', async ([name, look], { visit }) => {
  const { page, act } = await visit(look)
  const picture = (of: string) =>
    page.screenshot({ path: join(output, 'screenshots', `${of}-${name.replace(/\W+/g, '-')}.png`) })
  const isInside = (of: Locator) =>
    of.evaluate((part) => {
      const { left, right, top, bottom } = part.getBoundingClientRect()
      return (
        left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && part.scrollWidth <= part.clientWidth
      )
    })
  await act('Alice and Bob')
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  if (look.width === 380) await page.getByRole('button', { name: /^Details/ }).click()
  const details = page.getByRole('region', { name: 'Context details' })
  await details.getByRole('button', { expanded: false }).first().click()
  await expect(details.getByRole('treeitem', { name: /^path: / })).toBeVisible()
  expect(await violations(page)).toEqual([])

  await details.getByRole('button', { name: 'What to do with request' }).click()
  const menu = page.getByRole('menu', { name: 'request' })
  await menu.getByRole('menuitemcheckbox', { name: 'Pause when it is set' }).click()
  await expect(menu).toBeHidden()
  await details.getByRole('treeitem', { name: /^path: / }).click({ button: 'right' })
  await expect(page.getByRole('menu', { name: 'request.path' })).toBeVisible()
  await page.keyboard.press('Escape')
  await details.getByText('{id: 1').click({ button: 'right' })
  await expect(menu.getByRole('menuitemcheckbox', { name: 'Pause when it is set' })).toBeChecked()
  expect(await violations(page)).toEqual([])
  expect(await isInside(menu)).toBe(true)
  await picture('value-menu')
  // A click elsewhere closes it.
  await page.getByRole('status').click()
  await expect(menu).toBeHidden()

  await openBreaks(page)
  await condition(page, 'any token error').check()
  await expect(breakMenu(page)).toContainText('This page pauses there')
  expect(await violations(page)).toEqual([])
  expect(await isInside(breakMenu(page))).toBe(true)
  await picture('break-on')
})
