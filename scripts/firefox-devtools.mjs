// The one place that knows how to drive Firefox's DevTools: starts it with the extension, opens DevTools beside its tab, shows our panel, and
// reaches into both.

import { connectBidi } from './bidi.mjs'
import { Place, until } from './bidi-place.mjs'
import { readyWithin, startFirefox } from './firefox.mjs'
import * as inside from './inside-firefox.mjs'

/**
 * @typedef {object} FirefoxTab
 * @property {Place} page
 * @property {Place} panel our panel in DevTools beside it
 * @property {(url: string) => Promise<void>} visit
 * @property {() => Promise<void>} showPanel
 * @property {() => Promise<boolean>} isPaused whether the page stands at a breakpoint, in sight of the person
 * @property {() => Promise<void>} resume
 * @property {(theme: 'light' | 'dark') => Promise<void>} wear has DevTools look like that
 * @property {(act: () => Promise<unknown>) => Promise<string>} saved the file that something saves
 * @property {() => Promise<string>} clipboard its text
 * @property {() => Promise<string[]>} errors what any page of an extension complained about
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} executable
 * @param {string} extension its archive
 * @param {string} site the only one that is reached
 * @param {string} downloads a folder
 * @returns {Promise<FirefoxTab>} with DevTools beside it, open on the panel
 */
export async function openFirefox(executable, extension, site, downloads) {
  const firefox = await startFirefox(executable, site, {
    flags: ['--remote-debugging-port=0', '--remote-allow-system-access'],
    preferences: {
      'browser.download.dir': downloads,
      'browser.download.folderList': 2,
      'devtools.toolbox.footer.height': 560,
      'devtools.toolbox.host': 'bottom',
    },
  })
  const listening = firefox.said(/WebDriver BiDi listening on (ws:\S+)/)
  const [, address = ''] = await readyWithin(firefox, listening, 'was not ready')
  return readyWithin(firefox, openTab(firefox, address, extension, site), 'did not show the panel')
}

/**
 * @param {import('./firefox.mjs').Firefox} firefox
 * @param {string} address
 * @param {string} extension
 * @param {string} site
 * @returns {Promise<FirefoxTab>}
 */
async function openTab({ close }, address, extension, site) {
  const bidi = await connectBidi(address)
  const top = async (scope = {}) => (await bidi.send('browsingContext.getTree', scope)).contexts[0].context
  const browser = new Place(bidi, await top({ 'moz:scope': 'chrome' }))
  const page = new Place(bidi, await top())
  const visit = (/** @type {string} */ url) => page.visit(url)
  const showPanel = async () => {
    await until(() => browser.run(inside.selectPanel))
  }

  await bidi.send('webExtension.install', { extensionData: { type: 'archivePath', path: extension } })
  await bidi.send('session.subscribe', { events: ['browsingContext.downloadEnd'] })
  await visit(site)
  await browser.run(inside.openToolbox)
  await showPanel()
  const panel = new Place(bidi, await until(() => browser.run(inside.introducePanel)))
  return {
    page,
    panel,
    visit,
    showPanel,
    isPaused: () => browser.run(inside.isPaused),
    resume: () => browser.run(inside.resume),
    wear: (theme) => browser.run(inside.wearTheme, theme),
    clipboard: () => browser.run(inside.clipboardText),
    errors: () => browser.run(inside.complaints),
    async saved(act) {
      /** @type {Promise<{ status: string, filepath: string }>} */
      const ended = new Promise((resolve) => {
        const end = bidi.on('browsingContext.downloadEnd', (params) => {
          end()
          resolve(params)
        })
      })
      await act()
      const { status, filepath } = await ended
      if (status !== 'complete') throw new Error(`The download is ${status}.`)
      return filepath
    },
    close,
  }
}
