// All of the panel in DevTools: joins the inspected page, the session and the views.

import { extensionHost } from './host/extension-host'
import { inspectedWindowPage } from './host/inspected-window'
import type { RecordingChoices } from './host/recording-choices'
import { readScript } from './host/scripts'
import type { Breaks } from './session/breaks'
import { startSession } from './session/session'
import { withoutCredentials } from './source/credentials'
import { inspectedFrames } from './source/frames'
import { inspectedPage } from './source/inspected-page'
import { OriginalTexts } from './source/original-texts'
import { withOriginals } from './source/originals'
import type { Source } from './source/source'
import { mountPanel } from './view/mount'

/** `top` is the document at the top of the page, which was asked by now. */
export function openPanel(top: Source, recording: RecordingChoices, breaks: Breaks): void {
  const originals = new OriginalTexts()
  const host = extensionHost(originals, breaks, recording)
  const asShown = (source: Source): Source =>
    withoutCredentials(withOriginals(source, readScript, originals), () => recording.choices.credentials === 'shown')
  const frames = inspectedFrames(inspectedWindowPage, (page, place) =>
    asShown(inspectedPage(page, place, recording, breaks)),
  )
  const session = startSession(asShown(top), host, frames, breaks)
  const place = document.getElementById('panel')
  if (place === null) throw new Error('index.html has an element #panel')
  mountPanel(place, session, host)
}
