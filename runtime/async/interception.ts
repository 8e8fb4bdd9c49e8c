// Callbacks that the host calls: timers, animation frames, event listeners. A private zone.js sees them registered and run; it
// is used for nothing else. What is current is ours to say, not its: `Zone.current` stays its root for ever.

import { interceptHost, type Zone, type ZoneTask } from 'virtual:private-zone'
import type { Context } from '../context/context'
import type { Boundary } from '../context/tap'
import { again, capture, runCallback } from './callback'
import { type EventPolicy, listenerContext } from './events'
import { remember } from './replace'

const registered = new WeakMap<ZoneTask, Context>()

/** The constructors whose prototypes zone.js gives new `on...` properties. */
const WITH_HANDLERS =
  'Document SVGElement Element HTMLElement HTMLBodyElement HTMLMediaElement HTMLFrameSetElement HTMLFrameElement ' +
  'HTMLIFrameElement HTMLMarqueeElement Worker XMLHttpRequest XMLHttpRequestEventTarget IDBIndex IDBRequest ' +
  'IDBOpenDBRequest IDBDatabase IDBTransaction IDBCursor WebSocket EventTarget Event'

function prototypeOf(name: string): object | null {
  const made: unknown = Reflect.get(globalThis, name)
  return typeof made === 'function' && typeof made.prototype === 'object' ? made.prototype : null
}

/** Begins to carry contexts into host callbacks; returns what ends it. Throws where the host's objects are frozen. */
export function followHostCallbacks(policy: EventPolicy): () => void {
  const prototypes = WITH_HANDLERS.split(' ').map(prototypeOf)
  const memory = remember([globalThis, ...prototypes.filter((prototype) => prototype !== null)])
  let root: Zone
  try {
    root = interceptHost().root
  } catch (error) {
    memory.patched()()
    throw error
  }
  // zone.js adds two methods of its own, which nobody asked for.
  const eventTarget = prototypeOf('EventTarget')
  if (eventTarget !== null) {
    for (const added of ['eventListeners', 'removeAllListeners']) Reflect.deleteProperty(eventTarget, added)
  }
  carryThrough(root, policy, boundaries())
  return memory.patched()
}

/** The functions that stand where the page calls: a stack is cut there, so that it begins with the page's own line. */
function boundaries(): (task: ZoneTask) => Boundary {
  const byName = new Map<string, unknown>()
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame']) {
    byName.set(name, Reflect.get(globalThis, name))
  }
  const addEventListener: unknown = globalThis.EventTarget?.prototype.addEventListener
  return (task) => {
    const boundary = task.type === 'eventTask' ? addEventListener : byName.get(task.source)
    return typeof boundary === 'function' ? boundary : capture
  }
}

function carryThrough(root: Zone, policy: EventPolicy, boundaryOf: (task: ZoneTask) => Boundary): void {
  const { scheduleTask, runTask } = root
  root.scheduleTask = (task) => {
    const api = task.type === 'eventTask' ? (task.data?.taskData?.eventName ?? task.source) : task.source
    registered.set(task, capture(api, boundaryOf(task)))
    return scheduleTask.call(root, task)
  }
  root.runTask = (task, self, args) => {
    const context = contextFor(task, self, policy)
    if (context === undefined) return runTask.call(root, task, self, args)
    return runCallback(context, runTask, root, [task, self, args])
  }
}

function contextFor(task: ZoneTask, target: unknown, policy: EventPolicy): Context | undefined {
  const captured = registered.get(task)
  if (captured === undefined) return undefined
  if (task.type === 'eventTask') return listenerContext(policy, captured, target, task.eventName ?? task.source)
  return task.data?.isPeriodic === true ? again(captured, captured, task.source) : captured
}
