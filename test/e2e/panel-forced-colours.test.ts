// Where the system forces its colours, no ground of ours is left: what is told by one is told in another way, too.

import { join } from 'node:path'
import type { Locator } from 'playwright'
import { expect } from 'playwright/test'
import { panelTest } from '../playground/visit'
import { output } from './harness/journey'

/** On a dark system and on a light one. */
const schemes = ['dark', 'light'] as const

const colours = (of: Locator) =>
  of.evaluate((element) => {
    const { backgroundColor, borderBottomColor, color, outlineColor, outlineStyle, stroke } = getComputedStyle(element)
    return { backgroundColor, borderBottomColor, color, outline: `${outlineStyle} ${outlineColor}`, stroke }
  })

panelTest.for(schemes)('nothing is told by a colour that is not there: %s', async (colorScheme, { visit }) => {
  const { page, act } = await visit({ forcedColors: 'active', colorScheme })
  await act('Token twice')
  const problem = page.getByRole('button', { name: 'Token used twice' })
  await problem.waitFor()
  const ground = (await colours(page.locator('body'))).backgroundColor

  // The page answers: the dot is full. In any state it has an edge.
  const dot = await colours(page.locator('.status.live .dot'))
  expect(dot.backgroundColor).not.toBe(ground)
  expect(dot.borderBottomColor).not.toBe(ground)

  // What is drawn in the sign of an error is not lost in it.
  const sign = await colours(problem.locator('.on-fill'))
  expect(sign.stroke).toBe(ground)
  expect(sign.stroke).not.toBe(sign.color)
  // Whatever the theme of the panel: the system's need not be the same.
  expect(sign.color).toBe((await colours(problem)).color)
  expect((await colours(page.getByRole('treeitem', { selected: false }).locator('.kind').first())).color).not.toBe(
    ground,
  )

  // Of the tabs one is chosen.
  const chosen = await colours(page.getByRole('tab', { selected: true }))
  const other = await colours(page.getByRole('tab', { selected: false }).first())
  expect(other.borderBottomColor).toBe(ground)
  expect(chosen.borderBottomColor).not.toBe(ground)

  // The bar that parts can be dragged by, and the places of problems on the line.
  expect((await colours(page.getByRole('separator').first())).backgroundColor).not.toBe(ground)
  expect((await colours(page.locator('.scrub-line .mark').first())).backgroundColor).not.toBe(ground)

  // The tree follows the page, until somebody chooses a row.
  const follow = page.locator('.follow')
  await expect(follow).toHaveAttribute('aria-pressed', 'true')
  const following = await colours(follow)
  await page.getByRole('treeitem').last().click()
  await expect(follow).toHaveAttribute('aria-pressed', 'false')
  expect((await colours(follow)).outline).not.toBe(following.outline)

  // Which facts are listed, and at which one the panel stands.
  await page.getByRole('tab', { name: 'Events' }).click()
  const events = page.getByRole('region', { name: 'Events' })
  const listed = await colours(events.getByRole('button', { name: 'Values', exact: true }))
  const left = await colours(events.getByRole('button', { name: 'Reads', exact: true }))
  expect(listed.backgroundColor).not.toBe(left.backgroundColor)
  expect(listed.color).not.toBe(listed.backgroundColor)
  await page.getByRole('button', { name: 'Previous event' }).click()
  const here = events.locator('.event-row.here')
  await here.waitFor()
  expect((await colours(here)).backgroundColor).not.toBe(ground)
  for (const link of await here.locator('.link').all()) {
    expect((await colours(link)).color).toBe((await colours(here)).color)
  }
  await page.screenshot({ path: join(output, 'screenshots', `forced-colours-${colorScheme}.png`) })
})

panelTest('in a narrow panel the part that is shown is told from the others', async ({ visit }) => {
  const { page } = await visit({ forcedColors: 'active', width: 360, height: 640 })
  const parts = page.getByRole('navigation', { name: 'Parts of the panel' })
  const shown = await colours(parts.getByRole('button', { pressed: true }))
  const other = await colours(parts.getByRole('button', { pressed: false }).first())
  expect(shown.borderBottomColor).not.toBe(other.borderBottomColor)
})
