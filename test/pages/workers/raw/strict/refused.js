// A worker with a runtime, and a policy that refuses its recorder.

import { ContextVar } from '/runtime/index.js'

new ContextVar('hidden').set(1)
self.onmessage = ({ data }) => postMessage({ data, name })
