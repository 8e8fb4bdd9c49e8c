// What the extension puts into a page, before any script of the page: the recorder, its outlet, and a runtime for pages that
// bring none. Until the page touches `globalThis.contextvars`, nothing of the page is patched; an application's own runtime
// announces itself to the recorder, and only it is recorded then. The same script is the recorder in the page's workers.

import * as runtime from './api'
import * as asynchronous from './async'
import { announceRuntime } from './context/hook'
import { OUTLET_KEY, type Outlet } from './protocol'
import { Recording } from './recorder/recording'
import { answerPage } from './recorder/worker-recorder'
import { Workers } from './recorder/workers'

// The build names the function that all of this is (`scripts/inject-script.mjs`), and what it is called with: how the script ends, and
// in a worker the name of the channel to its page.
declare const injectScript: () => void
declare const injectScriptEnd: string
declare const workerChannel: string | undefined

const sourceOf = Function.prototype.toString

/** This very script, as one for a worker. */
const workerScript = (channelName: string): string =>
  `(${Reflect.apply(sourceOf, injectScript, [])})(${JSON.stringify([injectScriptEnd, channelName]).slice(1, -1)})${injectScriptEnd}`

function startRecording(): Recording {
  const recording = new Recording()
  // On a site that is always recorded nobody says whether there is a panel.
  recording.saveUntilRead()
  return recording
}

function openOutlet(): void {
  if (Object.hasOwn(globalThis, OUTLET_KEY)) return
  const recording = startRecording()
  // From now on: a worker that was there before cannot be led to a recorder.
  const workers = new Workers(workerScript)
  const outlet = Object.freeze({
    protocol: recording.protocol,
    since: (seq: number) => recording.since(seq),
    packed: (seq: number) => recording.packed(seq),
    where: () => recording.where(),
    here: () => recording.here(),
    configure: (settings: string) => recording.configure(settings),
    workers: () => workers.notes(),
    worker: (key: number) => workers.outlet(key),
    lent: recording.lent,
  } satisfies Outlet)
  if (!Reflect.defineProperty(globalThis, OUTLET_KEY, { value: outlet })) return
  offerRuntime(recording)
}

/** `globalThis.contextvars`, made on the first touch; a page that assigns something of its own there keeps that. */
function offerRuntime(recording: Recording): void {
  if ('contextvars' in globalThis) return
  const settle = (value: unknown): void => {
    Reflect.defineProperty(globalThis, 'contextvars', { value, writable: true, configurable: true })
  }
  Reflect.defineProperty(globalThis, 'contextvars', {
    configurable: true,
    get() {
      const all = Object.freeze({ ...runtime, ...asynchronous })
      settle(all)
      announceRuntime('injected')
      asynchronous.install({ events: recording.events })
      return all
    },
    set: settle,
  })
}

try {
  if (workerChannel === undefined) openOutlet()
  else answerPage(startRecording(), workerChannel, workerScript)
} catch {
  // A page so unusual that not even this can be set up: it goes on as if nobody had come, and the panel says "no runtime".
}
