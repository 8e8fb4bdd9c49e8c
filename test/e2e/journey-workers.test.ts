// Workers: each whose code imports the runtime is a root of the tree, the others are rows that say why they are none; and neither
// page nor worker sees anything of it.

import { expect } from 'playwright/test'
import { showPanel, type Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { serve } from '../../scripts/serve.mjs'
import { violationsInEachLook } from './harness/axe'
import { bundle } from './harness/bundle'
import { quickJourney as journey, journey as ownJourney } from './harness/journey'
import { details, panelFrame, problems, row, value } from './harness/panel'

declare const workers: Record<string, Worker>
declare function report(): Promise<Record<string, unknown[]>>

const serveWorkers = async ({ dist }: { dist: string }, { onCleanup }: { onCleanup(end: () => unknown): void }) => {
  const { origin, close } = await serve({
    '/runtime/': `${dist}/runtime`,
    '/raw/': new URL('../pages/workers/raw', import.meta.url).pathname,
    '/': await bundle(dist, 'workers', ['index.html']),
  })
  onCleanup(close)
  return origin
}
const visitor = journey.extend('origin', { scope: 'file' }, serveWorkers)
/** Whose panel is not yet open. */
const ownVisitor = ownJourney.extend('origin', { scope: 'file' }, serveWorkers)

async function record(tab: Tab, origin: string): Promise<void> {
  await tab.page.goto(`${origin}/`)
  await showPanel(tab)
  await reloadAndRecord(tab)
}

const tell = (tab: Tab, worker: string, message: string) =>
  tab.page.evaluate(([worker, message]) => workers[worker]?.postMessage(message), [worker, message] as const)

/** Everything that page and workers see of themselves and of each other. */
const reported = async ({ page }: Tab) => {
  await page.waitForFunction('globalThis.report')
  return page.evaluate(() => report())
}

visitor('each worker with a runtime is a root, and shows its own contexts and problems', async ({ tab, origin }) => {
  await record(tab, origin)
  await row(tab, 'stock').click()
  // A classic worker is recorded from its start.
  await expect(details(tab)).toContainText('from its start')
  await expect(details(tab)).toContainText(/complete 1–\d+/)
  await row(tab, 'task of stock').click()
  await expect(value(tab, 'user')).toContainText('"stock, later"')

  // A module worker from when the recorder was loaded.
  await row(tab, 'prices').click()
  await expect(details(tab)).toContainText(/since .* after it was opened/)
  await tell(tab, 'module', 'task')
  await row(tab, 'errand of prices').click()
  await expect(value(tab, 'user')).toContainText('"prices, asked"')

  await row(tab, 'stock').click()
  await tell(tab, 'classic', 'mistake')
  await expect(problems(tab)).toContainText('Token of another context')
  await tab.page.evaluate(() => workers.classic?.terminate())
  await expect(row(tab, 'stock')).toContainText('ended')
  await expect(problems(tab)).toContainText('Token of another context')
  expect(await violationsInEachLook(panelFrame(tab))).toEqual([])
  await row(tab, 'task of stock').click()
  await expect(value(tab, 'user')).toContainText('"stock, later"')
})

visitor('a worker that a worker makes is a root, too, and ends with its maker', async ({ tab, origin }) => {
  await record(tab, origin)
  await row(tab, 'invoices').click()
  await expect(details(tab)).toContainText('from its start')
  await row(tab, 'task of invoices').click()
  await expect(value(tab, 'user')).toContainText('"invoices, later"')
  await row(tab, 'orders').click()
  await row(tab, 'task of orders').click()
  await expect(value(tab, 'user')).toContainText('"orders, later"')

  await expect(row(tab, 'plain.js')).toContainText('not reached')
  await row(tab, 'plain.js').click()
  await expect(details(tab)).toContainText('does not import contextvars-devtools')
  await row(tab, 'of theirs').click()
  await expect(details(tab)).toContainText('Leave out the name')

  await tab.page.evaluate(() => workers.orders?.terminate())
  await expect(row(tab, 'orders')).toContainText('ended')
  await expect(row(tab, 'invoices')).toContainText('ended')
  await expect(row(tab, 'plain.js')).toBeHidden()
  await row(tab, 'invoices').click()
  await row(tab, 'task of invoices').click()
  await expect(value(tab, 'user')).toContainText('"invoices, later"')
})

visitor('a worker that a module worker makes is one as soon as its maker has its recorder', async ({ tab, origin }) => {
  await record(tab, origin)
  await expect(row(tab, 'prices')).toContainText(/[1-9] context/)
  await tell(tab, 'module', 'make')
  await row(tab, 'offers').click()
  await expect(details(tab)).toContainText(/since .* after it was opened/)
  await tell(tab, 'module', 'end')
  await expect(row(tab, 'offers')).toContainText('ended')
  await expect(row(tab, 'prices')).not.toContainText('ended')
})

visitor('a worker that states more than one batch holds is read to its end', async ({ tab, origin }) => {
  await record(tab, origin)
  await row(tab, 'stock').click()
  await row(tab, 'task of stock').waitFor()
  await tell(tab, 'classic', 'much')
  // A set and a reset each time.
  await expect(details(tab)).toContainText(/complete 1–60,0\d\d/, { timeout: 60_000 })
})

visitor('a worker that is not reached says why', async ({ tab, origin }) => {
  await record(tab, origin)
  const reasons: [name: string, why: string][] = [
    ['refused', 'Content Security Policy'],
    ['echo.js', 'does not import contextvars-devtools'],
    ['blob:', 'does not import contextvars-devtools'],
    ['of its own', 'Leave out the name'],
    ['data:', 'an origin of its own'],
    ['basket', 'Shared workers are not reached'],
  ]
  for (const [name, why] of reasons) {
    await expect(row(tab, name)).toContainText('not reached')
    await row(tab, name).click()
    await expect(details(tab)).toContainText(why)
  }
  expect(await violationsInEachLook(panelFrame(tab))).toEqual([])
  // What is shown beside is as it was.
  await expect(row(tab, 'base')).toBeVisible()
  await tab.page.evaluate(() => workers.echo?.terminate())
  await expect(row(tab, 'echo.js')).toBeHidden()
})

ownVisitor('neither the page nor a worker sees that it is recorded', async ({ tab, origin }) => {
  await tab.page.goto(`${origin}/`)
  const unrecorded = await reported(tab)
  await showPanel(tab)
  await reloadAndRecord(tab)
  await expect(row(tab, 'prices')).toContainText(/[1-9] context/)
  const recorded = await reported(tab)
  expect(recorded).toEqual(unrecorded)
  expect(unrecorded.module).toEqual([
    ['handler', expect.objectContaining({ inherited: 'nothing', name: '', hash: '' })],
    ['listener', expect.anything()],
  ])
  expect(unrecorded.orders?.[0]).toEqual([
    'handler',
    expect.objectContaining({
      isOne: true,
      made: expect.objectContaining({
        invoices: [['handler', expect.objectContaining({ inherited: 'nothing', name: '' })], expect.anything()],
        broken: [['error', 'Uncaught RangeError: broken', `${origin}/raw/broken.js`, 3, 'ErrorEvent']],
      }),
    }),
  ])
  expect(unrecorded.entry).toEqual([
    ['handler', { runs: 1, isSame: true, hash: '', name: '' }],
    ['listener', expect.anything()],
  ])
})

visitor('a worker that closed itself is silent, and what it told stays', async ({ tab, origin }) => {
  await record(tab, origin)
  await row(tab, 'stock').click()
  await row(tab, 'task of stock').waitFor()
  await tell(tab, 'classic', 'close')
  await expect(row(tab, 'stock')).toContainText('silent', { timeout: 60_000 })
  await expect(details(tab)).toContainText('has closed itself')
  await expect(row(tab, 'task of stock')).toBeVisible()
})
