// What the extension does to a page: nothing to one that is not recorded, and nothing that keeps alive what a recorded one lets go.

import { expect } from 'playwright/test'
import { HOOK_KEY, OUTLET_KEY } from '../../runtime/protocol'
import { showPanel, showView, type Tab } from '../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, visit } from './harness/journey'
import { row, status } from './harness/panel'

/** Everything that somebody could leave in a page: properties, listeners, timers, workers. */
async function traces(tab: Tab): Promise<unknown> {
  const session = await tab.page.context().newCDPSession(tab.page)
  try {
    const { result } = await session.send('Runtime.evaluate', { expression: 'window' })
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' })
    const { targetInfos } = await session.send('Target.getTargets')
    return {
      listeners: listeners.map(({ type }) => type),
      workers: targetInfos.filter(({ type }) => type.includes('worker')).map(({ url }) => url),
      properties: await tab.page.evaluate(() => Reflect.ownKeys(globalThis).map(String).sort()),
      replaced: await tab.page.evaluate(() =>
        [setTimeout, setInterval, queueMicrotask, Promise.prototype.then, EventTarget.prototype.addEventListener]
          .map(String)
          .filter((source) => !source.includes('[native code]')),
      ),
    }
  } finally {
    await session.detach()
  }
}

/** Evaluations meanwhile that ask for a recorder or a runtime, as the panel does. */
async function questions(tab: Tab, meanwhile: () => Promise<unknown>): Promise<string[]> {
  const session = await tab.page.context().newCDPSession(tab.page)
  const sources: Promise<{ scriptSource: string }>[] = []
  await session.send('Debugger.enable')
  session.on('Debugger.scriptParsed', ({ url, scriptId }) => {
    if (url === '') sources.push(session.send('Debugger.getScriptSource', { scriptId }))
  })
  await meanwhile()
  const found = (await Promise.all(sources)).map(({ scriptSource }) => scriptSource)
  await session.detach()
  return found.filter((source) => source.includes(OUTLET_KEY) || source.includes(HOOK_KEY))
}

/** For longer than any pace of the panel. */
const aWhile = (tab: Tab) => tab.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)))

journey('a page that is not recorded is not touched, with the panel open or not', async ({ tab, site }) => {
  await tab.page.goto(`${site.origin}/plain/`)
  const before = await traces(tab)
  await showView(tab, 'console')
  expect(await traces(tab)).toEqual(before)
  await showPanel(tab)
  await expect(tab.panel.getByRole('heading', { name: 'No contexts here' })).toBeVisible()
  expect(await traces(tab)).toEqual(before)
  // The panel looks whether a runtime came, and leaves nothing.
  expect((await questions(tab, () => aWhile(tab))).length).toBeGreaterThan(0)
  expect(await traces(tab)).toEqual(before)
})

journey('while the panel is not opened, nothing of ours runs in any page', async ({ tab, site }) => {
  await tab.page.goto(`${site.origin}/own-runtime/`)
  await showView(tab, 'console')
  expect(
    await questions(tab, async () => {
      await tab.page.getByRole('button', { name: 'Order' }).click()
      await aWhile(tab)
    }),
  ).toEqual([])
  expect(await tab.page.evaluate((key) => key in globalThis, OUTLET_KEY)).toBe(false)
})

journey('what a recorded page lets go is collected, with the panel open', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/bursts/`)
  await reloadAndRecord(tab)
  await tab.page.evaluate(() => {
    const { ContextVar, copyContext } = globalThis as unknown as typeof import('contextvars-devtools')
    const held = new ContextVar('held')
    const collected: string[] = []
    const registry = new FinalizationRegistry<string>((name) => collected.push(name))
    const make = (name: string) => {
      const [context, value] = [copyContext(), { name }]
      const token = context.run(() => held.set(value))
      for (const [what, thing] of Object.entries({ context, value, token })) registry.register(thing, `${name} ${what}`)
      return () => [context, token]
    }
    make('let go')
    Object.assign(globalThis, { collected, kept: make('kept') })
  })
  await row(tab, 'copy').first().waitFor()
  const session = await tab.page.context().newCDPSession(tab.page)
  const collected = async () => {
    await session.send('HeapProfiler.collectGarbage')
    return tab.page.evaluate(() => (Reflect.get(globalThis, 'collected') as string[]).slice().sort())
  }
  await expect.poll(collected).toEqual(['let go context', 'let go token', 'let go value'])
  // And the panel is told so.
  await expect(tab.panel.getByText('collected').first()).toBeVisible()
  await expect(status(tab)).toContainText('complete')
})
