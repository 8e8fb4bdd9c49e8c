// Shows the panel at work: opens the demo in a browser with the extension loaded and DevTools open on the panel, recording from
// before the page's first script. Without a display it does the same unseen, and tells what the panel shows.

import './node-version.mjs'
import { mkdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { findBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { root, run, script, step } from './steps.mjs'

const { env, platform } = process
const headless = !(platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY)
const output = join(root, 'test/.output/start')

/** @type {(() => Promise<void>)[]} what was opened, newest first */
const closers = []

await script(async () => {
  await install()
  const executable = await findBrowser()
  await build()
  // These stand on packages that may only have come with the install.
  const { launch } = await import('./launch.mjs')
  const { openTab, showPanel } = await import('./devtools.mjs')
  const { reloadAndRecord } = await import('./panel.mjs')
  const { serveDemo } = await import('./demo-server.mjs')

  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve)
  })
  try {
    const demo = await serveDemo()
    closers.unshift(demo.close)
    const browser = await launch({ executable, headless, extension: join(root, 'dist/extension') })
    closers.unshift(browser.close)
    await step('Open the demo and record it', async () => {
      const tab = await openTab(browser)
      await tab.page.goto(demo.origin)
      await showPanel(tab)
      await reloadAndRecord(tab)
      if (headless) await tell(browser, tab)
      await tab.disconnect()
    })
    if (headless) return
    console.log(`\nThe demo is at ${demo.origin}, the panel beside it. Close the browser or press Ctrl-C to end.`)
    await Promise.race([interrupted, browser.exited])
  } finally {
    for (const close of closers) await close()
  }
})

/**
 * @param {import('./launch.mjs').Browser} browser
 * @param {import('./devtools.mjs').Tab} tab
 */
async function tell(browser, tab) {
  const { exportRecording } = await import('./panel.mjs')
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  await tab.panel.getByRole('treeitem', { name: /^Alice/ }).waitFor()
  const screenshot = join(output, 'panel.png')
  await tab.devtools.screenshot({ path: screenshot })
  const snapshot = await exportRecording(browser, tab, output)
  console.log('\nThere is no display, so this is what the panel shows:\n')
  await run(process.execPath, ['dist/cli.js', 'report', snapshot])
  console.log(`\nScreenshot: ${relative(root, screenshot)}\nSnapshot:   ${relative(root, snapshot)}`)
}
