// Classes that are constructed with callbacks: observers, the registry of what was collected, and what is made of a source, a
// sink or a pair of outlets. The callbacks belong to the context of the construction; each call gets a fresh copy of it. (Before
// the constructor returns, `start` of a stream is called: an ordinary call.)

import { type HandsOver, handsOver } from './hand-over'
import { getOwnPropertyDescriptor } from './natives'
import { replaceMethod, together } from './replace'

const WITH_A_CALLBACK = [
  'MutationObserver',
  'IntersectionObserver',
  'ResizeObserver',
  'PerformanceObserver',
  'ReportingObserver',
  'PressureObserver',
  'FileSystemObserver',
  'FinalizationRegistry',
]

const OUTLETS = ['output', 'error']
const WITH_MEMBERS = {
  ReadableStream: ['pull', 'cancel'],
  WritableStream: ['write', 'close', 'abort'],
  TransformStream: ['transform', 'flush', 'cancel'],
  VideoDecoder: OUTLETS,
  VideoEncoder: OUTLETS,
  AudioDecoder: OUTLETS,
  AudioEncoder: OUTLETS,
}

/** What else a class is called on the global object. */
const ALIASES: Record<string, string> = { MutationObserver: 'WebKitMutationObserver' }

/** Begins to carry contexts into the callbacks of what is constructed; returns what ends it. */
export function followObservers(): () => void {
  const classes = [
    ...WITH_A_CALLBACK.map((name) => ({ name, callbacks: [0] })),
    ...Object.entries(WITH_MEMBERS).map(([name, members]) => ({ name, members })),
  ]
  return together(classes.map((each) => () => followClass({ ...each, repeated: true })))
}

/** Replaces a class of the global object, where there is one; returns what puts it back. */
export function followClass(constructed: HandsOver): () => void {
  const { name } = constructed
  const native: unknown = getOwnPropertyDescriptor(globalThis, name)?.value
  if (typeof native !== 'function') return () => {}
  const followed = handsOver(native, constructed)
  const names = [name, ALIASES[name]].filter((each) => each !== undefined)
  return together([
    ...names.map((each) => () => replaceMethod(globalThis, each, followed)),
    () => replaceMethod(native.prototype, 'constructor', followed),
  ])
}
