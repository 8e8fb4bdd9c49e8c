// The panel in DevTools begins here: with as little as it takes to ask the page. What shows the answers is loaded meanwhile.

import { followDevtoolsTheme } from './host/devtools-theme'
import { inspectedWindowPage, readAhead } from './host/inspected-window'
import { recordingChoices } from './host/recording-choices'
import { createBreaks } from './session/breaks'
import { askedAhead } from './source/asked-ahead'
import { inspectedPage, TOP } from './source/inspected-page'

followDevtoolsTheme(document.documentElement)
readAhead('outline')
const breaks = createBreaks()
const recording = recordingChoices()
const top = askedAhead(inspectedPage(inspectedWindowPage, TOP, recording, breaks))
const { openPanel } = await import('./open-panel')
openPanel(top, recording, breaks)
