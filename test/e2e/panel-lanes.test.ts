// Contexts over time, as a person uses them: by the mouse, by the keyboard, in every look.

import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import { type Look, panelTest, type Visit } from '../playground/visit'
import { violations } from './harness/axe'
import { output } from './harness/journey'

const lane = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(`^${name}, `) })
const list = (page: Page) => page.getByRole('listbox', { name: 'Contexts over time' })
const selected = (page: Page) => page.locator('[role=option][aria-selected=true]')
const hop = (page: Page) => page.getByRole('region', { name: 'Hop' })
const shownMoment = (page: Page) => page.getByRole('slider', { name: 'Moment that is shown' })

async function withLanes({ page, act }: Visit, narrow = false) {
  for (const name of ['Alice and Bob', 'Token twice', 'Forgotten reset']) await act(name)
  await page.getByRole('treeitem', { name: /^Bob renders/ }).waitFor()
  if (narrow) await page.getByRole('button', { name: /^Problems/ }).click()
  await page.getByRole('tab', { name: 'Lanes' }).click()
  await lane(page, 'Alice').waitFor()
}

panelTest('each context has its lane, which says in words what it draws', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withLanes({ page, ...rest })
  const words = await lane(page, 'Alice').getAttribute('aria-label')
  expect(words).toMatch(/^Alice, task, (?:since|from) [\d.:]+ (ms|s)/)
  expect(words).toMatch(/\d sets?/)
  const order = await page
    .getByRole('treeitem')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('.label')?.textContent))
  const lanes = await page
    .getByRole('option')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('.label')?.textContent))
  expect(lanes.length).toBeGreaterThan(5)
  expect(lanes).toEqual(order.slice(0, lanes.length))
})

panelTest('a click turns to a context and to a moment of it; the keyboard steps and zooms', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withLanes({ page, ...rest })
  await lane(page, 'Alice').locator('.lane-mark.set').last().click()
  await expect.poll(() => selected(page).getAttribute('aria-label')).toMatch(/^Alice, /)
  await expect.poll(() => shownMoment(page).getAttribute('aria-valuetext')).toMatch(/^fact \d+, set /)
  expect(await page.locator('.lane-hop').count()).toBeGreaterThan(0)

  // Later contexts have not begun in the tree, and are still here to go on to.
  await lane(page, 'Bob').waitFor()
  const before = await shownMoment(page).inputValue()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => shownMoment(page).inputValue()).not.toBe(before)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => shownMoment(page).inputValue()).toBe(before)

  await page.keyboard.press('ArrowDown')
  await expect.poll(() => selected(page).getAttribute('aria-label')).not.toMatch(/^Alice, task/)
  const active = await list(page).getAttribute('aria-activedescendant')
  expect(await page.evaluate((id) => document.getElementById(id ?? '')?.getAttribute('aria-selected'), active)).toBe(
    'true',
  )

  const times = () => page.locator('.lane-time').allTextContents()
  const all = await times()
  const fit = page.getByRole('button', { name: 'Fit' })
  expect(await fit.isDisabled()).toBe(true)
  await page.keyboard.press('+')
  await expect.poll(times).not.toEqual(all)
  const near = await times()
  // At an end of the time it goes one way only, and what was set last may lie there.
  await page.keyboard.press('Shift+ArrowLeft')
  if (JSON.stringify(await times()) === JSON.stringify(near)) await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(times).not.toEqual(near)
  await page.keyboard.press('0')
  await expect.poll(() => fit.isDisabled()).toBe(true)
  await list(page).hover()
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -200)
  await page.keyboard.up('Control')
  await expect.poll(() => fit.isDisabled()).toBe(false)
})

