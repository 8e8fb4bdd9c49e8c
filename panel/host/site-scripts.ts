// What the browser has to do for a site that is always recorded: ask for access to it, and put the recorder into each of its
// documents. It keeps both over restarts, but forgets the scripts when the extension is updated.

import browser from 'webextension-polyfill'
import type { Origin } from './recorded-sites'

const SCRIPTING = { permissions: ['scripting' as const] }
const pattern = (origin: Origin) => `${origin}/*`
const needs = (origin: Origin) => ({ ...SCRIPTING, origins: [pattern(origin)] })

/** Firefox gives no page of DevTools a way to ask for sites. */
export const canRecordSites = browser.permissions !== undefined

/** Has the browser ask the person. It does that only within a click, so nothing may be awaited before. */
export const askFor = (origin: Origin): Promise<boolean> => browser.permissions.request(needs(origin))

export const hasAccess = (origin: Origin): Promise<boolean> => browser.permissions.contains(needs(origin))

/** Gives back what is not needed any more. Access that came with a wider one (“on all sites”) stays with that. */
export async function giveBack(origin: Origin, last: boolean): Promise<void> {
  await browser.permissions.remove(last ? needs(origin) : { origins: [pattern(origin)] })
}

/** The sites whose documents get the recorder, as long as there is access to them. */
export async function scriptedSites(): Promise<Origin[]> {
  if (!(await browser.permissions.contains(SCRIPTING))) return []
  const scripts = await browser.scripting.getRegisteredContentScripts()
  return scripts.map(({ id }) => id as Origin)
}

/** Throws in a sentence of the browser's where it cannot be done. */
export async function script(origin: Origin): Promise<void> {
  try {
    await browser.scripting.registerContentScripts([
      {
        id: origin,
        matches: [pattern(origin)],
        js: ['inject.js'],
        runAt: 'document_start',
        // The page's own world, where its runtime is.
        world: 'MAIN',
        allFrames: true,
        // Documents without an address of their own (about:blank, srcdoc, data:, blob:), by the site that made them.
        matchOriginAsFallback: true,
        persistAcrossSessions: true,
      },
    ])
  } catch (error) {
    // Another window may have been first.
    if (!(await scriptedSites()).includes(origin)) throw error
  }
}

export async function unscript(origin: Origin): Promise<void> {
  if ((await scriptedSites()).includes(origin)) await browser.scripting.unregisterContentScripts({ ids: [origin] })
}

/** Tells when access was given or taken, here or in the browser's own settings. */
export function watchAccess(changed: () => void): void {
  browser.permissions.onAdded.addListener(changed)
  browser.permissions.onRemoved.addListener(changed)
}
