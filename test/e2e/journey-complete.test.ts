// Complete, or it says so: bursts, pauses, navigations, the back/forward cache, a panel that is hidden, closed and opened again. What
// the panel has in the end is what the page itself says, or the gap has the right size.

import { expect } from 'playwright/test'
import { completeness } from '../../panel/model/selectors/completeness'
import type { Fact } from '../../runtime/protocol'
import { DEFAULT_LOG_LIMITS } from '../../runtime/recorder/log'
import { goOn, paused, showPanel, showView, type Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { quickJourney as journey, journey as ownJourney, visit } from './harness/journey'
import { problems, row, status, value } from './harness/panel'
import { disagreements, factsOfPanel, stated, worldOf } from './harness/truth'

/** A million of them, when asked for: `FACTS=1000000`. */
const FACTS = Number(process.env.FACTS ?? 100_000)
const BURST = 10_000
/** Seconds that the page stands still at a breakpoint; `PAUSE=60` when asked for. */
const PAUSE = Number(process.env.PAUSE ?? 3)

const counted = (facts: number) => facts.toLocaleString('en-US')

/** Waits until the panel has everything that the page has stated by now, and nothing is missing. The collector adds some. */
async function complete(tab: Tab): Promise<number> {
  const facts = await stated(tab.page)
  const known = async () =>
    Number(/complete 1–([\d,]+)/.exec((await status(tab).textContent()) ?? '')?.[1]?.replaceAll(',', ''))
  await expect.poll(known, { timeout: 150_000 }).toBeGreaterThanOrEqual(facts)
  return facts
}

const bursts = (tab: Tab, many: number, sets: number): Promise<void> =>
  tab.page.evaluate(([many, sets]) => Reflect.get(globalThis, 'burst')(many, sets), [many, sets] as const)

journey(
  `${counted(FACTS)} facts in bursts: none is lost unseen`,
  { timeout: 300_000 },
  async ({ browser, tab, site }) => {
    await visit(tab, `${site.origin}/bursts/`)
    await reloadAndRecord(tab)
    await bursts(tab, Math.ceil(FACTS / BURST), BURST)
    // A page that is busy without a pause states more than a panel on the same machine takes, for as long as its log has room.
    if (FACTS < DEFAULT_LOG_LIMITS.facts) expect(await complete(tab)).toBeGreaterThan(FACTS)
    const facts = await stated(tab.page)
    let told: readonly Fact[] = []
    const read = async () => {
      told = await factsOfPanel(browser, tab)
      return told.at(-1)?.seq ?? 0
    }
    await expect.poll(read, { timeout: 150_000 }).toBeGreaterThanOrEqual(facts)
    const { lost, last } = completeness(worldOf(told))
    expect(told.filter(({ type }) => type !== 'gap').length + lost).toBe(last)
    expect(await disagreements(browser, tab)).toEqual([])
  },
)

journey('what the log dropped before the panel came is a gap of the right size', async ({ browser, tab, site }) => {
  await visit(tab, `${site.origin}/bursts/`)
  await reloadAndRecord(tab)
  // In one turn, in which nobody can read: more than the log holds.
  await bursts(tab, 1, 300_000)
  const facts = await stated(tab.page)
  let world = worldOf([])
  const readUntil = async () => {
    world = worldOf(await factsOfPanel(browser, tab))
    return world.seq
  }
  await expect.poll(readUntil, { timeout: 150_000 }).toBeGreaterThanOrEqual(facts)
  expect(world.missing).toHaveLength(1)
  const [{ from, to } = { from: 0, to: 0 }] = world.missing
  expect(to - from + 1).toBeGreaterThan(50_000)
  await expect(status(tab)).toContainText(`${counted(to - from + 1)} facts missing: ${counted(from)}–${counted(to)}`)
  const note = problems(tab).getByRole('button', { name: `Left out of the recording: ${counted(to - from + 1)} facts` })
  await note.click()
  await expect(problems(tab).getByText(`facts ${counted(from)}–${counted(to)} are missing`)).toBeVisible()
  // What follows makes the tree right again.
  expect(world.runtime?.late).toBe(false)
  expect([...world.contexts.values()].find(({ name }) => name === 'burst 1')?.holdings.size).toBe(1)
})

journey('while the panel is behind, it says how far it is', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/bursts/`)
  await reloadAndRecord(tab)
  const line = tab.panel.getByRole('contentinfo')
  await expect(line).toContainText(/asked \d+×\/s/)
  const said = await line.evaluateHandle((line) => {
    const said: string[] = []
    const options = { subtree: true, childList: true, characterData: true }
    new MutationObserver(() => said.push(line.querySelector('.pace')?.textContent ?? '')).observe(line, options)
    return said
  })
  // A page is slow to answer on a slow machine; on a fast one this takes no longer than anybody would wait for.
  const session = await tab.page.context().newCDPSession(tab.page)
  await bursts(tab, 1, 120_000)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 10 })
  await complete(tab)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await expect(line).toContainText(/asked \d+×\/s/)
  const number = (text: string) => Number(text.replaceAll(',', ''))
  const progress = (await said.jsonValue()).flatMap((words) => {
    const [, read = '', last = ''] = /^reading ([\d,]+) of ([\d,]+)$/.exec(words) ?? []
    return read === '' ? [] : [{ read: number(read), last: number(last) }]
  })
  expect(progress.length).toBeGreaterThan(1)
  // The collector adds some facts meanwhile.
  for (const [index, { read, last }] of progress.entries()) {
    expect(read).toBeGreaterThanOrEqual(progress[index - 1]?.read ?? 0)
    expect(read).toBeLessThan(last)
  }
})

journey(
  `a pause of ${PAUSE} s at a breakpoint: the panel has all until then, and goes on`,
  {
    timeout: 180_000 + PAUSE * 1000,
  },
  async ({ browser, tab, site }) => {
    await visit(tab, `${site.origin}/bursts/`)
    await reloadAndRecord(tab)
    await tab.page.evaluate('void pauseAfter(2, 4000)')
    await paused(tab)
    await showPanel(tab)
    await expect(status(tab)).toContainText('Paused in pauses')
    await expect(value(tab, 'step')).toContainText('"paused"')
    const until = Date.now() + PAUSE * 1000
    await expect.poll(() => Date.now() > until, { timeout: PAUSE * 1000 + 5_000 }).toBe(true)
    await expect(value(tab, 'step')).toContainText('"paused"')
    await goOn(tab, 'resume')
    await expect(status(tab)).not.toContainText('Paused')
    await bursts(tab, 2, 4000)
    await complete(tab)
    expect(await disagreements(browser, tab)).toEqual([])
  },
)

journey('fifty navigations: each document is complete, or has nothing of the one before', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/bursts/?0`)
  for (let number = 1; number <= 50; number++) {
    await tab.page.goto(`${site.origin}/bursts/?${number}`)
    if (number % 10 !== 0) continue
    await row(tab, 'base').click()
    await expect(value(tab, 'step')).toContainText(`"?${number}"`)
    await complete(tab)
  }
})

