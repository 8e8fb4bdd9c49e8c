// zone.js with a scope of its own, made by a build plugin: it does nothing until it is told to, and names nothing on globalThis.

declare module 'virtual:private-zone' {
  export interface ZoneTask {
    type: 'microTask' | 'macroTask' | 'eventTask'
    /** What was called: `setTimeout`, `HTMLButtonElement.addEventListener:click`. */
    source: string
    data?: { isPeriodic?: boolean; taskData?: { target: EventTarget | null; eventName: string } | null }
    /** Of event tasks, once they are scheduled. */
    target?: EventTarget
    eventName?: string
  }
  export interface Zone {
    scheduleTask(task: ZoneTask): ZoneTask
    runTask(task: ZoneTask, self: unknown, args: unknown[]): unknown
  }
  /** Patches timers, animation frames, listeners and `on...` properties of this realm, and returns the class of zones. */
  export function interceptHost(): { readonly root: Zone }
}
