// Records this page from its first script on: whoever imports this first is recorded whole.

import { OUTLET_KEY } from '../../runtime/protocol'
import { record } from '../../runtime/recorder'

Object.defineProperty(globalThis, OUTLET_KEY, { value: record() })
