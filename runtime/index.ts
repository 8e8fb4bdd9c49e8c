// What an application imports. Loading it announces this copy of the runtime to recorders, of which a worker may have to load its own.

import { announceRuntime } from './context/hook'
import { joinRecording } from './context/worker-mark'

export * from './api'

announceRuntime('application')
joinRecording()
