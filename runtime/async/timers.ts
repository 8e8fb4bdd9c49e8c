// Timers and animation frames. A private zone.js sees them scheduled and run; it is used for nothing else. What is current is
// ours to say, not its: `Zone.current` stays its root for ever.

import { interceptTimers, type ZoneTask } from 'virtual:private-zone'
import type { Context } from '../context/context'
import { again, capture, type Runner, runCallback, runnerFor } from './callback'
import { getOwnPropertyDescriptor } from './natives'
import { remember } from './replace'
import { runMacrotask } from './segment'

const STARTS = ['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'webkitRequestAnimationFrame']
const ENDS = ['clearTimeout', 'clearInterval', 'clearImmediate', 'cancelAnimationFrame', 'webkitCancelAnimationFrame']

const registered = new WeakMap<ZoneTask, Context>()

/** Begins to carry contexts into timers and animation frames; returns what ends it. */
export function followTimers(): () => void {
  const run = runnerFor(getOwnPropertyDescriptor(globalThis, 'setTimeout')?.value, runMacrotask)
  const memory = remember(globalThis, [...STARTS, ...ENDS])
  try {
    carryThrough(interceptTimers().root, run)
  } catch (error) {
    memory.patched()()
    throw error
  }
  return memory.patched()
}

function carryThrough(root: ReturnType<typeof interceptTimers>['root'], run: Runner): void {
  const { scheduleTask, runTask } = root
  // The functions that stand where the page calls: a stack is cut there, so that it begins with the page's own line.
  const boundaries = new Map(STARTS.map((name) => [name, Reflect.get(globalThis, name) as unknown]))
  root.scheduleTask = (task) => {
    const boundary = boundaries.get(task.source)
    registered.set(task, capture(task.source, typeof boundary === 'function' ? boundary : capture))
    return scheduleTask.call(root, task)
  }
  root.runTask = (task, self, args) => {
    const captured = registered.get(task)
    if (captured === undefined) return runTask.call(root, task, self, args)
    const context = task.data?.isPeriodic === true ? again(captured, captured, task.source) : captured
    return runCallback(context, runTask, root, [task, self, args], run)
  }
}
