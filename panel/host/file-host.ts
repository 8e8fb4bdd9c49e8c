// The host in a report page: a recording, and no page behind it.

import { copyPosition } from './clipboard'
import type { Host } from './host'
import { recordingChoices } from './recording-choices'
import { shelf } from './settings'

export function fileHost(toolVersion: string): Host {
  return {
    toolVersion,
    hasPage: false,
    reloadAndRecord: null,
    browser: null,
    withheld: [],
    sites: null,
    recording: recordingChoices(),
    mutes: shelf('mutes'),
    redaction: shelf('redaction'),
    reportPage: null,
    openSource: copyPosition,
    readSource: async () => null,
    describePage: async () => ({ url: '', title: '' }),
  }
}
