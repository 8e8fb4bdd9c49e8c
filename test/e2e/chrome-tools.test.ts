// Chrome's own tools, asked by their protocol: the tracks are in a trace that was recorded, and the Console shows what the formatter says.

import { join } from 'node:path'
import { type CDPSession, chromium, type Page } from 'playwright'
import { beforeAll, expect, test } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'

let page: Page
let session: CDPSession

beforeAll(async () => {
  const site = await serve({ '/dist/': join(root, 'dist'), '/': join(root, 'test/pages') })
  const browser = await chromium.launch({ executablePath: await findBrowser() })
  page = await browser.newPage()
  await page.goto(`${site.origin}/chrome-tools/`)
  await page.waitForFunction(() => 'work' in globalThis)
  session = await page.context().newCDPSession(page)
  return async () => {
    await browser.close()
    await site.close()
  }
})

interface TraceEvent {
  name: string
  args: {
    data?: {
      name?: string
      start?: number | string
      end?: number | string
      track?: string
      trackGroup?: string
      color?: string
    }
  }
}

/** What a recording of the Performance panel has of this name. */
async function traced(name: string, work: () => Promise<unknown>): Promise<NonNullable<TraceEvent['args']['data']>[]> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: unknown[] }) => events.push(...(value as TraceEvent[]))
  session.on('Tracing.dataCollected', collect)
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.start', { categories: 'devtools.timeline', transferMode: 'ReportEvents' } as never)
  await work()
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', collect)
  return events.flatMap((event) => (event.name === name && event.args.data !== undefined ? [event.args.data] : []))
}

test('tasks, runs, values and errors are tracks of a recording, as long as somebody wants them', async () => {
  const entries = await traced('TimeStamp', () => page.evaluate('work()'))
  const ours = entries.filter(({ trackGroup }) => trackGroup === 'Contextvars')
  const told = ours.map(({ track, name, color }) => `${track}: ${name}, ${color}`)
  expect(told.sort()).toEqual([
    'Callbacks: setTimeout, tertiary',
    'Errors: user: reset refused, used, error',
    'Runs: copyContext, secondary',
    'Tasks: Alice, primary',
    'Tasks: Bob, error',
    'Values: user = "ada", secondary-light',
  ])
  const [alice] = ours.filter(({ name }) => name === 'Alice')
  // Microseconds: as long as it slept, and before it was told.
  const took = (Number(alice?.end) - Number(alice?.start)) / 1000
  expect(took).toBeGreaterThan(25)
  expect(took).toBeLessThan(5_000)
  const after = await traced('TimeStamp', () => page.evaluate('stopTracks(), quiet()'))
  expect(after.filter(({ trackGroup }) => trackGroup === 'Contextvars')).toEqual([])
  // The page's own timeline has none of it.
  expect(await page.evaluate(() => performance.getEntriesByType('measure').length)).toBe(0)
})

test('the Console shows variables, contexts and tokens by what they are', async () => {
  await session.send('Runtime.enable')
  await session.send('Runtime.setCustomObjectFormatterEnabled', { enabled: true })
  const shown = async (expression: string) => {
    const { result } = await session.send('Runtime.evaluate', { expression, generatePreview: true })
    const { header, bodyGetterId } = result.customPreview ?? { header: 'null' }
    if (bodyGetterId === undefined) return [text(JSON.parse(header))]
    const body = await session.send('Runtime.callFunctionOn', {
      objectId: result.objectId as string,
      functionDeclaration: 'function (body) { return body.call(this) }',
      arguments: [{ objectId: bodyGetterId }],
      returnByValue: true,
    })
    return [text(JSON.parse(header)), text(body.result.value)]
  }
  expect(await shown('user')).toEqual(['ContextVar user = {string "nobody"} (default)'])
  expect(await shown('full')).toEqual([
    expect.stringMatching(/^Context #\d+ \(1 variable\)$/),
    'user: {string "grace"}',
  ])
  expect(await shown('token')).toEqual([
    'Token of user (used)',
    expect.stringMatching(/^variable: .*old value: not set/),
  ])
  expect(await shown('({ plain: true })')).toEqual(['null'])
})

/** As a person reads it; a value stands as what the Console knows of it. */
function text(markup: unknown): string {
  if (!Array.isArray(markup)) return String(markup)
  const [tag, attributes, ...children] = markup
  if (tag === 'object') return `{${attributes.type} ${JSON.stringify(attributes.value)}}`
  return children.map(text).join('')
}
