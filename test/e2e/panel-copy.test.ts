// A context, taken along: by the buttons of its details, by the menu of its row, by the keyboard.

import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { panelTest, type Visit } from '../playground/visit'
import { violations } from './harness/axe'
import { output } from './harness/journey'

const item = (page: Page, label: string) =>
  page.getByRole('treeitem', { name: new RegExp(`^${label}( task|$| current)`) })
const pasted = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
const menu = (page: Page) => page.getByRole('menu', { name: 'Copy as' })

async function withAlice({ page, act }: Visit) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await act('Alice and Bob')
  await item(page, 'Alice').click()
}

panelTest('the details copy a context as text, JSON and Markdown', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withAlice({ page, ...rest })
  const details = page.getByRole('region', { name: 'Context details' })
  const copy = async (form: string) => {
    await details.getByRole('group', { name: 'Copy this context as' }).getByRole('button', { name: form }).click()
    await page.getByText(`Context copied as ${form}`).waitFor()
    return pasted(page)
  }
  const text = await copy('Text')
  expect(text).toMatch(/^base › click › Alice \(task, context \d+, \w+\)\n/)
  expect(text).toMatch(/\n {2}user = "Alice" {2}own, page\.ts:\d+/)
  expect(JSON.parse(await copy('JSON'))).toMatchObject({ name: 'Alice', kind: 'task' })
  expect(await copy('Markdown')).toMatch(/^```text\nbase › click › Alice/)
})

panelTest('Ctrl+C on a row copies its text, and its menu opens by the keyboard and the pointer', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withAlice({ page, ...rest })
  await page.keyboard.press('Control+c')
  await page.getByText('Context copied as Text').waitFor()
  expect(await pasted(page)).toMatch(/^base › click › Alice /)

  await page.keyboard.press('Shift+F10')
  await menu(page).waitFor()
  expect(await violations(page, '#panel')).toEqual([])
  await page.screenshot({ path: join(output, 'screenshots/copy-menu.png') })
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText('Context copied as JSON').waitFor()
  expect(JSON.parse(await pasted(page))).toMatchObject({ name: 'Alice' })
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('treeitem')

  await item(page, 'Bob').click({ button: 'right' })
  await menu(page).getByRole('menuitem', { name: 'Text' }).click()
  await expect.poll(() => pasted(page)).toMatch(/^base › click › Bob /)
  await page.keyboard.press('ContextMenu')
  await menu(page).waitFor()
  await page.keyboard.press('Escape')
  await menu(page).waitFor({ state: 'detached' })
})

panelTest(
  'a line is copied with its whole stack or alone, by its menu, which the keyboard opens too',
  async ({ visit }) => {
    const { page, ...rest } = await visit()
    await withAlice({ page, ...rest })
    const line = page.getByRole('region', { name: 'Context details' }).locator('.source').first()
    const lineMenu = page.getByRole('menu', { name: 'This line' })
    await line.click({ button: 'right' })
    await lineMenu.waitFor()
    expect(await violations(page, '#panel')).toEqual([])
    await lineMenu.getByRole('menuitem', { name: 'Copy stack' }).click()
    await page.getByText('Call stack copied').waitFor()
    const stack = (await pasted(page)).split('\n')
    expect(stack.length).toBeGreaterThan(1)
    for (const frame of stack) expect(frame).toMatch(/^ {4}at .+ \(http.+:\d+:\d+\)$/)
    await line.focus()
    await page.keyboard.press('Shift+F10')
    await page.keyboard.press('Enter')
    await page.getByText('Position copied').waitFor()
    expect(stack[0]).toContain(`(${await pasted(page)})`)
  },
)
