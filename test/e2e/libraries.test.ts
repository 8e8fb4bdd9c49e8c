// Libraries that nobody here wrote, as they come from the registry, bundled with native await: each job is done for three callers
// at once, in a page without contexts and in one with them, which the panel records. The results and the order of what happens
// are the same; and wherever a library runs a caller's code, the contexts know whose it is.

import { expect } from 'vitest'
import { openTab, showPanel, type Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { serve } from '../../scripts/serve.mjs'
import { libraries } from '../pages/libraries/libraries'
import type { Report } from '../pages/libraries/page'
import { answers } from './harness/answers'
import { bundle } from './harness/bundle'
import { journey } from './harness/journey'
import { problems, row, status } from './harness/panel'
import { watchForErrors } from './harness/watches'

const visitor = journey
  .extend('origin', { scope: 'file' }, async ({ dist }, { onCleanup }) => {
    const site = await serve({ '/': await bundle(dist, 'libraries', ['index.html', 'plain.html']) }, answers)
    onCleanup(site.close)
    return site.origin
  })
  /** A page without contexts. */
  .extend('plain', { scope: 'file' }, async ({ browser, origin }, { onCleanup }): Promise<Tab> => {
    const tab = await openTab(browser)
    onCleanup(tab.close)
    await tab.page.goto(`${origin}/plain.html`)
    return tab
  })
  /** A page with contexts, recorded from its start. */
  .extend('recorded', { scope: 'file' }, async ({ browser, origin }, { onCleanup }) => {
    const tab = await openTab(browser)
    onCleanup(tab.close)
    const errors = watchForErrors(tab)
    await tab.page.goto(`${origin}/`)
    await showPanel(tab)
    await reloadAndRecord(tab)
    return { ...tab, errors }
  })

async function runJob({ page }: Tab, library: string, title: string): Promise<Report> {
  // Animation frames come to the tab in front alone.
  await page.bringToFront()
  await page.waitForFunction('globalThis.runJob')
  return page.evaluate(`runJob(${JSON.stringify(library)}, ${JSON.stringify(title)})`)
}

/** What each caller reached, in the order of each strand. */
const points = ({ sights }: Report) => sights.map((of) => strands(of.map(({ point }) => point)))

function strands(points: string[]): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const point of points) {
    const strand = /^(.*): /.exec(point)?.[1] ?? ''
    found[strand] = [...(found[strand] ?? []), point]
  }
  return found
}

/** How often a caller found out, by a reset that is refused, that a library had gone on in a copy. */
let probes = 0

for (const [library, jobs] of Object.entries(libraries)) {
  for (const title of Object.keys(jobs)) {
    visitor(`${library}: ${title}`, async ({ plain, recorded }) => {
      const before = await runJob(plain, library, title)
      const after = await runJob(recorded, library, title)
      expect(after.results, 'results').toEqual(before.results)
      expect(points(after), 'what was reached, in order').toEqual(points(before))
      const sights = after.sights.flat()
      probes += sights.filter(({ seen }) => seen === 'copy').length
      expect(sights.length).toBeGreaterThan(after.sights.length)
      const seen = sights.map(({ point, seen }) => `${point}: ${seen}`)
      expect(seen, 'in whose context').toEqual(sights.map(({ point, expected }) => `${point}: ${expected}`))
    })
  }
}

visitor('all of it was recorded, and the panel knows each caller', async ({ recorded }) => {
  const { page, devtools } = recorded
  await devtools.bringToFront()
  expect(await page.evaluate('runJob("p-queue", "pause, start, and its events").then(() => "done")')).toBe('done')
  await row(recorded, 'Guido').first().waitFor()
  expect(await status(recorded).textContent()).toMatch(/complete/)
  expect(recorded.errors, 'errors of the panel').toEqual([])
})

visitor('none of it is a problem, but for the probes that are told', async ({ recorded }) => {
  await recorded.devtools.bringToFront()
  const titles = () => problems(recorded).locator('.problem-title').allTextContents()
  const refused = probes === 0 ? [] : [`Token of another context: marked${probes === 1 ? '' : ` (${probes} times)`}`]
  // So all of them have arrived.
  await expect.poll(async () => (await titles()).filter((title) => title.startsWith('Token'))).toEqual(refused)
  // Callers who probe several promises at once take turns in one context.
  const probed = /^Reset out of order: marked/
  const alarms = (await titles()).filter((title) => !refused.includes(title) && !probed.test(title))
  expect(alarms, 'false alarms, notes included').toEqual([])
})
