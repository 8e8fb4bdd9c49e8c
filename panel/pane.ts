// The pane in the Sources tab of DevTools: joins the inspected page, a session and the view of its current context.

import { followDevtoolsTheme } from './host/devtools-theme'
import { extensionHost } from './host/extension-host'
import { inspectedWindowPage } from './host/inspected-window'
import { recordingChoices } from './host/recording-choices'
import { readScript } from './host/scripts'
import { createBreaks } from './session/breaks'
import { startSession } from './session/session'
import { withoutCredentials } from './source/credentials'
import { currentContext } from './source/current-context'
import { OriginalTexts } from './source/original-texts'
import { withOriginals } from './source/originals'
import { mountPane } from './view/mount-pane'

followDevtoolsTheme(document.documentElement)
const originals = new OriginalTexts()
const recording = recordingChoices()
const host = extensionHost(originals, createBreaks(), recording)
const source = withoutCredentials(
  withOriginals(currentContext(inspectedWindowPage), readScript, originals),
  () => recording.choices.credentials === 'shown',
)
const place = document.getElementById('panel')
if (place === null) throw new Error('pane.html has an element #panel')
mountPane(place, startSession(source, host), host)
