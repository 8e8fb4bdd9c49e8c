// The panel in DevTools: joins the inspected page, the session and the views.

import { followDevtoolsTheme } from './host/devtools-theme'
import { extensionHost } from './host/extension-host'
import { inspectedWindowPage } from './host/inspected-window'
import { readScript } from './host/scripts'
import { createBreaks } from './session/breaks'
import { startSession } from './session/session'
import { withoutCredentials } from './source/credentials'
import { inspectedFrames } from './source/frames'
import { type InspectedPage, inspectedPage, type Place, TOP } from './source/inspected-page'
import { OriginalTexts } from './source/original-texts'
import { withOriginals } from './source/originals'
import { mountPanel } from './view/mount'

followDevtoolsTheme(document.documentElement)
const page = inspectedWindowPage
const originals = new OriginalTexts()
const breaks = createBreaks()
const host = extensionHost(originals, breaks)
const { recording } = host
const sourceAt = (page: InspectedPage, place: Place) =>
  withoutCredentials(
    withOriginals(inspectedPage(page, place, recording, breaks), readScript, originals),
    () => recording.choices.credentials === 'shown',
  )
const frames = inspectedFrames(page, sourceAt)
const session = startSession(sourceAt(page, TOP), host, frames, breaks)
const place = document.getElementById('panel')
if (place === null) throw new Error('index.html has an element #panel')
mountPanel(place, session, host)
