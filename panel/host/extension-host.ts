// The host inside DevTools. Only the panel's own entry imports this: the polyfill throws outside an extension.

import browser from 'webextension-polyfill'
import { extensionSites } from './extension-sites'
import type { Host } from './host'
import { describeInspectedPage, reloadAndRecord } from './inspected-window'
import { openInSources } from './sources'

export const extensionHost: Host = {
  toolVersion: browser.runtime.getManifest().version,
  reloadAndRecord,
  sites: extensionSites(),
  async openSource(frame) {
    openInSources(frame)
    return 'opened'
  },
  describePage: describeInspectedPage,
}
