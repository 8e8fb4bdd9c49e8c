// The host in a plain page, where the page that is recorded lies in a frame beside the panel: the playground.

import { browserName } from './browser-name'
import { copyPosition } from './clipboard'
import type { Host } from './host'
import { recordingChoices } from './recording-choices'
import { shelf } from './settings'

export function plainHost(frame: HTMLIFrameElement): Host {
  return {
    toolVersion: '0.0.0',
    hasPage: true,
    async reloadAndRecord() {
      frame.contentWindow?.location.reload()
    },
    browser: browserName(navigator.userAgent),
    withheld: [],
    sites: null,
    recording: recordingChoices(),
    mutes: shelf('mutes'),
    redaction: shelf('redaction'),
    reportPage: null,
    openSource: copyPosition,
    async readSource(url) {
      if (!URL.canParse(url) || new URL(url).origin !== location.origin) return null
      const answer = await fetch(url)
      return answer.ok ? answer.text() : null
    },
    describePage: async () => ({
      url: frame.contentWindow?.location.href ?? '',
      title: frame.contentDocument?.title ?? '',
    }),
  }
}
