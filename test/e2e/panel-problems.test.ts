// The list of problems on screens of several sizes, where what is opened may be larger than the room it has.

import type { Locator } from 'playwright'
import { expect } from 'vitest'
import { panelTest, saveExport, type Visit } from '../playground/visit'

/** Each mistake, and the title of the error that it ends in. */
const mistakes = {
  'Forgotten reset': 'Lookup without a value: request',
  'Token twice': 'Token used twice: locale',
  'Token in another context': 'Token of another context: user',
  'Token of another variable': 'Token of another variable: locale → user',
  'Lookup without a value': 'Lookup without a value: tenant',
}

/** Errors come first, the newest on top. The garbage collector may add notes below them at any time, and take some back. */
const errors = Object.values(mistakes).reverse()

/** A narrow panel shows another part. */
const IS_THERE = { state: 'attached' } as const

async function withMistakes({ page, act }: Visit) {
  await act('Alice and Bob')
  await page.getByRole('treeitem', { name: /^Bob renders task ended/ }).waitFor()
  for (const [name, title] of Object.entries(mistakes)) {
    await act(name)
    await page.locator('.problem-title', { hasText: title }).waitFor(IS_THERE)
  }
  expect((await page.locator('.problem-title').allTextContents()).slice(0, errors.length)).toEqual(errors)
}

/** Whether a person can see it: it is what lies on top at its place. */
const isSeen = (title: Locator) =>
  title.evaluate((element) => {
    const { left, top, bottom } = element.getBoundingClientRect()
    return [top + 2, bottom - 2].every((y) => element.contains(document.elementFromPoint(left + 4, y)))
  })

for (const [width, height] of [
  [1280, 640],
  [1280, 420],
  [400, 640],
  [400, 300],
] as const) {
  panelTest(`the title of an opened problem is in sight, at ${width} × ${height}`, async ({ visit }) => {
    const view = await visit({ width, height })
    const { page } = view
    await withMistakes(view)
    if (width === 400) await page.getByRole('button', { name: /^Problems/ }).click()
    const heads = page.locator('.problem-head')
    const downAndUp = [0, 1, 2, 3, 4, 3, 2, 1, 0]
    for (const place of downAndUp) {
      await heads.nth(place).click()
      await expect.poll(() => heads.nth(place).getAttribute('aria-expanded')).toBe('true')
      await expect
        .poll(() => isSeen(heads.nth(place).locator('.problem-title')), { message: `problem ${place}` })
        .toBe(true)
    }
  })

  panelTest(`and where it is opened from its context, at ${width} × ${height}`, async ({ visit }) => {
    const view = await visit({ width, height })
    const { page } = view
    await withMistakes(view)
    // Whichever of the two ended last is the one that is named.
    const note = page.locator('.problem', { hasText: 'Never reset: request' })
    await note.waitFor(IS_THERE)
    const named = (await note.locator('.problem-place').textContent())?.trim()
    await page.getByRole('treeitem', { name: new RegExp(`^${named} task`) }).click()
    if (width === 400)
      await page
        .getByRole('button', { name: /^(Details|Values|Context)/ })
        .last()
        .click()
    const details = page.getByRole('region', { name: 'Context details' })
    await details.getByRole('button', { name: /^Never reset: request/ }).click()
    const title = page.locator('.problem.open .problem-title')
    await title.waitFor()
    expect(await isSeen(title)).toBe(true)
  })
}

panelTest('a mistake that repeats says how often, from when to when, and goes on counting', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Token twice')
  await page.getByRole('button', { name: 'Token used twice: locale' }).click()
  const repeats = page.getByText(/^\d+ times, /)
  expect(await repeats.count()).toBe(0)
  await act('Token twice')
  await expect.poll(() => repeats.textContent()).toMatch(/^2 times, from [\d.]+ m?s to [\d.]+ m?s/)
  await act('Token twice')
  await expect.poll(() => repeats.textContent()).toMatch(/^3 times, /)
})

panelTest(
  'a problem is muted and counted again by keyboard alone, and stays muted when the panel is opened anew',
  async ({ visit }) => {
    const { page, act } = await visit()
    await act('Token twice')
    const head = page.locator('.problem-head', { hasText: 'Token used twice' })
    const press = (key: string) => page.keyboard.press(key)
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await head.focus()
    await press('Enter')
    await page.getByRole('button', { name: 'Mute…' }).focus()
    await press('Enter')
    await page.getByLabel(/^Why is this no problem at page\.ts/).waitFor()
    // Back, and the focus with it.
    await press('Escape')
    await expect.poll(focused).toBe('Mute…')
    await press('Enter')
    await page.keyboard.type('the demo does that')
    await press('Enter')
    await head.waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('1 muted')
    await press('Enter')
    await page.getByText('— the demo does that').waitFor()

    await page.reload()
    await page.getByText('Recorded from the start').waitFor()
    await act('Token twice')
    await page.locator('summary', { hasText: '1 muted' }).focus()
    await press('Enter')
    await press('Tab')
    await expect.poll(focused).toBe('Unmute')
    await press('Enter')
    await head.waitFor()
    await expect.poll(focused).toContain('Token used twice')
    expect(await page.locator('.muted').count()).toBe(0)
  },
)

panelTest('the line that mends a problem is copied by keyboard alone, as it stands in its file', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Token twice')
  const head = page.locator('.problem-head', { hasText: 'Token used twice' })
  await head.focus()
  await page.keyboard.press('Enter')
  const lines = page.getByRole('list', { name: 'Lines to change' }).getByRole('listitem')
  await expect
    .poll(() => lines.locator('del').allTextContents())
    .toEqual([
      expect.stringMatching(/^const token = locale\.set\("fr"\);?$/),
      expect.stringMatching(/^locale\.reset\(token\);?$/),
      expect.stringMatching(/^locale\.reset\(token\);?$/),
    ])
  // What is copied is what is pasted in another place.
  await page.evaluate(() => {
    document.addEventListener('copy', () => {
      const { activeElement } = document
      if (activeElement instanceof HTMLTextAreaElement) document.body.dataset.copied = activeElement.value
    })
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
  })
  const copy = page.getByRole('button', { name: 'Copy line' })
  expect(await copy.count()).toBe(1)
  await copy.focus()
  await page.keyboard.press('Enter')
  await page.getByText('Line copied').waitFor()
  expect(await page.locator('body').getAttribute('data-copied')).toMatch(/^\s+using _token = locale\.set\("fr"\);?$/)
  expect(await copy.evaluate((button) => button === document.activeElement)).toBe(true)
})

panelTest('in a file that was opened, it is a pattern', async ({ visit }) => {
  const { page, act } = await visit()
  await act('Token twice')
  await page.locator('.problem-head', { hasText: 'Token used twice' }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)])
  await page.getByLabel('Recording to open').setInputFiles(await download.path())
  await page.locator('.problem-head', { hasText: 'Token used twice' }).click()
  const lines = page.getByRole('list', { name: 'Lines to change' })
  await lines.getByText('using _token = locale.set(value)').waitFor()
  expect(await lines.locator('del').allTextContents()).toEqual(['locale.reset(token)', 'locale.reset(token)'])
})
