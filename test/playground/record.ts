// Records this page from its first script on: whoever imports this first is recorded whole.

import { type OnDemandScript, OUTLET_KEY } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

Object.defineProperty(globalThis, OUTLET_KEY, { value: record() })

// What the panel brings when somebody asks for it comes from its sources, too.
const scripts: Record<OnDemandScript, () => Promise<unknown>> = {
  'break-on': () => import('../../runtime/on-demand/break-on'),
  'live-values': () => import('../../runtime/on-demand/live-values'),
  outline: () => import('../../runtime/on-demand/outline'),
}
Object.assign(globalThis, { bring: (script: OnDemandScript) => scripts[script]() })
