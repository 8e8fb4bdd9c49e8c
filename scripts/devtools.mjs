// The one place that knows how to drive DevTools itself: opens a tab, finds the DevTools front-end beside it as an ordinary
// page, shows our panel there, sets breakpoints and steps. It leans on the front-end's own modules, which no standard holds.

import { setTimeout as moment } from 'node:timers/promises'
import { chromium } from 'playwright'

/**
 * @typedef {object} Tab
 * @property {import('playwright').Page} page the inspected page
 * @property {import('playwright').Page} devtools the DevTools front-end beside it
 * @property {import('playwright').FrameLocator} panel our panel in it
 * @property {import('playwright').FrameLocator} pane our pane in Sources
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
  return connect(browser, targetId, await frontEnd.opened)
}

/**
 * Closes DevTools, as a click on its cross does; the tab stays.
 * @param {import('./launch.mjs').Browser} browser
 * @param {Tab} tab
 */
export async function closeDevTools(browser, { devtools }) {
  const frontEndId = await targetOf(devtools)
  await browser.send('Target.closeTarget', { targetId: frontEndId })
  await until(async () => (await targets(browser)).every(({ targetId }) => targetId !== frontEndId))
}

/**
 * Opens DevTools again beside a tab from which it was gone.
 * @param {import('./launch.mjs').Browser} browser
 * @param {Tab} tab is of no use afterwards
 * @returns {Promise<Tab>}
 */
export async function reopenDevTools(browser, { page, disconnect }) {
  const targetId = await targetOf(page)
  await disconnect()
  const frontEnd = await watchForFrontEnd(browser)
  await browser.send('Target.openDevTools', { targetId })
  return connect(browser, targetId, await frontEnd.opened)
}

/**
 * @param {import('./launch.mjs').Browser} browser
 * @param {string} targetId of the tab
 * @param {string} frontEndId of DevTools beside it
 * @returns {Promise<Tab>}
 */
async function connect(browser, targetId, frontEndId) {
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
    pane: devtools.frameLocator('iframe[src$="/panel/pane.html"]'),
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
  await until(async () => (await targets(browser)).some(({ targetId, type }) => targetId === id && type === 'page'))
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
  return new Map(await Promise.all(pages.map(async (page) => /** @type {const} */ ([await targetOf(page), page]))))
}

/** @param {import('playwright').Page} page */
async function targetOf(page) {
  const session = await page.context().newCDPSession(page)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  await session.detach()
  return targetInfo.targetId
}

/** How often, and how long after each other in milliseconds, our panel is to be seen in front. */
const LOOKS = 4
const BETWEEN = 100

/** Front-ends that have started, and turn to nothing by themselves any more. @type {WeakSet<object>} */
const settled = new WeakSet()

/**
 * Brings our panel to the front, as a click on its tab does. While DevTools starts it may turn to a panel of its own once more.
 * @param {Tab} tab
 */
export async function showPanel({ devtools }) {
  const bring = async () => {
    for (let look = 0; look < LOOKS; look++) {
      if (!(await devtools.evaluate(bringToFront, LEGACY))) return false
      if (settled.has(devtools)) return true
      await moment(BETWEEN)
    }
    return true
  }
  try {
    await until(bring, PATIENCE / 2)
  } catch {
    // A front-end that was there before the extension was loaded has no panel of it until it is opened anew.
    await devtools.reload()
    await until(bring)
  }
  if (settled.has(devtools)) return
  settled.add(devtools)
  devtools.once('load', () => settled.delete(devtools))
}

/**
 * In the front-end. Answers whether our panel was in front already.
 * @param {string} path
 */
async function bringToFront(path) {
  const { ViewManager } = await import(path)
  const manager = ViewManager.ViewManager.instance()
  const views = [...manager.views.keys()]
  const ours = views.find((id) => id.startsWith('chrome-extension://'))
  // Not before DevTools has shown the first of its own: it would turn away from ours.
  if (!ours || !views.some((id) => manager.isViewVisible(id))) return false
  const wasInFront = manager.isViewVisible(ours)
  if (!wasInFront) await manager.showView(ours)
  return wasInFront
}

/**
 * Brings another panel to the front, by the id that DevTools gives it: `console`, `sources`.
 * @param {Tab} tab
 * @param {string} id
 */
