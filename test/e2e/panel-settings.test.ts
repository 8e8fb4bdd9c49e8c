// The settings of the recording, by the keyboard alone, without anything that axe objects to, in both themes, wide and narrow; and
// what a file has of them.

import { join } from 'node:path'
import { expect } from 'playwright/test'
import { type Look, panelTest, saveExport } from '../playground/visit'
import { violations } from './harness/axe'
import { output } from './harness/journey'
import { openSettings, setting, settingsButton, settingsMenu, standing } from './harness/settings-menu'

const looks: [string, Look][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['forced colours', { forcedColors: 'active' }],
  ['dark and narrow', { colorScheme: 'dark', width: 360, height: 640 }],
  ['light, wide and low', { colorScheme: 'light', width: 1300, height: 300 }],
]

panelTest.for(looks)('axe finds nothing, and nothing runs out: %s', async ([name, look], { visit }) => {
  const { page } = await visit(look)
  await openSettings(page)
  await expect(standing(page)).toHaveText('This page is recorded like that now.')
  await expect(settingsMenu(page)).toContainText(
    'run as their event’s cause suggests, as its application installed it.',
  )
  expect(await violations(page)).toEqual([])
  const box = await settingsMenu(page).evaluate((menu) => {
    const { left, right, bottom } = menu.getBoundingClientRect()
    const inside = left >= 0 && right <= innerWidth && bottom <= innerHeight
    return { inside, over: menu.scrollWidth - menu.clientWidth }
  })
  expect(box).toEqual({ inside: true, over: 0 })
  await page.screenshot({ path: join(output, 'screenshots', `settings-${name.replace(/\W+/g, '-')}.png`) })
})

panelTest('they are reached, chosen, restored and left by the keyboard', async ({ visit }) => {
  const { page } = await visit()
  const press = (key: string) => page.keyboard.press(key)
  await settingsButton(page).focus()
  await press('Enter')
  await expect(settingsMenu(page)).toBeVisible()
  await press('Tab')
  await expect(setting(page, 'Call stacks', 'All, within a budget')).toBeFocused()
  await press('ArrowDown')
  await expect(setting(page, 'Call stacks', 'Sampled')).toBeChecked()
  await press('Tab')
  await expect(setting(page, 'Pictures of values', 'Usual')).toBeFocused()
  await press('Tab')
  await expect(setting(page, 'The page’s log', '200,000 facts, 64 MB')).toBeFocused()
  await press('ArrowRight')
  await expect(setting(page, 'The page’s log', '1,000,000 facts, 256 MB')).toBeChecked()
  await press('Tab')
  await press('Tab')
  await expect(setting(page, 'Listeners where', 'As their event')).toBeFocused()
  await press('Tab')
  await expect(setting(page, 'Credentials', 'Hidden')).toBeFocused()
  await press('Tab')
  await expect(setting(page, 'Zones', 'Ignored')).toBeFocused()
  await press('Tab')
  await expect(setting(page, 'Values that outlive', 'Ignored')).toBeFocused()
  await press('Tab')
  await expect(setting(page, 'Listeners in another', 'Ignored')).toBeFocused()
  await press('Tab')
  await expect(setting(page, 'Variables without effect', 'Ignored')).toBeFocused()
  await press('Tab')
  await expect(settingsMenu(page).getByRole('button', { name: 'Restore defaults' })).toBeFocused()
  await press('Enter')
  await expect(setting(page, 'Call stacks', 'All, within a budget')).toBeChecked()
  await expect(setting(page, 'The page’s log', '200,000 facts, 64 MB')).toBeChecked()
  await press('Escape')
  await expect(settingsMenu(page)).toBeHidden()
  await expect(settingsButton(page)).toBeFocused()
})

panelTest('in a low panel they scroll within themselves, along with the focus', async ({ visit }) => {
  const { page } = await visit({ width: 700, height: 240 })
  await settingsButton(page).focus()
  await page.keyboard.press('Enter')
  const restore = settingsMenu(page).getByRole('button', { name: 'Restore defaults' })
  const inSight = () =>
    settingsMenu(page).evaluate((menu) => {
      const [own, focused] = [menu, document.activeElement].map((part) => part?.getBoundingClientRect())
      return own && focused && focused.top >= own.top && focused.bottom <= own.bottom && own.bottom <= innerHeight
    })
  expect(await settingsMenu(page).evaluate((menu) => menu.scrollHeight > menu.clientHeight)).toBe(true)
  do {
    await page.keyboard.press('Tab')
    expect(await settingsMenu(page).locator(':focus').count()).toBe(1)
    expect(await inSight()).toBe(true)
  } while (!(await restore.evaluate((button) => button === document.activeElement)))
})

panelTest('what another panel of the browser chooses is heard', async ({ visit }) => {
  const { page } = await visit()
  await openSettings(page)
  // A frame of the same origin writes as another window does.
  await page.evaluate(() => {
    const other = document.createElement('iframe')
    document.body.append(other)
    other.contentWindow?.localStorage.setItem('contextvars.1.recording', '{"stacks":"none"}')
    other.remove()
  })
  await expect(setting(page, 'Call stacks', 'None')).toBeChecked()
})

panelTest('what is mostly meant to be so is told where somebody asks for it, at once', async ({ visit }) => {
  const { page, act } = await visit()
  await act('A writer for all')
  const note = page.getByRole('button', { name: 'Value that outlives its work: user' })
  await page.getByRole('treeitem', { name: /^Grace/ }).waitFor()
  await openSettings(page)
  await setting(page, 'Values that outlive', 'Told as notes').check()
  await note.waitFor()
  await page.keyboard.press('Escape')
  await note.click()
  await expect(
    page.getByText('Task writer works with user = "Ada", which task Ada had set and has reset.'),
  ).toBeVisible()
  await page.screenshot({ path: join(output, 'screenshots', 'outlived-value.png') })
  expect(await violations(page)).toEqual([])
  await openSettings(page)
  await setting(page, 'Values that outlive', 'Ignored').check()
  await expect(note).toHaveCount(0)
})

panelTest('a file has none: they are disabled, and it says why, and what they had left out', async ({ visit }) => {
  const { page } = await visit()
  await openSettings(page)
  await setting(page, 'Pictures of values', 'Small').check()
  await expect(standing(page)).toHaveText('This page is recorded like that now.')
  await page.keyboard.press('Escape')
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)])
  await page.getByLabel('Recording to open').setInputFiles(await download.path())
  await page.getByText('Showing a recording:').waitFor()
  await expect(page.getByText('recorded as small pictures')).toBeVisible()
  await openSettings(page)
  await expect(setting(page, 'Call stacks', 'None')).toBeDisabled()
  await expect(standing(page)).toContainText('A recording from a file is shown')
  expect(await violations(page)).toEqual([])
  await standing(page).getByRole('button', { name: 'Back to the page' }).click()
  await expect(settingsMenu(page)).toBeHidden()
  await openSettings(page)
  await expect(setting(page, 'Call stacks', 'None')).toBeEnabled()
})
