// What lists do below the pointer, and as they grow: those of contexts and of events.

import type { Page } from 'playwright'
import { expect } from 'vitest'
import { panelTest } from '../playground/visit'

const box = (page: Page) => page.locator('.event-rows')
/** Pixels below what is in sight. */
const below = (page: Page) =>
  box(page).evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
const top = (page: Page) => box(page).evaluate(({ scrollTop }) => scrollTop)
const tally = async (page: Page) =>
  Number((await page.locator('.event-filter .tally').textContent())?.replaceAll(',', '') ?? 0)

/** Presses a button that makes facts, and waits until the list has them. */
async function grow(page: Page, act: (name: string) => Promise<void>): Promise<void> {
  const before = await tally(page)
  await act('Token twice')
  await expect.poll(() => tally(page)).toBeGreaterThan(before)
}

panelTest('events stay at their end while somebody is near it, and else where they are', async ({ visit }) => {
  const { page, act } = await visit()
  await page.getByRole('tab', { name: 'Events' }).click()
  await act('1,000 contexts')
  await expect.poll(() => tally(page)).toBeGreaterThan(500)
  await expect.poll(() => below(page)).toBeLessThan(2)
  await box(page).evaluate((rows) => {
    rows.scrollTop -= 40
  })
  await grow(page, act)
  await expect.poll(() => below(page)).toBeLessThan(2)

  await box(page).evaluate((rows) => {
    rows.scrollTop -= 400
  })
  await expect.poll(() => below(page)).toBeGreaterThan(300)
  const stood = await top(page)
  await grow(page, act)
  expect(await top(page)).toBe(stood)
})

panelTest(
  'a filter that is changed and changed back has all events again, and those that came meanwhile',
  async ({ visit }) => {
    const { page, act } = await visit()
    await page.getByRole('tab', { name: 'Events' }).click()
    await grow(page, act)
    const all = await tally(page)
    const values = page.getByRole('button', { name: 'Values' })
    await values.click()
    await expect.poll(() => tally(page)).toBeLessThan(all)
    await act('Token twice')
    await page.getByRole('button', { name: 'Errors' }).waitFor()
    await values.click()
    await expect.poll(() => tally(page)).toBeGreaterThan(all)
  },
)

panelTest('a row is selected as soon as the button goes down', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Alice and Bob')
  const bob = page.getByRole('treeitem', { name: /^Bob task/ })
  await bob.hover()
  await page.mouse.down()
  await expect.poll(() => bob.getAttribute('aria-selected')).toBe('true')
  await page.mouse.up()
})
