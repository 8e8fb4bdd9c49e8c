// The one place that knows how to drive DevTools itself: opens a tab, finds the DevTools front-end beside it as an ordinary
// page, shows our panel there, sets breakpoints and steps. It leans on the front-end's own modules, which no standard holds.

import { setTimeout as moment } from 'node:timers/promises'
import { chromium } from 'playwright'

/**
 * @typedef {object} Tab
 * @property {import('playwright').Page} page the inspected page
 * @property {import('playwright').Page} devtools the DevTools front-end beside it
 * @property {import('playwright').FrameLocator} panel our panel in it
 * @property {() => Promise<void>} disconnect leaves the tab to the person
 * @property {() => Promise<void>} close
 */

/**
 * Opens an empty tab with DevTools beside it.
 * @param {import('./launch.mjs').Browser} browser
 * @returns {Promise<Tab>}
 */
export async function openTab(browser) {
  const frontEnd = await watchForFrontEnd(browser)
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' })
  const frontEndId = await frontEnd.opened
  // Playwright overlooks a front-end that comes while it is connected, so it connects now.
  const connection = await chromium.connectOverCDP(browser.endpoint)
  const pages = await pagesByTarget(connection)
  const page = pages.get(targetId)
  const devtools = pages.get(frontEndId)
  if (!page || !devtools) throw new Error('The tab was closed while DevTools opened.')
  return {
    page,
    devtools,
    panel: devtools.frameLocator('iframe[src$="/panel/index.html"]'),
    disconnect: () => connection.close(),
    async close() {
      await connection.close()
      await browser.send('Target.closeTarget', { targetId }).catch(() => {})
    },
  }
}

/**
 * @param {import('./launch.mjs').Browser} browser
 * @returns {Promise<{ opened: Promise<string> }>} the target of the next front-end that opens
 */
async function watchForFrontEnd(browser) {
  const known = new Set((await targets(browser)).map(({ targetId }) => targetId))
  /** @type {Promise<string>} */
  const seen = new Promise((resolve) => {
    const end = browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (!targetInfo.url.startsWith('devtools://') || known.has(targetInfo.targetId)) return
      end()
      resolve(targetInfo.targetId)
    })
  })
  await browser.send('Target.setDiscoverTargets', { discover: true })
  return { opened: seen.then((id) => becomesPage(browser, id)) }
}

/**
 * A front-end starts as something else and becomes a page once it is docked, of which no event tells.
 * @param {import('./launch.mjs').Browser} browser
 * @param {string} id
 */
async function becomesPage(browser, id) {
  while (!(await targets(browser)).some(({ targetId, type }) => targetId === id && type === 'page')) await moment(20)
  return id
}

/**
 * @param {import('./launch.mjs').Browser} browser
 * @returns {Promise<TargetInfo[]>}
 */
async function targets(browser) {
  return (await browser.send('Target.getTargets')).targetInfos
}

/** @typedef {{ type: string, url: string, targetId: string }} TargetInfo */

/** @param {import('playwright').Browser} connection */
async function pagesByTarget(connection) {
  const pages = connection.contexts().flatMap((context) => context.pages())
  const entries = pages.map(async (page) => {
    const session = await page.context().newCDPSession(page)
    const { targetInfo } = await session.send('Target.getTargetInfo')
    await session.detach()
    return /** @type {const} */ ([targetInfo.targetId, page])
  })
  return new Map(await Promise.all(entries))
}

/**
 * Brings our panel to the front, as a click on its tab does.
 * @param {Tab} tab
 */
export async function showPanel({ devtools }) {
  await devtools.waitForFunction(
    async (path) => {
      const { ViewManager } = await import(path)
      const manager = ViewManager.ViewManager.instance()
      const ours = [...manager.views.keys()].find((id) => id.startsWith('chrome-extension://'))
      if (ours) await manager.showView(ours)
      return ours
    },
    './ui/legacy/legacy.js',
    { polling: 50 },
  )
}

/**
 * Sets a breakpoint as a click on the line number does. Lines count from 1; the line itself is told by its text, so that a test
 * survives an edit of its page.
 * @param {Tab} tab
 * @param {string} url
 * @param {string} text
 */
export async function breakAt({ devtools }, url, text) {
  await devtools.evaluate(
    async ([sdk, url, text]) => {
      const { TargetManager, DebuggerModel } = await import(sdk)
      const lines = (await (await fetch(url)).text()).split('\n')
      const line = lines.findIndex((line) => line.includes(text))
      if (line < 0) throw new Error(`${url} has no line with ${text}`)
      const [model] = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
      const { locations } = await model.setBreakpointByURL(url, line)
      if (locations.length === 0) throw new Error(`No code was found at line ${line + 1} of ${url}`)
    },
    /** @type {const} */ ([SDK, url, text]),
  )
}

/**
 * Waits for the page to pause, and answers where.
 * @param {Tab} tab
 */
export async function paused({ devtools }) {
  const where = await devtools.waitForFunction(
    async (sdk) => {
      const { TargetManager, DebuggerModel } = await import(sdk)
      const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
      const [frame] =
        models.find((/** @type {any} */ model) => model.isPaused())?.debuggerPausedDetails()?.callFrames ?? []
      return frame && { url: frame.script.sourceURL, line: frame.location().lineNumber + 1 }
    },
    SDK,
    { polling: 50 },
  )
  return where.jsonValue()
}

/**
 * Goes on from a pause: to the next breakpoint, or into the next statement.
 * @param {Tab} tab
 * @param {'resume' | 'stepInto'} how
 */
export async function goOn({ devtools }, how) {
  await devtools.evaluate(
    async ([sdk, how]) => {
      const { TargetManager, DebuggerModel } = await import(sdk)
      const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
      models.find((/** @type {any} */ model) => model.isPaused())?.[how]()
    },
    /** @type {const} */ ([SDK, how]),
  )
}

const SDK = './core/sdk/sdk.js'
