// What an application imports. Loading it announces this copy of the runtime to recorders.

import { announceRuntime } from './context/hook'

export * from './api'

announceRuntime('application')