export async function showView({ devtools }, id) {
  await devtools.evaluate(
    async ([path, id]) => {
      const { ViewManager } = await import(path)
      await ViewManager.ViewManager.instance().showView(id)
    },
    /** @type {const} */ ([LEGACY, id]),
  )
}

/**
 * Changes how DevTools looks, as its settings do.
 * @param {Tab} tab
 * @param {'default' | 'dark'} theme
 */
export async function wearTheme({ devtools }, theme) {
  await devtools.evaluate(
    async ([common, theme]) => {
      const { Settings } = await import(common)
      Settings.Settings.instance().moduleSetting('ui-theme').set(theme)
    },
    /** @type {const} */ (['./core/common/common.js', theme]),
  )
}

/**
 * Lets the Console show things as the page says, as its box in the settings of DevTools does.
 * @param {Tab} tab
 */
export async function allowFormatters({ devtools }) {
  await until(() =>
    devtools.evaluate(async (common) => {
      const { Settings } = await import(common)
      Settings.Settings.instance().moduleSetting('custom-formatters').set(true)
      return true
    }, './core/common/common.js'),
  )
}

/**
 * Unfolds our pane beside the code in Sources, as a click on its title does.
 * @param {Tab} tab
 */
export async function showPane(tab) {
  await showView(tab, 'sources')
  const title = paneTitle(tab)
  await title.waitFor()
  if ((await title.getAttribute('aria-expanded')) === 'false') await title.click()
}

/**
 * Folds it away again.
 * @param {Tab} tab
 */
export async function hidePane(tab) {
  const title = paneTitle(tab)
  if ((await title.getAttribute('aria-expanded')) === 'true') await title.click()
}

/** @param {Tab} tab */
const paneTitle = ({ devtools }) => devtools.getByRole('treeitem', { name: 'Context', exact: true })

/**
 * Takes a picture of the page with DevTools below it. Each can only photograph itself, so the one is hung into the other, where
 * the page is on a screen, for as long as the picture takes.
 * @param {Tab} tab
 * @param {string} path
 */
export async function takePicture({ page, devtools }, path) {
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
  const shot = await page.screenshot()
  const hung = await devtools.evaluateHandle(
    async ([source, width, height]) => {
      const image = new Image(width, height)
      image.src = source
      image.style.cssText = 'position: fixed; top: 0; left: 0; z-index: 1'
      await image.decode()
      document.body.append(image)
      return image
    },
    /** @type {const} */ ([`data:image/png;base64,${shot.toString('base64')}`, width, height]),
  )
  await devtools.screenshot({ path })
  await hung.evaluate((image) => image.remove())
}

/**
 * Sets a breakpoint as a click on the line number does. The line is told by its text, so that a test survives an edit of its
 * page.
 * @param {Tab} tab
 * @param {string} url
 * @param {string} text
 */
export async function breakAt({ devtools }, url, text) {
  const source = await (await fetch(url)).text()
  const line = source.split('\n').findIndex((line) => line.includes(text))
  if (line < 0) throw new Error(`${url} has no line with ${text}`)
  await until(() =>
    devtools.evaluate(
      async ([sdk, url, line]) => {
        const { TargetManager, DebuggerModel } = await import(sdk)
        const [model] = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
        return ((await model?.setBreakpointByURL(url, line))?.locations.length ?? 0) > 0
      },
      /** @type {const} */ ([SDK, url, line]),
    ),
  )
}

/**
 * Waits for the page to pause and for Sources to show it, and answers where.
 * @param {Tab} tab
 * @returns {Promise<{ url: string, line: number, text: string }>}
 */
export function paused({ devtools }) {
  return until(() =>
    devtools.evaluate(
      async ([sdk, legacy]) => {
        const { TargetManager, DebuggerModel } = await import(sdk)
        const { ViewManager } = await import(legacy)
        const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
        const [frame] =
          models.find((/** @type {any} */ model) => model.isPaused())?.debuggerPausedDetails()?.callFrames ?? []
        if (!frame || !ViewManager.ViewManager.instance().isViewVisible('sources')) return null
        const { lineNumber } = frame.location()
        const { text } = await frame.script.requestContentData()
        return { url: frame.script.sourceURL, line: lineNumber + 1, text: text.split('\n')[lineNumber] ?? '' }
      },
      /** @type {const} */ ([SDK, LEGACY]),
    ),
  )
}

