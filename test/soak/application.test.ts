// A real application, recorded for half an hour while somebody uses it with the panel open (`npm run soak -- application`): what that costs
// the page, what the panel occupies, and what it has to say. Beside it the same application is used unrecorded, in turn, so that whatever
// else the machine does slows both. `MINUTES=5` is a shorter look.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CDPSession, Frame, Page } from 'playwright'
import { expect } from 'playwright/test'
import { openTab, showPanel, showView, type Tab, takePicture } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, output } from '../e2e/harness/journey'
import { problems, readOut, row, status, value } from '../e2e/harness/panel'
import { stated } from '../e2e/harness/truth'
import { watchForErrors, watchForStrangers } from '../e2e/harness/watches'
import { buildTracing, getBudget, type Served, serveBudget } from './application/budget'
import { lookAround, openDemo } from './application/person'

const MINUTES = Number(process.env.MINUTES ?? 30)
/** How much slower the page may be than unrecorded. */
const SLOWER = 1.2
/** What the panel may grow by for each fact that it keeps: until that is 210 MB it keeps all of them. */
const BYTES_PER_FACT = 1_000
/** What it may occupy besides. */
const MEGABYTES = 20
/** How many problems may be told of an application in which everything goes well. */
const PROBLEMS = 3
/** A person waits for a step no longer than this, however busy the machine is. */
const PATIENCE = 60_000

/** What a person did once, in seconds: how long the main thread worked for it, and how long the person was busy. */
interface Round {
  worked: number
  took: number
}

interface Desk {
  tab: Tab
  served: Served
  session: CDPSession
  rounds: Round[]
}

const sessionOf = (tab: Tab, of: Page | Frame) => tab.page.context().newCDPSession(of)

async function megabytesOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20
}

/** Seconds of the processor that the main thread had so far: what others do on this machine is not in it. */
async function workOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}

async function goRound({ tab, session, rounds }: Desk): Promise<void> {
  await tab.page.bringToFront()
  const [before, began] = [await workOf(session), performance.now()]
  await lookAround(tab.page, rounds.length)
  rounds.push({ worked: (await workOf(session)) - before, took: (performance.now() - began) / 1000 })
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const medianOf = ({ rounds }: Desk, of: keyof Round): number => median(rounds.map((round) => round[of]))

/** How much more `one` takes than `other`, of rounds that were one after the other. */
const ratio = (one: Desk, other: Desk, of: keyof Round): number =>
  median(one.rounds.map((round, n) => round[of] / (other.rounds[n]?.[of] ?? Number.NaN)))

journey(
  `a real application, used for ${MINUTES} minutes with the panel open`,
  { timeout: (MINUTES + 15) * 60_000 },
  async ({ browser, dist, onTestFinished }) => {
    const built = await getBudget()
    const tracing = await buildTracing(dist)
    const errors: string[][] = []
    const strangers: string[][] = []

    async function openDesk(script: string | null, start: (tab: Tab) => Promise<unknown>): Promise<Desk> {
      const served = await serveBudget(built, script)
      const tab = await openTab(browser)
      onTestFinished(async () => {
        await tab.close()
        await served.close()
      })
      for (const page of [tab.page, tab.devtools]) page.setDefaultTimeout(PATIENCE)
      errors.push(watchForErrors(tab))
      strangers.push(watchForStrangers(tab))
      await tab.page.goto(served.origin)
      await start(tab)
      await openDemo(tab.page)
      const session = await sessionOf(tab, tab.page)
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      return { tab, served, session, rounds: [] }
    }

    // DevTools is open beside each of them: it has its own price, which is none of ours.
    const published = await openDesk(null, (tab) => showView(tab, 'console'))
    const traced = await openDesk(tracing, (tab) => showView(tab, 'console'))
    const recorded = await openDesk(tracing, async (tab) => {
      await showPanel(tab)
      await reloadAndRecord(tab)
    })
    const desks = { published, traced, recorded }
    for (const desk of Object.values(desks)) {
      // What is loaded and compiled once is no round.
      for (let n = 0; n < 2; n++) await goRound(desk)
      desk.rounds.length = 0
    }

    const { tab, served } = recorded
    const panelFrame = await (await tab.panel.locator('body').elementHandle())?.ownerFrame()
    if (panelFrame == null) throw new Error('The panel has a document.')
    const panel = await sessionOf(tab, panelFrame)
    const sample = async () => ({ facts: await stated(tab.page), megabytes: await megabytesOf(panel) })

    const first = await sample()
    let newest = first
    const end = Date.now() + MINUTES * 60_000
    for (let round = 0; Date.now() < end || round === 0; round++) {
      for (const desk of Object.values(desks)) await goRound(desk)
      if (round % 3 > 0) continue
      newest = await sample()
      const worked = Object.entries(desks).map(([name, desk]) => `${name} ${desk.rounds.at(-1)?.worked.toFixed(2)} s`)
      console.log(
        `${newest.facts.toLocaleString('en')} facts  panel ${newest.megabytes.toFixed(1)} MB  ${worked.join('  ')}  ${await status(tab).textContent()}`,
      )
    }

    for (const of of ['worked', 'took'] as const) {
      const medians = Object.entries(desks).map(([name, desk]) => `${name} ${medianOf(desk, of).toFixed(2)} s`)
      const ratios = `recorded/traced ${ratio(recorded, traced, of).toFixed(2)}  recorded/published ${ratio(recorded, published, of).toFixed(2)}`
      console.log(`${of}, median of ${recorded.rounds.length} rounds: ${medians.join('  ')}  ${ratios}`)
    }
    const perFact = ((newest.megabytes - first.megabytes) * 2 ** 20) / (newest.facts - first.facts)
    console.log(
      `panel: ${first.megabytes.toFixed(1)} MB, then ${newest.megabytes.toFixed(1)} MB: ${perFact.toFixed(0)} B per fact`,
    )

    // What a developer sees of an application that they have not written.
    await tab.devtools.bringToFront()
    await tab.panel.getByRole('textbox', { name: 'Find in contexts and values' }).fill('GET')
    await row(tab, 'GET').first().click()
    await value(tab, 'otel.span').waitFor()
    await takePicture(tab, join(output, 'screenshots', 'application.png'))
    await writeFile(join(output, 'application.txt'), (await readOut(tab)).join('\n'))
    const shown = await problems(tab).locator('.problem-title').allTextContents()
    console.log(`${shown.length} problems: ${shown.join('; ')}`)

    // The request is a child of the click that it comes from, over the application's own awaits.
    const byId = new Set(served.spans.map(({ id }) => id))
    const requests = served.spans.filter(({ name }) => name === 'GET')
    expect(requests.length).toBeGreaterThan(0)
    for (const { parent } of requests) expect(byId).toContain(parent)
    expect(errors.flat(), 'errors of the panel').toEqual([])
    expect(strangers.flat(), 'requests that leave this machine').toEqual([])
    expect(ratio(recorded, traced, 'worked'), 'how much slower').toBeLessThan(SLOWER)
    expect(shown.length).toBeLessThanOrEqual(PROBLEMS)
    expect(first.megabytes, 'the panel at the beginning').toBeLessThan(MEGABYTES)
    expect(perFact, 'growth for each fact').toBeLessThan(BYTES_PER_FACT)
  },
)
