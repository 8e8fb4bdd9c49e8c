// The host inside DevTools. Only the panel's own entry imports this: the polyfill throws outside an extension.

import browser from 'webextension-polyfill'
import type { WantedBreaks } from '../source/breaks'
import type { OriginalTexts } from '../source/original-texts'
import { browserName } from './browser-name'
import { copyPosition } from './clipboard'
import { extensionSites } from './extension-sites'
import type { Host } from './host'
import { describeInspectedPage, reloadAndRecord } from './inspected-window'
import type { RecordingChoices } from './recording-choices'
import { readScript } from './scripts'
import { shelf } from './settings'
import { canRecordSites } from './site-scripts'
import { canOpenSources, openInSources } from './sources'
import { withheld } from './withheld'

export const extensionHost = (originals: OriginalTexts, breaks: WantedBreaks, recording: RecordingChoices): Host => ({
  toolVersion: browser.runtime.getManifest().version,
  hasPage: true,
  reloadAndRecord: () => reloadAndRecord(recording.settings, breaks.conditions, recording.choices.zones === 'shown'),
  browser: browserName(navigator.userAgent),
  withheld: withheld(),
  sites: canRecordSites ? extensionSites() : null,
  recording,
  mutes: shelf('mutes'),
  redaction: shelf('redaction'),
  // It lies beside the panel's own page.
  reportPage: async () => (await fetch('report-page.html')).text(),
  async openSource(frame) {
    if (!canOpenSources) return copyPosition(frame)
    openInSources(frame)
    return 'opened'
  },
  async readSource(url) {
    // Where a map names the file, the script under its address is another text.
    const original = originals.of(url)
    return original === undefined ? readScript(url) : original
  },
  describePage: describeInspectedPage,
})