/**
 * The text of the line of every frame of the pause, innermost first, but for those that a person is not shown: they are on the ignore
 * list.
 * @param {Tab} tab
 * @returns {Promise<{ url: string, text: string }[]>}
 */
export function pausedStack({ devtools }) {
  return devtools.evaluate(
    async ([sdk, bindings, workspace]) => {
      const { TargetManager, DebuggerModel } = await import(sdk)
      const { DebuggerWorkspaceBinding } = await import(bindings)
      const { IgnoreListManager } = await import(workspace)
      const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
      const model = models.find((/** @type {any} */ model) => model.isPaused())
      const shown = []
      for (const frame of model?.debuggerPausedDetails()?.callFrames ?? []) {
        const place = await DebuggerWorkspaceBinding.DebuggerWorkspaceBinding.instance().rawLocationToUILocation(
          frame.location(),
        )
        if (place === null) continue
        if (
          IgnoreListManager.IgnoreListManager.instance().isUserOrSourceMapIgnoreListedUISourceCode(place.uiSourceCode)
        ) {
          continue
        }
        const { text } = await place.uiSourceCode.requestContentData()
        shown.push({ url: place.uiSourceCode.url(), text: text.split('\n')[place.lineNumber] ?? '' })
      }
      return shown
    },
    /** @type {const} */ ([SDK, './models/bindings/bindings.js', './models/workspace/workspace.js']),
  )
}

/**
 * Has the front-end keep when the page pauses, by the clock on the wall. Returns what tells of the last time.
 * @param {Tab} tab
 * @returns {Promise<() => Promise<number>>}
 */
export async function watchPauses({ devtools }) {
  const moment = await devtools.evaluateHandle(async (sdk) => {
    const { TargetManager, DebuggerModel } = await import(sdk)
    const [model] = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
    const last = { at: Number.NaN }
    const note = () => {
      last.at = Date.now()
    }
    model.addEventListener(DebuggerModel.Events.DebuggerPaused, note)
    return last
  }, SDK)
  return () => moment.evaluate(({ at }) => at)
}

/**
 * Waits for Sources to show a file, and answers the line that is highlighted there.
 * @param {Tab} tab
 * @returns {Promise<{ url: string, text: string }>}
 */
export function openSource({ devtools }) {
  return until(() =>
    devtools.evaluate(async (sources) => {
      const { SourcesPanel } = await import(sources)
      const view = SourcesPanel.SourcesPanel.instance().sourcesView()
      const editor = view.currentSourceFrame()?.textEditor
      if (!editor?.state.doc.length) return null
      return {
        url: view.currentUISourceCode().url(),
        text: editor.state.doc.lineAt(editor.state.selection.main.head).text,
      }
    }, './panels/sources/sources.js'),
  )
}

/**
 * Goes on from a pause: to the next breakpoint, or into the next statement. Over when this pause is.
 * @param {Tab} tab
 * @param {'resume' | 'stepInto'} how
 */
export async function goOn({ devtools }, how) {
  await devtools.evaluate(
    async ([sdk, how]) => {
      const { TargetManager, DebuggerModel } = await import(sdk)
      const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel)
      const model = models.find((/** @type {any} */ model) => model.isPaused())
      if (!model) throw new Error('The page is not paused.')
      const over = new Promise((resolve) =>
        model.addEventListener(DebuggerModel.Events.DebuggerResumed, resolve, undefined),
      )
      model[how]()
      await over
    },
    /** @type {const} */ ([SDK, how]),
  )
}

const SDK = './core/sdk/sdk.js'
const LEGACY = './ui/legacy/legacy.js'

/** How long DevTools may take to do what was asked of it. */
const PATIENCE = 60_000

/**
 * Asks again and again until the answer is something: while DevTools loads, there is not yet all to ask. (Playwright's own waiting runs
 * beside the page's modules, not in them.)
 * @template T
 * @param {() => Promise<T>} ask
 * @param {number} [patience] in milliseconds
 * @returns {Promise<NonNullable<T>>}
 */
async function until(ask, patience = PATIENCE) {
  const deadline = performance.now() + patience
  for (;;) {
    let cause
    const answer = await ask().catch((error) => {
      cause = error
    })
    if (answer) return answer
    if (performance.now() > deadline) throw new Error(`DevTools did not get there in time: ${ask}`, { cause })
    await moment(20)
  }
}
