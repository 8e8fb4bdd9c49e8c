// Who asked the system for less motion sees none: no animation and no transition runs, in any view.

import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { panelTest } from '../playground/visit'

/** What moves now, by the element that does. */
const moving = (page: Page) =>
  page.evaluate(() =>
    document.getAnimations().map(({ effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : null
      return target?.className ?? 'something'
    }),
  )

panelTest('nothing moves where less motion is asked for', async ({ visit }) => {
  const { page, act } = await visit({ reducedMotion: 'reduce' })
  const seen: Record<string, string[]> = {}
  const look = async (view: string) => {
    seen[view] = await moving(page)
  }
  for (const name of ['Alice and Bob', 'Token in another context', 'Forgotten reset']) await act(name)
  const details = page.getByRole('region', { name: 'Context details' })
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click()
  await look('tree')
  await details.getByRole('button', { name: 'why user is so' }).click()
  await details.getByRole('button', { name: 'Compare', exact: true }).click()
  await look('details')
  await page.getByRole('button', { name: 'Token of another context' }).click()
  await page.getByText('Nearest common ancestor').waitFor()
  await look('problem')
  await page.getByRole('button', { name: 'Mute…' }).click()
  await look('mute')
  for (const tab of ['Events', 'Lanes', 'Variables']) {
    await page.getByRole('tab', { name: tab }).click()
    await look(tab)
  }
  for (const menu of ['Filter', 'Break on', 'Export', 'Settings']) {
    await page.getByRole('button', { name: menu, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    await look(menu)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('treeitem', { name: /^Alice renders/ }).click({ button: 'right' })
  await page.getByRole('menu').waitFor()
  await look('menu of a row')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Previous event' }).click()
  await page.getByRole('button', { name: 'Back to live' }).waitFor()
  await look('past')
  await page.getByRole('button', { name: 'Back to live' }).click()
  await page.getByLabel('Find in contexts and values').fill('nobody is called so')
  await page.getByRole('button', { name: 'Show all' }).waitFor()
  await look('nothing found')
  await page.evaluate(() => document.getElementById('page')?.setAttribute('src', 'about:blank'))
  await page.getByRole('heading', { name: 'Not recorded since' }).waitFor()
  await look('not recorded')
  expect(Object.keys(seen)).toHaveLength(15)
  expect(Object.entries(seen).filter(([, moving]) => moving.length > 0)).toEqual([])
})

panelTest('everybody else sees the dot breathe as long as the page answers', async ({ visit }) => {
  const { page } = await visit({ reducedMotion: 'no-preference' })
  await expect.poll(() => moving(page)).toEqual(['dot'])
})
