// Half an hour of steady facts, recorded in the real panel: what the page and the panel occupy is level, and nothing is lost.
// `npm run soak`; `MINUTES=5` is enough to see that it works, and not that it is level.

import type { CDPSession, Frame, Page } from 'playwright'
import { expect } from 'playwright/test'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, visit } from '../e2e/harness/journey'
import { status } from '../e2e/harness/panel'
import { stated } from '../e2e/harness/truth'

const MINUTES = Number(process.env.MINUTES ?? 30)
/** Some 2,500 facts a second. */
const REQUESTS = Number(process.env.REQUESTS ?? 32)
const SAMPLE_EVERY = 15_000
/** By how much the last third may be above the one before. The collector's moments differ. */
const LEVEL = 1.15

type Sample = Record<'facts' | 'page' | 'panel' | 'frontEnd', number>

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20
}

journey(
  `${MINUTES} minutes of steady facts: page and panel stay as large as they are`,
  { timeout: (MINUTES + 5) * 60_000 },
  async ({ tab, site }) => {
    await visit(tab, `${site.origin}/steady/`)
    await reloadAndRecord(tab)
    const panelFrame = await (await tab.panel.locator('body').elementHandle())?.ownerFrame()
    if (panelFrame == null) throw new Error('The panel has a document.')
    const sessionOf = (of: Page | Frame) => tab.page.context().newCDPSession(of)
    const [page, panel, frontEnd] = await Promise.all([
      sessionOf(tab.page),
      sessionOf(panelFrame),
      sessionOf(tab.devtools),
    ])
    await tab.page.evaluate((requests) => Reflect.get(globalThis, 'steady')(requests), REQUESTS)

    const samples: Sample[] = []
    const end = Date.now() + MINUTES * 60_000
    while (Date.now() < end) {
      await tab.page.evaluate((wait) => new Promise((resolve) => setTimeout(resolve, wait)), SAMPLE_EVERY)
      const sample = {
        facts: await stated(tab.page),
        page: await heapOf(page),
        panel: await heapOf(panel),
        frontEnd: await heapOf(frontEnd),
      }
      samples.push(sample)
      const megabytes = (['page', 'panel', 'frontEnd'] as const).map((of) => `${of} ${sample[of].toFixed(1)} MB`)
      const said = await status(tab).textContent()
      console.log(`${sample.facts.toLocaleString('en')} facts  ${megabytes.join('  ')}  ${said}`)
    }

    // The loop goes on, so the panel is a little behind, always.
    const facts = await stated(tab.page)
    const known = async () =>
      Number(/complete 1–([\d,]+)/.exec((await status(tab).textContent()) ?? '')?.[1]?.replaceAll(',', ''))
    await expect.poll(known, { timeout: 60_000 }).toBeGreaterThanOrEqual(facts)

    const third = Math.floor(samples.length / 3)
    const mean = (of: keyof Sample, from: number) =>
      samples.slice(from, from + third).reduce((sum, sample) => sum + sample[of], 0) / third
    for (const of of ['page', 'panel'] as const) {
      const [before, after] = [mean(of, third), mean(of, 2 * third)]
      console.log(`${of}: ${before.toFixed(1)} MB, then ${after.toFixed(1)} MB`)
      expect(after / before, `growth of the ${of}`).toBeLessThan(LEVEL)
    }
  },
)
