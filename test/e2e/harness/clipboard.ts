// The clipboard, as the page beside the panel sees it: what was copied in the panel is pasted elsewhere, and the other way round.

import type { Tab } from '../../../scripts/devtools.mjs'
import type { Browser } from '../../../scripts/launch.mjs'

async function allow(browser: Browser, { page }: Tab): Promise<void> {
  const { origin } = new URL(page.url())
  await browser.send('Browser.grantPermissions', {
    origin,
    permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite'],
  })
}

export async function clipboardOf(browser: Browser, tab: Tab): Promise<string> {
  await allow(browser, tab)
  return tab.page.evaluate(() => navigator.clipboard.readText())
}

/** Copies a text in the page, and pastes it on the panel. */
export async function pasteInto(browser: Browser, tab: Tab, text: string): Promise<void> {
  await allow(browser, tab)
  await tab.page.evaluate((text) => navigator.clipboard.writeText(text), text)
  await tab.panel.getByRole('heading', { name: 'Contexts' }).click()
  await tab.devtools.keyboard.press('Control+v')
}
