// Done once, by whatever an application imports first: tells recorders of this copy of the runtime, of which a worker may have to load its own.

import { announceRuntime } from './context/hook'
import { joinRecording } from './context/worker-mark'

announceRuntime('application')
joinRecording()
