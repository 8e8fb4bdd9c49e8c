// The host inside DevTools. Only the panel's own entry imports this: the polyfill throws outside an extension.

import browser from 'webextension-polyfill'
import { extensionSites } from './extension-sites'
import type { Host } from './host'
import { describeInspectedPage, reloadAndRecord } from './inspected-window'
import { recordingChoices } from './recording-choices'
import { shelf } from './settings'
import { openInSources } from './sources'

const recording = recordingChoices()

export const extensionHost: Host = {
  toolVersion: browser.runtime.getManifest().version,
  hasPage: true,
  reloadAndRecord: () => reloadAndRecord(recording.settings),
  sites: extensionSites(),
  recording,
  mutes: shelf('mutes'),
  async openSource(frame) {
    openInSources(frame)
    return 'opened'
  },
  describePage: describeInspectedPage,
}
