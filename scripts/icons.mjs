// Renders extension/icons/icon.svg into the sizes that a browser asks for. Run by hand after an edit of the drawing:
// `node scripts/icons.mjs`; the pictures are committed, so that a build needs no browser.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { findBrowser } from './browser.mjs'
import { root, script } from './steps.mjs'

const SIZES = [16, 32, 48, 128]

await script(async () => {
  const icons = join(root, 'extension/icons')
  const drawing = await readFile(join(icons, 'icon.svg'), 'utf8')
  const browser = await chromium.launch({ executablePath: await findBrowser() })
  const page = await browser.newPage()
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`)
    await page.screenshot({ path: join(icons, `${size}.png`), omitBackground: true })
  }
  await browser.close()
})
