// The pane in Sources: the context that is current at the paused line, beside that line.

import { join } from 'node:path'
import type { Frame } from 'playwright'
import { expect } from 'playwright/test'
import {
  breakAt,
  goOn,
  hidePane,
  openSource,
  paused,
  showPane,
  type Tab,
  watchPauses,
} from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { violationsInEachLook } from './harness/axe'
import { journey, output, visit } from './harness/journey'

journey('paused inside a task, the pane shows its context and its values at that line', async ({ tab, site }) => {
  const url = `${site.origin}/breakpoint/page.js`
  await visit(tab, `${site.origin}/breakpoint/`)
  await reloadAndRecord(tab)
  await showPane(tab)
  await expect(tab.pane.getByText('The page runs, or stands in its base context')).toBeVisible()
  await breakAt(tab, url, '// pause here')

  const frame = await paneFrame(tab)
  const lastPause = await watchPauses(tab)
  const lastPicture = await watchPictures(frame)
  const questions = await watchQuestions(frame)
  const times: number[] = []
  const between: number[] = []
  for (let round = 0; round < 5; round++) {
    const clicked = tab.page.getByRole('button', { name: 'Begin' }).click()
    await paused(tab)
    await expect(tab.pane.getByText('paused here')).toBeVisible()
    const [pause, picture] = [await lastPause(), await lastPicture()]
    times.push(picture - pause)
    between.push((await questions()).filter((at) => at >= pause && at <= picture).length)
    if (round === 4) break
    await goOn(tab, 'resume')
    await clicked
    await expect(tab.pane.getByText('The page runs')).toBeVisible()
  }
  console.log(`from the pause to the picture: ${times.join(', ')} ms`)
  // Not timed, a machine may have other work: a page that has been quiet is asked every quarter of a second (`pace.test.ts`),
  // and the picture comes of the first answers after the pause: where the page stands, what is new, and one that stood still before.
  for (const questions of between) expect(questions).toBeLessThanOrEqual(3)

  await expect(tab.pane.getByRole('navigation', { name: 'Path from the root' })).toHaveText(/^base.*Chef$/)
  const dish = tab.pane.getByRole('row').filter({ has: tab.pane.getByRole('rowheader', { name: 'dish' }) })
  await expect(dish).toContainText('"soup, salted"')
  await expect(dish).toContainText('own')
  expect(await violationsInEachLook(frame)).toEqual([])
  // Below the panes of DevTools' own, as it lies for a person who scrolls to it.
  await tab.devtools.locator('iframe[src$="/panel/pane.html"]').scrollIntoViewIfNeeded()
  await tab.devtools.screenshot({ path: join(output, 'screenshots/pane-in-sources-light.png') })
  await frame.evaluate(() => {
    document.documentElement.dataset.theme = 'dark'
  })
  await tab.devtools.screenshot({ path: join(output, 'screenshots/pane-in-sources-dark.png') })

  expect(await tab.pane.getByRole('main').evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBe(0)

  await dish.getByRole('button', { name: /page\.js:\d+/ }).click()
  expect((await openSource(tab)).text).toContain('salted')
  await goOn(tab, 'stepInto')
  await expect(tab.pane.getByText('paused here')).toBeVisible()
  await goOn(tab, 'resume')
  await expect(tab.pane.getByText('The page runs')).toBeVisible()
})

journey('folded away, the pane asks nothing', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/breakpoint/`)
  await reloadAndRecord(tab)
  await showPane(tab)
  await expect(tab.pane.getByText('The page runs')).toBeVisible()
  const frame = await paneFrame(tab)
  const questions = await watchQuestions(frame)
  const asked = async () => (await questions()).length
  await expect.poll(asked).toBeGreaterThan(2)
  await frame.evaluate(() => addEventListener('contextvars:hidden', () => Object.assign(globalThis, { hidden: true })))
  await hidePane(tab)
  await expect.poll(() => frame.evaluate(() => 'hidden' in globalThis)).toBe(true)
  const before = await asked()
  await tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)))
  // One question may have been between its two halves.
  expect((await asked()) - before).toBeLessThanOrEqual(1)
  await showPane(tab)
  await expect.poll(asked).toBeGreaterThan(before)
})

journey('a page that is not recorded is named so, and the pane offers what mends it', async ({ tab, site }) => {
  await tab.page.goto(`${site.origin}/breakpoint/`)
  await showPane(tab)
  await expect(tab.pane.getByText('This page is not recorded')).toBeVisible()
  await tab.pane.getByRole('button', { name: 'Reload and record' }).click()
  await expect(tab.pane.getByText('The page runs')).toBeVisible()

  await tab.page.goto(`${site.origin}/plain/`)
  await expect(tab.pane.getByText('brings no contextvars runtime')).toBeVisible()
})

/** Keeps in the pane when a paused context was drawn. Returns what tells of the last time. */
async function watchPictures(frame: Frame): Promise<() => Promise<number>> {
  const moment = await frame.evaluateHandle(() => {
    const last = { at: Number.NaN }
    let drawn = false
    new MutationObserver(() => {
      const isDrawn = document.querySelector('.chip.paused') !== null
      if (isDrawn && !drawn) last.at = Date.now()
      drawn = isDrawn
    }).observe(document.body, { childList: true, subtree: true })
    return last
  })
  return () => moment.evaluate(({ at }) => at)
}

/** Keeps when the pane asked the page something. */
async function watchQuestions(frame: Frame): Promise<() => Promise<number[]>> {
  const moments = await frame.evaluateHandle(() => {
    const { inspectedWindow } = (
      globalThis as unknown as { chrome: { devtools: { inspectedWindow: { eval: unknown } } } }
    ).chrome.devtools
    const ask = inspectedWindow.eval as (...args: unknown[]) => unknown
    const asked: number[] = []
    inspectedWindow.eval = (...args: unknown[]) => {
      asked.push(Date.now())
      return ask(...args)
    }
    return asked
  })
  return () => moments.jsonValue()
}

async function paneFrame({ devtools }: Tab): Promise<Frame> {
  const frame = devtools.frames().find((one) => one.url().endsWith('/panel/pane.html'))
  if (frame === undefined) throw new Error('The pane has no document')
  return frame
}
