// Shows the panel at work: opens the demo in a browser with the extension loaded and DevTools open on the panel, recording from
// before the page's first script. Without a display it does the same unseen, and tells what the panel shows.

import './node-version.mjs'
import { mkdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { root, script, step } from './steps.mjs'

const { env, platform } = process
const headless = !(platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY)
const output = join(root, 'test/.output/start')

/** What a person might press first, pressed for one who cannot. */
const PRESSED = ['Three at once', 'Forgotten reset', 'Token used twice']

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
  const { takePicture } = await import('./devtools.mjs')
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  for (const name of PRESSED) await tab.page.getByRole('button', { name, exact: true }).click()
  const problems = tab.panel.getByRole('region', { name: 'Problems' })
  for (const title of PRESSED.slice(1)) await problems.getByRole('button', { name: title }).first().waitFor()

  const screenshot = join(output, 'panel.png')
  await takePicture(tab, screenshot)
  const snapshot = await exportRecording(browser, tab, output)
  console.log(`\nThere is no display. After ${PRESSED.map((name) => `“${name}”`).join(', ')}, the panel shows:\n`)
  const { run } = await import(pathToFileURL(join(root, 'dist/cli.js')).href)
  const { stdout, stderr } = process
  await run(['report', snapshot], {
    out: (/** @type {string} */ text) => stdout.write(text),
    error: (/** @type {string} */ text) => stderr.write(text),
  })
  console.log(`\nScreenshot: ${relative(root, screenshot)}\nSnapshot:   ${relative(root, snapshot)}`)
}
