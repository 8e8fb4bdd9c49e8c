// How the panel speaks of workers: what each is, and why one shows no contexts.

import type { WorkerNote } from '../../runtime/protocol'
import { assertUnreachable } from './assert-unreachable'

export const workerKindWords: Record<WorkerNote['kind'], string> = {
  dedicated: 'worker',
  shared: 'shared worker',
  service: 'service worker',
}

/** What is the matter with a worker, in one sentence; null where nothing is. */
export function workerTrouble({ kind, state }: WorkerNote): string | null {
  switch (state) {
    case 'reached':
      return null
    case 'waiting':
      return 'It was made just now, and its code may still be loading.'
    case 'silent':
      return 'It has not answered for some seconds: it is busy, paused at a breakpoint, or has closed itself.'
    case 'unanswered':
      return 'This worker has no runtime that answers: its code does not import contextvars-devtools, or its Content Security Policy refuses scripts from blob: addresses.'
    case 'own-name':
      return 'It has a name of its own. The way into a worker leads through its name, which its code may compare: so only workers without one are reached. Leave out the name to look into it.'
    case 'own-origin':
      return 'It was made from a data: address and has an origin of its own, where the page cannot reach it.'
    case 'other-kind':
      return `${kind === 'shared' ? 'Shared' : 'Service'} workers are not reached: no single page makes them.`
    default:
      return assertUnreachable(state)
  }
}
