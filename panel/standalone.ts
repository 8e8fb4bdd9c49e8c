// The panel in a file of its own, with the recording that lies in the same file: it opens anywhere, without the extension.

import { fileHost } from './host/file-host'
import { followSystemTheme } from './host/system-theme'
import { askedByName } from './session/judging'
import { startSession } from './session/session'
import { mountPanel } from './view/mount'

followSystemTheme(document.documentElement)
const place = document.getElementById('panel')
const recording = document.getElementById('recording')
if (place === null || recording === null) throw new Error('A report page has elements #panel and #recording')
const host = fileHost(recording.dataset.version ?? '')
// There is no page that could be asked.
const also = askedByName(recording.dataset.also ?? '')
const session = startSession({ start: () => () => {} }, { ...host, also })
const name = decodeURIComponent(location.pathname.split('/').at(-1) ?? '') || 'this file'
await session.openFile(new File([recording.textContent ?? ''], name))
mountPanel(place, session, host)
