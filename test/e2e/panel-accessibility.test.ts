// axe finds nothing in any state of the panel, in light, dark and forced colours; nothing runs out of a narrow panel.

import { expect } from 'vitest'
import { type Look, panelTest } from '../playground/visit'
import { violations } from './harness/axe'

const everything = [
  'Alice and Bob',
  'A task that stays',
  'Forgotten reset',
  'Token twice',
  'Token in another context',
  'Token of another variable',
  'Lookup without a value',
]

const looks: [string, Look][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['forced colours', { forcedColors: 'active' }],
  ['dark and narrow', { colorScheme: 'dark', width: 360, height: 640 }],
  ['light, wide and low', { colorScheme: 'light', width: 1300, height: 320 }],
]

panelTest.for(looks)('axe finds nothing: %s', async ([, look], { visit }) => {
  const { page, act } = await visit(look)
  const show = async (part: RegExp) => {
    if (look.width === 360) await page.getByRole('button', { name: part }).click()
  }
  for (const name of everything) await act(name)
  // Twice, so that it says how often.
  await act('Token in another context')
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  expect(await violations(page)).toEqual([])

  await show(/^Details/)
  await page.getByRole('region', { name: 'Context details' }).getByRole('button', { expanded: false }).first().click()
  expect(await violations(page)).toEqual([])

  await show(/^Problems/)
  await page.getByRole('button', { name: 'Token of another context' }).click()
  await page.getByText('Nearest common ancestor').waitFor()
  expect(await violations(page)).toEqual([])

  await page.getByRole('tab', { name: 'Events' }).click()
  await page.getByRole('button', { name: 'Previous event' }).click()
  await page.getByRole('button', { name: 'Back to live' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Back to live' }).click()
  await page.getByRole('tab', { name: /^Problems/ }).click()

  await show(/^Contexts/)
  await page.getByLabel('Find in contexts and values').fill('bob')
  await page.getByText('of 3').waitFor()
  await page.getByLabel('Recording to open').setInputFiles({
    name: 'holiday.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{}'),
  })
  await page.getByText('was not opened').waitFor()
  expect(await violations(page)).toEqual([])

  await page.getByLabel('Find in contexts and values').fill('nobody is called so')
  await page.getByRole('button', { name: 'Show all' }).waitFor()
  expect(await violations(page)).toEqual([])
})

panelTest.for(looks)('axe finds nothing in what is told of values: %s', async ([, look], { visit }) => {
  const { page, act } = await visit(look)
  const details = page.getByRole('region', { name: 'Context details' })
  const show = async (part: RegExp) => {
    if (look.width === 360) await page.getByRole('button', { name: part }).click()
  }
  for (const name of everything.slice(0, 2)) await act(name)
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  await show(/^Details/)
  for (const name of ['user', 'locale']) await details.getByRole('button', { name: `why ${name} is so` }).click()
  await details.getByRole('button', { name: 'Compare', exact: true }).click()
  await show(/^Contexts/)
  await page.getByRole('treeitem', { name: /^Carol/ }).click()
  await show(/^Details/)
  await details.getByRole('table', { name: 'Differences' }).waitFor()
  expect(await violations(page)).toEqual([])

  await details.getByRole('button', { name: 'user', exact: true }).first().click()
  await page.getByRole('region', { name: 'Who holds it' }).waitFor()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Hide callbacks' }).check()
  expect(await violations(page)).toEqual([])
})

panelTest.for(looks)('axe finds nothing where a problem is muted: %s', async ([, look], { visit }) => {
  const { page, act } = await visit(look)
  await act('Token twice')
  if (look.width === 360) await page.getByRole('button', { name: /^Problems/ }).click()
  await page.getByRole('button', { name: 'Token used twice' }).click()
  await page.getByRole('button', { name: 'Mute…' }).click()
  await page.getByRole('textbox', { name: /^Why is this no problem/ }).fill('meant to be so')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Mute', exact: true }).click()
  await page.getByText('1 muted').click()
  await page.getByText('meant to be so').waitFor()
  expect(await violations(page)).toEqual([])
})

panelTest.for(looks)('axe finds nothing while there is nothing: %s', async ([, look], { visit }) => {
  const { page } = await visit(look)
  await page.evaluate(() => document.getElementById('page')?.setAttribute('src', 'about:blank'))
  await page.getByRole('heading', { name: 'Not recorded since' }).waitFor()
  expect(await violations(page)).toEqual([])
})

panelTest.for(looks)('axe finds nothing while a file is dragged over the panel: %s', async ([, look], { visit }) => {
  const { page, act } = await visit(look)
  await act('Alice and Bob')
  await page.getByRole('main').evaluate((main) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['{}'], 'holiday.json'))
    main.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true }))
  })
  await page.getByText('Drop the recording to open it').waitFor()
  expect(await violations(page)).toEqual([])
})

panelTest('at 360 pixels nothing runs out to the side, and each part is reached', async ({ visit }) => {
  const { page, act } = await visit({ width: 360, height: 640 })
  for (const name of everything) await act(name)
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const inside = (name: string) =>
    page.getByRole('region', { name }).evaluate((part) => part.scrollWidth - part.clientWidth)

  const sideways = () =>
    page
      .getByRole('navigation', { name: 'Parts of the panel' })
      .evaluate((parts) => parts.scrollWidth - parts.clientWidth + (document.querySelector('.panel')?.scrollLeft ?? 0))

  expect(await overflow()).toBe(0)
  expect(await sideways()).toBe(0)
  await page.getByRole('button', { name: /^Details/ }).click()
  await page.getByRole('table').waitFor()
  expect(await overflow()).toBe(0)
  expect(await inside('Context details')).toBe(0)
  await page.getByRole('button', { name: /^Problems/ }).click()
  await page.getByRole('button', { name: 'Token of another context' }).click()
  expect(await overflow()).toBe(0)
  expect(await inside('Problems')).toBe(0)
  await page.getByRole('tab', { name: 'Events' }).click()
  await page.getByRole('button', { name: 'Previous event' }).click()
  expect(await overflow()).toBe(0)
  expect(await inside('Events')).toBe(0)
  await page.getByRole('button', { name: 'Back to live' }).click()
  await page.getByRole('tab', { name: /^Problems/ }).click()
  // A piece of evidence leads to its context, and the details come into sight.
  await page.getByRole('button', { name: /^set user = "Eve"/ }).click()
  await page.getByRole('region', { name: 'Context details' }).waitFor()
  // However long the name of a context is, the parts beside it keep theirs, and nothing has moved the panel.
  await page.setViewportSize({ width: 325, height: 640 })
  await page.getByRole('button', { name: /^Contexts/ }).click()
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  await page.getByRole('button', { name: /^Problems/ }).click()
  expect(await sideways()).toBe(0)
})
