// What is asked of Firefox itself, where no standard leads: each of these functions is sent to its window as it stands, and leans on modules
// that are the browser's own.

/** @returns {Promise<void>} */
export async function openToolbox() {
  const window = /** @type {any} */ (globalThis)
  const loader = window.ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
  const { gDevTools } = loader.require('devtools/client/framework/devtools')
  window.toolbox = await gDevTools.showToolboxForTab(window.gBrowser.selectedTab, { toolId: 'webconsole' })
}

/** @returns {Promise<boolean>} false while the extension has not made it */
export async function selectPanel() {
  const { toolbox } = /** @type {any} */ (globalThis)
  const isOurs = (/** @type {{ id: string }} */ { id }) => id.startsWith('webext-devtools-panel-')
  const tool = toolbox.getAdditionalTools().find(isOurs)
  if (tool === undefined) return false
  await toolbox.selectTool(tool.id)
  return true
}

/**
 * BiDi looks for documents in tabs alone: it is told of the panel's.
 * @returns {string | null} what BiDi calls it; null while there is none
 */
export function introducePanel() {
  const { toolbox, ChromeUtils } = /** @type {any} */ (globalThis)
  const frame = toolbox.doc.getElementById(`toolbox-panel-iframe-${toolbox.currentToolId}`)
  const panel = frame?.contentDocument?.querySelector('browser')
  if (!panel?.currentURI?.spec.endsWith('/panel/index.html')) return null
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs')
  panel.permanentKey = {}
  const name = NavigableManager.getIdForBrowser(panel)
  const { getBrowserById } = NavigableManager
  NavigableManager.getBrowserById = (/** @type {string} */ id) =>
    id === name ? panel : getBrowserById.call(NavigableManager, id)
  return name
}

/** @returns {boolean} */
export function isPaused() {
  const { toolbox } = /** @type {any} */ (globalThis)
  return toolbox.threadFront?.paused === true && toolbox.currentToolId === 'jsdebugger'
}

/** @returns {Promise<void>} */
export async function resume() {
  await /** @type {any} */ (globalThis).toolbox.threadFront.resume()
}

/** @param {'light' | 'dark'} theme */
export function wearTheme(theme) {
  const { Services } = /** @type {any} */ (globalThis)
  Services.prefs.setCharPref('devtools.theme', theme)
}

/** @returns {Promise<string>} */
export async function clipboardText() {
  const { navigator } = /** @type {any} */ (globalThis)
  return navigator.clipboard.readText()
}

/** @returns {string[]} */
export function complaints() {
  const { Services, Ci } = /** @type {any} */ (globalThis)
  /** @type {{ errorMessage: string, sourceName: string, lineNumber: number, flags: number }[]} */
  const errors = Services.console
    .getMessageArray()
    .filter((/** @type {unknown} */ one) => one instanceof Ci.nsIScriptError)
  return errors
    .filter(
      ({ sourceName, flags }) => sourceName.startsWith('moz-extension:') && !(flags & Ci.nsIScriptError.warningFlag),
    )
    .map(({ errorMessage, sourceName, lineNumber }) => `${errorMessage} (${sourceName}:${lineNumber})`)
}