journey(
  'back and forward: the document from the cache is read on, or again from its start',
  async ({ browser, tab, site }) => {
    await visit(tab, `${site.origin}/bursts/?first`)
    await row(tab, 'base').click()
    await bursts(tab, 1, 400)
    const facts = await complete(tab)
    await tab.page.goto(`${site.origin}/bursts/?second`)
    await row(tab, 'base').click()
    await expect(value(tab, 'step')).toContainText('"?second"')
    // A document that comes from the cache does not load.
    await tab.page.goBack({ waitUntil: 'commit' })
    await row(tab, 'base').click()
    await expect(value(tab, 'step')).toContainText('"?first"')
    // A cached document has its recorder still; one that was loaded again has another.
    const isTheSame = (await stated(tab.page)) >= facts
    await complete(tab)
    expect(await disagreements(browser, tab)).toEqual([])
    if (isTheSame) await row(tab, 'burst 1').waitFor()
  },
)

journey('hidden behind another panel, and shown again: nothing is lost meanwhile', async ({ browser, tab, site }) => {
  await visit(tab, `${site.origin}/bursts/`)
  await reloadAndRecord(tab)
  await showView(tab, 'console')
  // As fast as a page can, and for longer than the pace of a hidden panel.
  for (let time = 0; time < 4; time++) {
    await bursts(tab, 4, BURST)
    await tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)))
  }
  await showPanel(tab)
  await complete(tab)
  expect(await disagreements(browser, tab)).toEqual([])
})

journey('DevTools closed and opened again: the panel reads it all once more', async ({ browser, tab, site }) => {
  await visit(tab, `${site.origin}/bursts/`)
  await reloadAndRecord(tab)
  await bursts(tab, 2, 4_000)
  await complete(tab)
  await tab.devtools.reload()
  await showPanel(tab)
  await complete(tab)
  expect(await disagreements(browser, tab)).toEqual([])
})

journey('a log that is preserved stays as a root of its own, until that is no longer wanted', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/bursts/?first`)
  const keeps = tab.panel.getByRole('checkbox', { name: 'Preserve log' })
  await keeps.check()
  await bursts(tab, 1, 40)
  await row(tab, 'burst 1').waitFor()
  await tab.page.goto(`${site.origin}/bursts/?second`)
  await expect(row(tab, 'top')).toBeVisible()
  await row(tab, 'base').click()
  await expect(value(tab, 'step')).toContainText('"?second"')
  await expect(row(tab, 'burst 1')).toBeHidden()

  await row(tab, 'until').click()
  await row(tab, 'base').click()
  await expect(value(tab, 'step')).toContainText('"?first"')
  await row(tab, 'burst 1').waitFor()

  // It is found as it was left, and what was kept goes with it.
  await tab.devtools.reload()
  await showPanel(tab)
  await expect(keeps).toBeChecked()
  await tab.page.reload()
  await expect(row(tab, 'until')).toBeVisible()
  await keeps.uncheck()
  await expect(row(tab, 'until')).toBeHidden()
})

ownJourney('a page that is too busy to answer, and one that crashes, are said to be', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/bursts/`)
  await reloadAndRecord(tab)
  await tab.page.goto('chrome://crash').catch(() => {})
  await expect(tab.panel.getByText(/does not answer|No answer|may not run|Not recorded since/).first()).toBeVisible({
    timeout: 60_000,
  })
})
