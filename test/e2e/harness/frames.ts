// The page with frames of every sort, as it is gone to beside DevTools.

import { showPanel, type Tab } from '../../../scripts/devtools.mjs'

/**
 * Documents with a runtime: the page itself, two of one address, one written into the page, and, if it is wanted, one of another
 * site. The panel is open before: while DevTools still starts beside another debugger, Chromium may never let go of the process of a
 * frame of another site or of a sandboxed one, whatever extension is loaded. Some of the frames may come later than this is over.
 */
export async function visitFrames(tab: Tab, origin: string, { foreign = true } = {}): Promise<void> {
  await showPanel(tab)
  /** The same pages, for a browser from another site. */
  const other = origin.replace('127.0.0.1', 'localhost')
  await tab.page.goto(`${origin}/frames/${foreign ? `?other=${other}` : ''}`, {
    waitUntil: 'domcontentloaded',
  })
}