panelTest('a hop that is clicked tells who was copied from whom, when, and by which lines', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withLanes({ page, ...rest })
  const heading = () => hop(page).getByRole('heading').textContent()
  const dot = (name: string) => page.locator(`.lane-hop-end[title^="task ${name} was copied from"]`)
  await lane(page, 'Alice').locator('.lane-name').click()
  await dot('Alice').click()
  await expect.poll(heading).toMatch(/^Alice was copied from click \d+$/)
  expect(await hop(page).locator('dl').textContent()).toMatch(/^BycreateTaskWhen[\d.]+ (ms|s)Took alongno value$/)
  const frames = hop(page).getByRole('list', { name: 'Call stack' }).getByRole('listitem')
  expect(await frames.count()).toBeGreaterThan(1)
  for (const frame of await frames.all()) expect(await frame.textContent()).toMatch(/\S+ [\w.-]+:\d+:\d+$/)

  await hop(page).locator('.moment').click()
  await expect.poll(() => shownMoment(page).getAttribute('aria-valuetext')).toMatch(/task Alice was copied from/)
  await hop(page)
    .getByRole('button', { name: /^click/ })
    .click()
  await expect.poll(() => selected(page).getAttribute('aria-label')).toMatch(/^click \d+, /)
  await page
    .getByRole('region', { name: 'Context details' })
    .getByRole('heading', { name: /^click/ })
    .waitFor()
  await expect.poll(heading).toMatch(/^click \d+ was copied from base$/)

  // Those that were copied from it are told of without leaving it.
  await dot('Bob').click()
  await expect.poll(heading).toMatch(/^Bob was copied from click \d+$/)
  expect(await selected(page).getAttribute('aria-label')).toMatch(/^click \d+, /)
  await lane(page, 'Bob renders').locator('.lane-name').click()
  await expect.poll(heading).toMatch(/^Bob renders was copied from Bob$/)
  expect(await hop(page).locator('dl').textContent()).toMatch(/Took alongrequest and user$/)
  await hop(page).getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => hop(page).count()).toBe(0)
})

panelTest('by keyboard a hop opens, goes along with the selection, and closes', async ({ visit }) => {
  const { page, ...rest } = await visit()
  await withLanes({ page, ...rest })
  const heading = () => hop(page).getByRole('heading').textContent()
  const hasFocus = () => list(page).evaluate((box) => box === document.activeElement)
  await lane(page, 'Alice').locator('.lane-name').click()
  await page.keyboard.press('Enter')
  await expect.poll(heading).toMatch(/^Alice was copied from click/)
  await page.keyboard.press('Home')
  await expect.poll(heading).toMatch(/^base was copied from no other context/)
  await page.keyboard.press('ArrowDown')
  await expect.poll(heading).toMatch(/ was copied from base/)
  expect(await hasFocus()).toBe(true)
  await page.keyboard.press('Tab')
  expect(await hop(page).evaluate((part) => part.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect.poll(() => hop(page).count()).toBe(0)
  expect(await hasFocus()).toBe(true)
  const tool = page.getByRole('button', { name: 'Hop' })
  await tool.click()
  await expect.poll(() => tool.getAttribute('aria-pressed')).toBe('true')
  await hop(page).waitFor()
})

panelTest('of thousands only those in sight are drawn', async ({ visit }) => {
  const { page, act, ...rest } = await visit()
  await withLanes({ page, act, ...rest })
  await act('1,000 contexts')
  await expect.poll(async () => Number(await lane(page, 'Alice').getAttribute('aria-setsize'))).toBeGreaterThan(1_000)
  expect(await page.getByRole('option').count()).toBeLessThan(60)
  await list(page).focus()
  await page.keyboard.press('End')
  await expect
    .poll(async () => {
      const last = selected(page)
      return (await last.getAttribute('aria-posinset')) === (await last.getAttribute('aria-setsize'))
    })
    .toBe(true)
  expect(await page.getByRole('option').count()).toBeLessThan(60)
})

const looks: [string, Look][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['forced-colours', { forcedColors: 'active' }],
  ['dark-narrow', { colorScheme: 'dark', width: 380, height: 640 }],
  ['light-narrow', { colorScheme: 'light', width: 380, height: 640 }],
]

panelTest.for(looks)('axe finds nothing: %s', async ([name, look], { visit }) => {
  const { page, ...rest } = await visit(look)
  await withLanes({ page, ...rest }, look.width === 380)
  await lane(page, 'Alice').locator('.lane-mark.set').last().click()
  await page.keyboard.press('Enter')
  await hop(page).waitFor()
  expect(await violations(page, '#panel')).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  await page.screenshot({ path: join(output, `screenshots/lanes-${name}.png`) })
})
