// The page in which cases run: one tab for all of them, loaded afresh for each, recorded by the script that the extension injects.

import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { openTab } from '../../../scripts/devtools.mjs'
import { serve } from '../../../scripts/serve.mjs'
import { root } from '../../../scripts/steps.mjs'
import type { State } from '../../pages/cases/main'
import { bundle } from '../harness/bundle'
import { journey } from '../harness/journey'
import { serveEcho } from './echo'

/** Answers in two pieces. */
function trickle(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 8 })
  response.write('half')
  setTimeout(() => response.end('half'), 20)
}

/** One event, and then the end, which an EventSource takes for a failure. */
function events(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: text\n\n')
}

type RunCase = (title: string, state: State) => Promise<void>

export const inChromium = journey.extend(
  'runCase',
  { scope: 'file' },
  async ({ browser, dist }, { onCleanup }): Promise<RunCase> => {
    const injected = join(root, 'test/pages/cases/injected.ts')
    const alias = [{ find: /^contextvars-devtools(\/async)?$/, replacement: injected }]
    const pages = await bundle(dist, 'cases', ['index.html'], { alias })
    const routes: Record<string, (response: ServerResponse) => void> = {
      '/trickle': trickle,
      '/events': events,
    }
    const site = await serve({ '/runtime/': join(dist, 'runtime'), '/': pages }, ({ pathname }, response) => {
      routes[pathname]?.(response)
      return pathname in routes
    })
    const echo = await serveEcho()
    const tab = await openTab(browser)
    const session = await tab.page.context().newCDPSession(tab.page)
    await tab.page.exposeFunction('collectGarbage', async () => {
      await session.send('HeapProfiler.collectGarbage')
    })
    onCleanup(async () => {
      await tab.close()
      await Promise.all([site.close(), echo.close()])
    })
    return async (...which) => {
      await tab.page.goto(site.origin)
      await tab.page.evaluate((call) => globalThis.runCase(...call), [...which, echo.address] as const)
    }
  },
)
