// Takes the pictures of the README, of the built panel beside the built demo: `npm run build && node docs/pictures.mjs`.

import { join } from 'node:path'
import { findBrowser } from '../scripts/browser.mjs'
import { serveDemo } from '../scripts/demo-server.mjs'
import { openTab, showPanel } from '../scripts/devtools.mjs'
import { launch } from '../scripts/launch.mjs'
import { reloadAndRecord } from '../scripts/panel.mjs'
import { root, script, step } from '../scripts/steps.mjs'

await script(async () => {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    await step(`The panel, ${theme}`, () => picture(theme))
  }
})

/** @param {'light' | 'dark'} theme */
async function picture(theme) {
  const executable = await findBrowser()
  const extension = join(root, 'dist/extension')
  const demo = await serveDemo()
  const browser = await launch({ executable, extension, headless: true, theme: theme === 'dark' ? 'dark' : 'default' })
  try {
    const tab = await openTab(browser)
    const { page, devtools, panel } = tab
    await devtools.setViewportSize({ width: 1280, height: 1300 })
    await page.goto(demo.origin)
    await showPanel(tab)
    await reloadAndRecord(tab)
    for (const name of ['New request', 'Token used twice', 'Forgotten reset']) {
      await page.getByRole('button', { name }).click()
    }
    await page.getByRole('log').getByText('prints the receipt for green tea').waitFor()
    await panel
      .getByRole('treeitem', { name: /^stock/ })
      .first()
      .click()
    const frame = devtools.locator('iframe[src$="/panel/index.html"]')
    await drag(devtools, await frame.boundingBox(), -200)
    await panel.getByRole('region', { name: 'Problems' }).getByRole('button', { name: 'Forgotten reset' }).click()
    await frame.screenshot({ path: join(root, `docs/panel-${theme}.png`) })
    await tab.close()
  } finally {
    await browser.close()
    await demo.close()
  }
}

/**
 * Gives the panel more room, by the bar of tabs above it, which is also what separates it from the page.
 * @param {import('playwright').Page} devtools
 * @param {{ x: number, y: number, width: number } | null} panel
 * @param {number} by
 */
async function drag(devtools, panel, by) {
  if (panel === null) throw new Error('The panel is not to be seen.')
  const x = panel.x + panel.width - 150
  const y = panel.y - 12
  await devtools.mouse.move(x, y)
  await devtools.mouse.down()
  await devtools.mouse.move(x, y + by, { steps: 4 })
  await devtools.mouse.up()
}
