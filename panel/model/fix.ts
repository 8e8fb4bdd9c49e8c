// The lines that mend what a rule found, as data: which line, what is to become of it, and the names of the case. How the line then
// reads is for paste/ to say, which may know the code.

import type { StackId } from '../../runtime/protocol'

/** One line to change. */
export interface LineChange {
  kind: ChangeKind
  /** Whose frame names the line; null where it is not known, and there is only a pattern to go by. */
  stack: StackId | null
  /** Which frame of it, counted from the innermost: the line that called the function is 1. */
  frame: number
  /** The variable's name, or the function's; empty where the line needs none. */
  name: string
  /** A set whose words the line needs, too: what it sets, and on what. */
  set: StackId | null
}

/**
 * - `using`: a set whose value lasts as long as its block: `using token = user.set(value)`
 * - `drop-reset`: a reset that goes away, as another line undoes the set
 * - `reset`: a reset by the variable that made the token: `user.reset(token)`
 * - `task`: a call that runs in a task of its own: `createTask(() => work())`
 * - `set-in-task`: a task that sets the value itself: `createTask(() => { user.set(value); return work() })`
 * - `await`: a task that becomes a call in the same context: `await work()`
 * - `copy`: a run of a copy: `context.copy().run(() => work())`
 * - `inherit`: a context that begins with the values of now: `copyContext()`
 * - `inherit-in-task`: the same of a task: `createTask(() => work())` for `spawn`
 * - `fallback`: a lookup that never fails: `user.get(null)`
 * - `freeze`: a default that nobody can change: `new ContextVar('user', { default: Object.freeze(value) })`
 * - `once`: a variable that is made in a line of its own at the top of the module: `const user = new ContextVar('user')`
 */
export type ChangeKind =
  | 'using'
  | 'drop-reset'
  | 'reset'
  | 'task'
  | 'set-in-task'
  | 'await'
  | 'copy'
  | 'inherit'
  | 'inherit-in-task'
  | 'fallback'
  | 'freeze'
  | 'once'

export function change(
  kind: ChangeKind,
  stack: StackId | null,
  { name = '', frame = 0, set = null }: Partial<Pick<LineChange, 'name' | 'frame' | 'set'>> = {},
): LineChange {
  return { kind, stack, frame, name, set }
}

/** The set undoes itself at the end of its block, so the resets of its token have nothing to do any more. */
export function scoped(name: string, set: StackId | null, resets: readonly (StackId | null)[] = []): LineChange[] {
  return [change('using', set, { name }), ...resets.map((stack) => change('drop-reset', stack, { name }))]
}
