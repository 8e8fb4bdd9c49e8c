// Tracing with OpenTelemetry: its own cases in a browser; the traced order desk with each context manager, in one run; and what the
// panel shows of it.

import { join } from 'node:path'
import { expect } from 'playwright/test'
import { showPanel, type Tab, takePicture } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { serve } from '../../scripts/serve.mjs'
import { casesOf } from '../opentelemetry/otel-cases'
import type { Verdict } from '../pages/traced/verdict'
import { violations } from './harness/axe'
import { bundle } from './harness/bundle'
import { journey, output } from './harness/journey'
import { details, problems, row, value } from './harness/panel'

journey('its own cases for context managers pass in a page', async ({ tab, dist }) => {
  const site = await serve({ '/': await bundle(dist, 'opentelemetry', ['index.html']) })
  try {
    await tab.page.goto(site.origin)
    await tab.page.waitForFunction('globalThis.runCases')
    const results: Record<string, string> = await tab.page.evaluate('runCases()')
    const passed = Object.entries(casesOf(() => new EventTarget())).flatMap(([suite, cases]) =>
      Object.keys(cases).map((title) => [`${suite} ${title}`, 'passed']),
    )
    expect(results).toEqual(Object.fromEntries(passed))
  } finally {
    await site.close()
  }
})

interface Desk {
  open(): number
  verdict(): Verdict
}

/** The spans of four orders, of two clicks, and of the load of the page, without those of its files. */
const SPANS = 4 * 18 + 2 + 2

/** What a person does: three orders at once, and one more meanwhile. Answers when every span has ended. */
async function orderTea({ page }: Tab): Promise<Verdict> {
  await page.bringToFront()
  await page.getByRole('button', { name: 'Three at once' }).click()
  await page.getByRole('button', { name: 'Order tea' }).click()
  // Instrumentations let some time go by before they end the spans of requests.
  const verdict = await page.waitForFunction((spans) => {
    const { traced } = globalThis as { traced?: Desk }
    const verdict = traced?.open() === 0 ? traced.verdict() : null
    return verdict !== null && verdict.counted >= spans ? verdict : null
  }, SPANS)
  return (await verdict.jsonValue()) as Verdict
}

journey('of all spans, how many have the right parent', async ({ tab, demo }) => {
  const verdicts: Record<string, Verdict> = {}
  for (const manager of ['contextvars', 'zone', 'stack']) {
    await tab.page.goto(`${demo}/traced/?manager=${manager}`)
    verdicts[manager] = await orderTea(tab)
    expect(await violations(tab.page, 'body'), `axe: ${manager}`).toEqual([])
    await tab.page.screenshot({ path: join(output, 'screenshots', `traced-${manager}.png`) })
  }
  const { contextvars, zone, stack } = verdicts
  expect(contextvars).toMatchObject({ wrong: [], counted: SPANS, right: SPANS })
  // They lose it at the first await of a native async function.
  for (const other of [zone, stack]) {
    expect(other?.counted).toBe(SPANS)
    expect(other?.right).toBeLessThan(SPANS)
  }
})

journey('the panel calls contexts after spans, shows keys and baggage, and finds no problem', async ({ tab, demo }) => {
  await tab.page.goto(`${demo}/traced/`)
  await showPanel(tab)
  await reloadAndRecord(tab)
  await orderTea(tab)
  await tab.devtools.bringToFront()

  const find = tab.panel.getByRole('textbox', { name: 'Find in contexts and values' })
  await find.fill('brew')
  await row(tab, 'brew').first().click()
  const held = (variable: string) => value(tab, variable).textContent()
  await expect.poll(() => held('otel.span')).toContain('Span {name: "brew", spanId: "')
  expect(await held('tea')).toMatch(/"(Assam|Darjeeling|Earl Grey)"/)
  expect(await held('otel.baggage')).toMatch(/\{customer: "\w+"\}/)
  // The line of the application, not that of a library below it.
  await expect.poll(() => held('otel.span')).toContain('desk.ts:')
  const path = await details(tab).getByRole('navigation').textContent()
  expect(path).toMatch(/click.*order \d.*brew/)
  await takePicture(tab, join(output, 'screenshots', 'traced-panel.png'))

  // Each span is sent away in a context that is not traced: nobody looks for that, unless they do.
  await find.fill('')
  const exports = row(tab, 'otel.suppress_tracing').first()
  await row(tab, 'base').waitFor()
  await expect(exports).toHaveCount(0)
  await tab.panel.getByRole('button', { name: 'Filter', exact: true }).click()
  await tab.panel.getByRole('checkbox', { name: 'Hide exports of traces' }).uncheck()
  await expect(exports).toBeVisible()
  await takePicture(tab, join(output, 'screenshots', 'traced-exports.png'))
  await tab.panel.getByRole('checkbox', { name: 'Hide exports of traces' }).check()
  await expect(exports).toHaveCount(0)
  expect(await problems(tab).locator('.problem-title').allTextContents()).toEqual([])
})
