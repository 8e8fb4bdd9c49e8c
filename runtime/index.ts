// What an application imports. Loading it announces this copy of the runtime.

import './announced'

export * from './api'
