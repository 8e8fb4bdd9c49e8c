// What an application imports as `contextvars-devtools/async`. Importing it installs nothing; `install()` does.

export type { EventPolicy } from './events'
export { gather, TaskGroup } from './gather'
export { type CallOptions, callAt, callLater, callSoon, Handle } from './handle'
export { type InstallOptions, install } from './install'
export { followPromises } from './promise-callbacks'
export { createTask, spawn, Task, type TaskFunction, type TaskOptions } from './task'
export { wrap } from './wrap'
