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
 * - `using`: a set whose value lasts as long as its block: `using _token = user.set(value)`
 * - `drop-reset`: a reset that goes away, as another line undoes the set
 * - `reset`: a reset by the variable that made the token: `user.reset(token)`
 * - `task`: a call that runs in a task of its own: `createTask(() => work())`
 * - `set-in-task`: a task that sets the value itself: `createTask(() => { user.set(value); return work() })`
 * - `await`: a task that becomes a call in the same context: `await work()`
 * - `copy`: a run of a copy: `context.copy().run(() => work())`
 * - `inherit`: a context that begins with the values of now: `copyContext()`
 * - `inherit-in-task`: the same of a task: `createTask(() => work())` for `spawn`
 * - `default`: a variable with a value for where nothing is set: `new ContextVar('user', { default: null })`
 * - `post-carrying`: a message that brings its sender's values along: `carryContext(worker).postMessage(message)`
 * - `hear-carrying`: and a listener that runs with them: `carryContext(self).addEventListener('message', work)`
 * - `freeze`: a default that nobody can change: `new ContextVar('user', { default: Object.freeze(value) })`
 * - `anew`: a call that hands something over for later, without the values of here: `new Context().run(() => setInterval(work))`
 * - `wrap`: a listener that keeps the context in which it is added: `addEventListener(type, wrap(work))`
 * - `register`: what lets a variable leave as data, below the line that makes it: `registerContextVar(user, 'app', 'user', …)`
 * - `keep-attached`: what OpenTelemetry's `attach` returned is kept: `const attached = context.attach(active)`
 * - `dispose`: and disposed of, in a new line where its work ends: `attached.dispose()`
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
  | 'default'
  | 'post-carrying'
  | 'hear-carrying'
  | 'freeze'
  | 'anew'
  | 'wrap'
  | 'register'
  | 'keep-attached'
  | 'dispose'
  | 'once'

export function change(
  kind: ChangeKind,
  stack: StackId | null,
  { name = '', frame = 0, set = null }: Partial<Pick<LineChange, 'name' | 'frame' | 'set'>> = {},
): LineChange {
  return { kind, stack, frame, name, set }
}

/** What handed a callback over, without the values of there. Of a listener, only the type of its events is known. */
export function handedOverAnew({ api, stack }: { api: string | null; stack: StackId | null }): LineChange {
  return change('anew', stack, { name: isEventType(api) ? 'addEventListener' : calledBy(api) })
}

/** `Promise.then` -> `then` */
const calledBy = (api: string | null): string => /[\w$]*$/.exec(api ?? '')?.[0] ?? ''

/** Whether a callback is a listener, whose `api` is the type of its event, and not handed over to a function or a class of that name. */
export function isEventType(api: string | null): boolean {
  const called = calledBy(api)
  return called !== '' && api === called && !VERB.test(called) && !CLASS.test(called) && !FUNCTIONS.has(called)
}

const VERB = /^(?:set|request|queue|call|create|get|watch|webkit)[A-Z]/
const CLASS = /^[A-Z]\w*(?:Observer|Registry|Stream|Encoder|Decoder)$/
/** What else callbacks are handed over to by a name that is hardly an event's. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'wrap',
  'postTask',
  'intercept',
  'toBlob',
  'decodeAudioData',
  'addIceCandidate',
  'startViewTransition',
  'readEntries',
  'copyTo',
  'moveTo',
  'removeRecursively',
])

/** The set undoes itself at the end of its block, so the resets of its token have nothing to do any more. */
export function scoped(name: string, set: StackId | null, resets: readonly (StackId | null)[] = []): LineChange[] {
  return [change('using', set, { name }), ...resets.map((stack) => change('drop-reset', stack, { name }))]
}
