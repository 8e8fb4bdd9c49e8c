// What this browser does not let an extension do in DevTools, told by what is not there.

import browser from 'webextension-polyfill'
import type { Withheld } from './host'
import { canRecordSites } from './site-scripts'
import { canOpenSources } from './sources'

/** Chrome's, and unknown to the polyfill's types. */
interface Chromes {
  inspectedWindow: { getResources?: unknown }
  panels: { sources?: { createSidebarPane?: unknown } }
}

export function withheld(): readonly Withheld[] {
  const { inspectedWindow, panels } = browser.devtools as unknown as Chromes
  const allowed: Record<Withheld, boolean> = {
    sites: canRecordSites,
    lines: canOpenSources,
    pane: panels.sources?.createSidebarPane !== undefined,
    // Who may evaluate in a frame by its address can list what has one.
    frames: inspectedWindow.getResources !== undefined,
  }
  return (Object.keys(allowed) as Withheld[]).filter((what) => !allowed[what])
}
