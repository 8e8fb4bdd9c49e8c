// Everything at once on one screen, to be looked at in one theme or the other.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { type Tab, takePicture } from '../../../scripts/devtools.mjs'
import { reloadAndRecord } from '../../../scripts/panel.mjs'
import { output, visit } from './journey'
import { problems, row, value } from './panel'

/** How bright the panel's ground is, 0 to 255. */
export const brightness = ({ panel }: Tab) =>
  panel.locator('body').evaluate((body) => {
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(body).backgroundColor.match(/\d+/g) ?? []).map(Number)
    return (red + green + blue) / 3
  })

/** Of the pictures that stores show. */
const STORE = { width: 1280, height: 800 }

/** Fills the panel, and leaves a picture under this name, as large as the stores want theirs. */
export async function fillPanel(tab: Tab, demo: string, picture: string): Promise<void> {
  await tab.devtools.setViewportSize(STORE)
  await visit(tab, demo)
  await reloadAndRecord(tab)
  for (const mistake of ['Three at once', 'Forgotten reset', 'Token of another context']) {
    await tab.page.getByRole('button', { name: mistake, exact: true }).click()
  }
  await row(tab, 'R-1').click()
  await expect(value(tab, 'currentUser')).toBeVisible()
  await problems(tab).getByRole('button', { name: 'Token of another context: requestId' }).first().click()
  const file = join(output, 'screenshots', `${picture}.png`)
  await takePicture(tab, file)
  const { width, height } = sizeOf(await readFile(file))
  expect({ width, height }).toEqual(STORE)
}

/** A PNG says it in its first chunk. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) })
