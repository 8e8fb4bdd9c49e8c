// Programs as people write them, in a real page, with `using` as the engine has it: the panel has nothing to say, but what they set for good.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openTab, showPanel } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'
import { bundle } from './harness/bundle'
import { journey } from './harness/journey'
import { problems, status } from './harness/panel'
import { watchForErrors } from './harness/watches'

const programs = ['programs', 'in-page']
  .flatMap((folder) => readdirSync(join(root, 'test/clean', folder)))
  .map((file) => file.replace(/\.tsx?$/, ''))

const standard = /^contextvars-devtools\/async-context$/

const visitor = journey
  .extend('origin', { scope: 'file' }, async ({ dist }, { onCleanup }) => {
    const alias = [{ find: standard, replacement: join(dist, 'runtime/async-context.js') }]
    const site = await serve({ '/': await bundle(dist, 'clean', ['index.html'], { alias }) })
    onCleanup(site.close)
    return site.origin
  })
  .extend('recorded', { scope: 'file' }, async ({ browser, origin }, { onCleanup }) => {
    const tab = await openTab(browser)
    onCleanup(tab.close)
    const errors = watchForErrors(tab)
    await tab.page.goto(`${origin}/`)
    await showPanel(tab)
    await reloadAndRecord(tab)
    return { ...tab, errors, notes: new Set<string>() }
  })

for (const name of programs) {
  visitor(name, async ({ recorded: { page, notes } }) => {
    // Animation frames come to the tab in front alone.
    await page.bringToFront()
    await page.waitForFunction('globalThis.runProgram')
    const { result, comesTo, setsForGood } = (await page.evaluate(`runProgram(${JSON.stringify(name)})`)) as {
      result: unknown
      comesTo: unknown
      setsForGood: string[]
    }
    expect(result).toEqual(comesTo)
    for (const variable of setsForGood) notes.add(`Never reset: ${variable}`)
  })
}

const MARK = 'Never reset: mark'

visitor('none of it is a problem', async ({ recorded }) => {
  const { page, devtools, errors, notes } = recorded
  await devtools.bringToFront()
  const titles = async () => {
    const told = await problems(recorded).locator('.problem-title').allTextContents()
    return told.map((title) => title.replace(/ \([\d,]+ times\)$/, '')).sort()
  }
  await page.evaluate('leaveMark()')
  await expect.poll(titles).toContain(MARK)
  // A note goes with its context, when that is collected.
  const alarms = (await titles()).filter((title) => title !== MARK && !notes.has(title))
  expect(alarms, 'false alarms').toEqual([])
  expect(await status(recorded).textContent()).toMatch(/complete/)
  expect(errors, 'errors of the panel').toEqual([])
})
