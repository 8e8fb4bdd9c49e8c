// The playground: the panel beside a page that it records, without an extension.

import { plainHost } from '../../panel/host/plain-host'
import { followSystemTheme } from '../../panel/host/system-theme'
import { createBreaks } from '../../panel/session/breaks'
import { startSession } from '../../panel/session/session'
import { withoutCredentials } from '../../panel/source/credentials'
import { sameOriginWindow } from '../../panel/source/same-origin-window'
import { mountPanel } from '../../panel/view/mount'
import type { OnDemandScript } from '../../runtime/protocol'

const frame = document.getElementById('page')
const place = document.getElementById('panel')
if (!(frame instanceof HTMLIFrameElement) || place === null) throw new Error('index.html has #page and #panel')

followSystemTheme(document.documentElement)
const host = plainHost(frame)
const { recording } = host
const breaks = createBreaks()
const bring = async (script: OnDemandScript) => {
  const inside = frame.contentWindow as unknown as { bring(script: OnDemandScript): Promise<void> }
  await inside.bring(script)
}
const source = withoutCredentials(
  sameOriginWindow(frame, recording, breaks, bring),
  () => recording.choices.credentials === 'shown',
)
mountPanel(place, startSession(source, host, undefined, breaks), host)
