// The host in a report page: a recording, and no page behind it.

import { copyText } from './clipboard'
import type { Host } from './host'
import { recordingChoices } from './recording-choices'
import { shelf } from './settings'

export function fileHost(toolVersion: string): Host {
  return {
    toolVersion,
    hasPage: false,
    reloadAndRecord: null,
    sites: null,
    recording: recordingChoices(),
    mutes: shelf('mutes'),
    redaction: shelf('redaction'),
    reportPage: null,
    async openSource({ url, line, column }) {
      await copyText(`${url}:${line}:${column}`)
      return 'copied'
    },
    readSource: async () => null,
    describePage: async () => ({ url: '', title: '' }),
  }
}
