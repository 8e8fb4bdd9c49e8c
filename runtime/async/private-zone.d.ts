// zone.js with a scope of its own, made by a build plugin: it does nothing until it is told to, and names nothing on globalThis.

declare module 'virtual:private-zone' {
  export interface ZoneTask {
    /** What was called: `setTimeout`. */
    source: string
    data?: { isPeriodic?: boolean }
  }
  export interface Zone {
    scheduleTask(task: ZoneTask): ZoneTask
    runTask(task: ZoneTask, self: unknown, args: unknown[]): unknown
  }
  /** Patches timers and animation frames of this realm, and returns the class of zones. */
  export function interceptTimers(): { readonly root: Zone }
}
