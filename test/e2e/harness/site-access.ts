// What a person decides about the extension's access to a site. The browser's question is asked in a window of its own that a
// browser without a screen never shows, so a person's yes is given where it can also be given: on chrome://extensions. The
// extension is the one that ships.

import { openTab } from '../../../scripts/devtools.mjs'
import type { Browser } from '../../../scripts/launch.mjs'

/** What that page itself uses, and no standard holds. */
declare const chrome: {
  developerPrivate: {
    getExtensionsInfo(): Promise<{ id: string; name: string }[]>
    addHostPermission(id: string, host: string): Promise<void>
    removeHostPermission(id: string, host: string): Promise<void>
  }
}

/** From now on the browser answers yes when it is asked for the site, without asking the person. */
export const allow = (browser: Browser, origin: string): Promise<void> => decide(browser, 'addHostPermission', origin)

/** Takes the access away behind the extension's back. */
export const withdraw = (browser: Browser, origin: string): Promise<void> =>
  decide(browser, 'removeHostPermission', origin)

async function decide(
  browser: Browser,
  decision: 'addHostPermission' | 'removeHostPermission',
  origin: string,
): Promise<void> {
  const { page, close } = await openTab(browser)
  try {
    await page.goto('chrome://extensions')
    await page.evaluate(
      async ([decision, host]) => {
        const extensions = await chrome.developerPrivate.getExtensionsInfo()
        const ours = extensions.find(({ name }) => name === 'Contextvars')
        if (ours === undefined) throw new Error('The extension is not loaded.')
        await chrome.developerPrivate[decision](ours.id, host)
      },
      [decision, `${origin}/*`] as const,
    )
  } finally {
    await close()
  }
}
