// Every API of the web that calls back, in Chromium, under each event policy. The tables are in web-cases/, and beside them
// what cannot be driven.

import { type Browser, chromium } from 'playwright'
import { describe, expect, test } from 'vitest'
import type { EventPolicy } from '../../runtime/async'
import { findBrowser } from '../../scripts/browser.mjs'
import { serve } from '../../scripts/serve.mjs'
import { root } from '../../scripts/steps.mjs'
import { serveSocket } from './harness/socket'
import type { Said, WebCase } from './web-cases/case'
import { devices } from './web-cases/devices'
import { documents } from './web-cases/document'
import { events } from './web-cases/events'
import { observers } from './web-cases/observers'
import { reports } from './web-cases/reports'
import { scheduling } from './web-cases/scheduling'

const POLICIES = ['cause', 'registration', 'dispatch'] as const
const cases = { ...scheduling, ...events, ...reports, ...documents, ...observers, ...devices }

const saidUnder = (policy: EventPolicy, said: Said): string => ('always' in said ? said.always : said[policy])

const webTest = test
  .extend('dist', { scope: 'file' }, `${root}/dist`)
  .extend('executable', { scope: 'file' }, findBrowser)
  .extend('site', { scope: 'file' }, async ({ dist }, { onCleanup }) => {
    const mounts = { '/runtime/': `${dist}/runtime`, '/': `${root}/test/pages` }
    const [site, socket] = await Promise.all([
      serve(mounts, (url, response) => {
        // What stands at `/never` is waited for; a stream of events has one.
        if (url.pathname === '/events')
          response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: 1\n\n')
        return ['/events', '/never'].includes(url.pathname)
      }),
      serveSocket(),
    ])
    onCleanup(async () => {
      await Promise.all([site.close(), socket.close()])
    })
    return { origin: site.origin, socket: socket.address }
  })
  .extend('browser', { scope: 'file' }, async ({ executable }, { onCleanup }): Promise<Browser> => {
    const browser = await chromium.launch({
      executablePath: executable,
      args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    })
    onCleanup(() => browser.close())
    return browser
  })
  .extend('outcome', { scope: 'file' }, async ({ browser, site }) => {
    const pages = new Map(
      await Promise.all(
        POLICIES.map(async (policy) => {
          const context = await browser.newContext({ geolocation: { latitude: 0, longitude: 0 } })
          await context.grantPermissions(['geolocation', 'notifications', 'microphone'])
          const page = await context.newPage()
          await page.goto(`${site.origin}/web-apis/?events=${policy}&socket=${site.socket}`)
          return [policy, page] as const
        }),
      ),
    )
    return async (policy: EventPolicy, { body, act }: WebCase): Promise<unknown> => {
      const page = pages.get(policy)
      if (page === undefined) throw new Error(`There is no page for ${policy}.`)
      await page.bringToFront()
      const [said] = await Promise.all([page.evaluate(`runCase(${String(body)})`), act?.(page)])
      return said
    }
  })

describe.each(POLICIES)('under %s', (policy) => {
  webTest.for(Object.entries(cases))('%s', async ([, each], { outcome }) => {
    expect(await outcome(policy, each)).toBe(saidUnder(policy, each))
  })
})

test('no case of the web is forgotten', () => {
  const ids = Array.from({ length: 40 }, (_, n) => `WB-${String(n + 1).padStart(2, '0')}`)
  const tested = new Set(Object.keys(cases).map((name) => name.slice(0, 'WB-00'.length)))
  expect(ids.filter((id) => !tested.has(id))).toEqual([])
})
