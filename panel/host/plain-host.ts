// The host in a plain page: the playground, and tests without an extension.

import { copyText } from './clipboard'
import type { Host } from './host'

export const plainHost: Host = {
  toolVersion: '0.0.0',
  reloadAndRecord: null,
  async openSource(frame) {
    await copyText(`${frame.url}:${frame.line}:${frame.column}`)
    return 'copied'
  },
  describePage: async () => ({ url: location.href, title: document.title }),
}
