// A recorded page for the scripts that come when somebody needs them: this very realm, with a real recorder.

import { vi } from 'vitest'
import { type OnDemandScript, OUTLET_KEY } from '../../runtime/protocol'
import type { Lent } from '../../runtime/recorder/lent'
import { Recording } from '../../runtime/recorder/recording'

const scripts: Record<OnDemandScript, () => Promise<unknown>> = {
  'break-on': () => import('../../runtime/on-demand/break-on'),
  'live-values': () => import('../../runtime/on-demand/live-values'),
  outline: () => import('../../runtime/on-demand/outline'),
}

/** Records, and brings a script. `stop` ends the recording. */
export async function recorded(script: OnDemandScript): Promise<{ lent: Lent; recording: Recording; stop(): void }> {
  const recording = new Recording({ budget: 1 })
  const { lent } = recording
  const where = () => recording.where()
  Reflect.defineProperty(globalThis, OUTLET_KEY, { value: { lent, where }, configurable: true })
  vi.resetModules()
  await scripts[script]()
  return {
    lent,
    recording,
    stop() {
      recording.stop()
      Reflect.deleteProperty(globalThis, OUTLET_KEY)
    },
  }
}
