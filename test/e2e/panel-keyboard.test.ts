// The tree without a mouse: the WAI-ARIA tree pattern, in a real browser.

import type { Page } from 'playwright'
import { expect } from 'vitest'
import { panelTest, type Visit } from '../playground/visit'

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('role') === 'treeitem'
      ? activeElement.querySelector('.label')?.textContent
      : null
  })

/** Waits until the focus is on the row that begins so. */
const focusOn = (page: Page, label: string) => expect.poll(() => focused(page)).toBe(label)

const item = (page: Page, label: string) =>
  page.getByRole('treeitem', { name: new RegExp(`^${label}( task|$| current)`) })

async function withAliceAndBob({ page, act }: Visit) {
  await act('Alice and Bob')
  for (const name of ['Alice loads', 'Alice renders', 'Bob loads', 'Bob renders']) await item(page, name).waitFor()
}

panelTest('arrows, Home, End, fold and unfold', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withAliceAndBob({ page, ...rest })
  await item(page, 'base').click()
  const press = (key: string) => page.keyboard.press(key)

  await press('ArrowDown')
  await focusOn(page, 'click')
  await press('ArrowDown')
  await focusOn(page, 'Alice')
  await press('ArrowDown')
  await focusOn(page, 'Alice loads')
  await press('ArrowLeft')
  await focusOn(page, 'Alice')

  await press('ArrowLeft')
  await item(page, 'Alice loads').waitFor({ state: 'detached' })
  expect(await item(page, 'Alice').getAttribute('aria-expanded')).toBe('false')
  await focusOn(page, 'Alice')
  await press('ArrowDown')
  await focusOn(page, 'Bob')
  await press('ArrowUp')
  await press('ArrowRight')
  await item(page, 'Alice loads').waitFor()
  await press('ArrowRight')
  await focusOn(page, 'Alice loads')

  await press('End')
  await focusOn(page, 'Bob renders')
  await press('Home')
  await focusOn(page, 'base')
})

panelTest('type-ahead goes to a name, and * unfolds all siblings', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withAliceAndBob({ page, ...rest })
  await item(page, 'base').click()
  await page.keyboard.type('bob r')
  await focusOn(page, 'Bob renders')
  for (const name of ['Bob', 'Alice']) {
    await item(page, name).click()
    await page.keyboard.press('ArrowLeft')
  }
  await item(page, 'Bob loads').waitFor({ state: 'detached' })
  await item(page, 'Alice loads').waitFor({ state: 'detached' })
  await page.keyboard.press('*')
  await item(page, 'Bob loads').waitFor()
  await item(page, 'Alice loads').waitFor()
  await focusOn(page, 'Alice')
})

panelTest(
  'the tree is one stop of the Tab key, at the selected row, and Enter goes on to the details',
  async ({ visit }) => {
    const { page, ...rest } = await visit()
    await withAliceAndBob({ page, ...rest })
    await item(page, 'Bob').click()
    expect(await page.locator('[role=treeitem][tabindex="0"]').count()).toBe(1)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBeNull()
    await page.keyboard.press('Shift+Tab')
    await focusOn(page, 'Bob')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Context details')
  },
)

panelTest(
  'the focus stays on its row while thousands come and the list is scrolled away from it',
  async ({ visit }) => {
    const { page, act, ...rest } = await visit()
    await withAliceAndBob({ page, act, ...rest })
    await item(page, 'Bob').click()
    await act('1,000 contexts')
    await expect.poll(() => page.getByText(/^1,0\d\d$/).count()).toBe(1)
    await page.getByRole('tree').evaluate((tree) => {
      tree.scrollTop = tree.scrollHeight
    })
    await expect.poll(() => page.getByRole('treeitem').last().getAttribute('aria-posinset')).toBe('1000')
    await focusOn(page, 'Bob')
    // Only what is in sight is there, and the row with the focus.
    expect(await page.getByRole('treeitem').count()).toBeLessThan(80)
    await page.keyboard.press('ArrowDown')
    await focusOn(page, 'Bob loads')
    await expect.poll(() => item(page, 'Bob loads').evaluate((row) => row.getBoundingClientRect().top > 0)).toBe(true)
  },
)

panelTest('while keys lead, no row lights up below a pointer that rests', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withAliceAndBob({ page, ...rest })
  const background = (label: string) => item(page, label).evaluate((row) => getComputedStyle(row).backgroundColor)
  await item(page, 'base').click()
  await item(page, 'Bob').hover()
  const plain = await background('Alice')
  const lit = await background('Bob')
  expect(lit).not.toBe(plain)
  await page.keyboard.press('ArrowDown')
  await focusOn(page, 'click')
  expect(await background('Bob')).toBe(plain)
  const box = await item(page, 'Bob').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 40, (box?.y ?? 0) + 5)
  await expect.poll(() => background('Bob')).toBe(lit)
})
