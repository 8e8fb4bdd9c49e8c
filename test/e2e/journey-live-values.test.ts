// Values as they are now: opened as far as somebody wants to look, handed to the Console, at a breakpoint, too.

import { expect } from 'playwright/test'
import { breakAt, goOn, paused, showPanel, type Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { breakMenu, condition, openBreaks } from './harness/break-menu'
import { journey, visit } from './harness/journey'
import { details, row, value } from './harness/panel'

/** Opens the menu of a variable, and chooses from it. */
async function choose(tab: Tab, variable: string, item: string): Promise<void> {
  await details(tab)
    .getByRole('button', { name: `What to do with ${variable}` })
    .click()
  await tab.panel
    .getByRole('menu')
    .getByRole(/^Pause/.test(item) ? 'menuitemcheckbox' : 'menuitem', { name: item })
    .click()
}

const item = (tab: Tab, name: RegExp) => value(tab, 'order').getByRole('treeitem', { name })
const notice = ({ panel }: Tab) => panel.locator('.notice')

/** Opens what `order` holds in the base context. */
async function openOrder(tab: Tab): Promise<void> {
  await row(tab, 'base').click()
  await value(tab, 'order').locator('.value-cell').getByRole('button', { expanded: false }).click()
}

journey('a value is looked into far beyond what was recorded, and what is open stays open', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/break-on/`)
  await reloadAndRecord(tab)
  await openOrder(tab)
  await item(tab, /^items: /).click()
  await expect(item(tab, /^99: /)).toHaveText('99: {at: 99}')
  await item(tab, /^Show more, 50 left/).click()
  await item(tab, /^149: /).click()
  await expect(item(tab, /^at: 149/)).toBeVisible()

  // To another context and back.
  await tab.page.getByRole('button', { name: 'Reset', exact: true }).click()
  await row(tab, 'click').first().click()
  await expect(details(tab).getByRole('heading', { name: 'click' })).toBeVisible()
  await row(tab, 'base').click()
  await expect(item(tab, /^at: 149/)).toBeVisible()
  // What is secret by its name is hidden here, too.
  await item(tab, /^guest: /).click()
  await expect(item(tab, /^password: /)).toHaveText(/\[redacted\]/)
})

journey('while the page is paused, a value is what it is on that line; changed, it says so', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/break-on/`)
  await reloadAndRecord(tab)
  await breakAt(tab, `${site.origin}/break-on/page.js`, '// paused here')
  const clicked = tab.page.getByRole('button', { name: 'Change', exact: true }).click()
  await paused(tab)
  await showPanel(tab)
  await openOrder(tab)
  await expect(item(tab, /^id: 8/)).toBeVisible()
  await expect(value(tab, 'order')).toContainText('Changed since it was set')
  await item(tab, /^guest: /).click()
  await expect(item(tab, /^name: "Eve"/)).toBeVisible()
  await choose(tab, 'order', 'Store as global variable')
  await expect(notice(tab)).toHaveText('Stored as temp1')
  await goOn(tab, 'resume')
  await clicked
  expect(await tab.page.evaluate('temp1.guest.name')).toBe('Eve')
})

journey(
  'the Console has the context and its values, and nothing of the page is taken for it',
  async ({ tab, site }) => {
    const printed: string[] = []
    tab.page.on('console', (message) => printed.push(`${message.type()} ${message.text()}`))
    await visit(tab, `${site.origin}/break-on/`)
    await reloadAndRecord(tab)
    await row(tab, 'base').click()
    const onContext = async (name: string) => {
      await details(tab).getByRole('button', { name: 'What to do with base' }).click()
      await tab.panel.getByRole('menuitem', { name }).click()
    }
    await onContext('Store as $ctx in the Console')
    await expect(notice(tab)).toHaveText('Stored as $ctx, which goes along with the selection')
    expect(await tab.page.evaluate('String($ctx)')).toBe('<Context #1>')
    await tab.page.getByRole('button', { name: 'Change', exact: true }).click()
    const other = tab.panel.getByRole('treeitem').nth(1)
    await other.click()
    await expect.poll(() => tab.page.evaluate('String($ctx)')).not.toBe('<Context #1>')
    await row(tab, 'base').click()
    await expect.poll(() => tab.page.evaluate('String($ctx)')).toBe('<Context #1>')
    await onContext('Print its values in the Console')
    await expect(notice(tab)).toHaveText('Printed in the Console')
    await expect.poll(() => printed.join('\n')).toContain('table')
    expect(printed.join('\n')).toMatch(/What <Context #1> holds:/)
    await tab.page.evaluate('inspectContext()')
    await expect.poll(() => printed.filter((line) => line.startsWith('table')).length).toBe(2)

    await tab.page.evaluate('$ctx = "of the page"')
    await onContext('Store as $ctx in the Console')
    await expect(notice(tab)).toHaveText('Stored as temp1: the page has a $ctx of its own')
    // Nor does it go along any more.
    await other.click()
    await row(tab, 'base').click()
    await onContext('Print its values in the Console')
    await expect(notice(tab)).toHaveText('Printed in the Console')
    expect(await tab.page.evaluate('[$ctx, typeof temp2]')).toEqual(['of the page', 'undefined'])
  },
)

journey(
  'by the keyboard: from a value to its menu, into the value, and to what the page pauses at',
  async ({ tab, site }) => {
    await visit(tab, `${site.origin}/break-on/`)
    await reloadAndRecord(tab)
    await openOrder(tab)
    await expect(item(tab, /^id: 7/)).toBeVisible()
    const press = (key: string) => tab.devtools.keyboard.press(key)
    await press('Tab')
    await expect(item(tab, /^id: 7/)).toBeFocused()
    await press('ArrowDown')
    await press('ArrowRight')
    await expect(item(tab, /^name: "Ada"/)).toBeVisible()
    await press('ArrowRight')
    await expect(item(tab, /^name: "Ada"/)).toBeFocused()
    await press('Shift+F10')
    const menu = tab.panel.getByRole('menu', { name: 'order.guest.name' })
    await expect(menu.getByRole('menuitem', { name: 'Copy value' })).toBeFocused()
    await press('s')
    await press('Enter')
    await expect(notice(tab)).toHaveText('Stored as temp1')
    expect(await tab.page.evaluate('temp1')).toBe('Ada')
    await expect(item(tab, /^name: "Ada"/)).toBeFocused()

    await details(tab).getByRole('button', { name: 'What to do with dish' }).focus()
    await press('Enter')
    await press('End')
    await press('ArrowUp')
    await press('ArrowUp')
    await expect(tab.panel.getByRole('menuitemcheckbox', { name: 'Pause when it is set' })).toBeFocused()
    await press('Enter')
    await expect(details(tab).getByRole('button', { name: 'What to do with dish' })).toBeFocused()
    await openBreaks(tab.panel)
    await expect(condition(tab.panel, 'dish is set')).toBeChecked()
    await breakMenu(tab.panel).getByRole('button', { name: 'Remove all' }).click()
    await expect(condition(tab.panel, 'dish is set')).not.toBeChecked()
  },
)
