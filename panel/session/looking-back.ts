// Turns the screen to a moment of the past, keeps it true while facts go on coming, and has it judged when the person rests there.

import { type Judging, lookAhead } from '../model/rules'
import { judgedPast, type Past, pastAnew, pastOf } from './past'
import { newestFeed, type SessionState } from './state'
import type { Store } from './store'

/** So many facts and contexts are judged within a frame. */
const JUDGED_AT_ONCE = 5_000
/** And so many tokens of more are looked at before the screen and the person have their turn. */
const LOOKED_AT_ONCE = 20_000
/** Milliseconds without another step, after which a moment is one that somebody looks at. */
const REST = 150

export interface LookingBack {
  /** Turns to the moment just after fact `seq`. */
  lookAt(seq: number): void
  /** What was missing before the moment that is looked at, or is compared with, may have come. */
  keepUp(): void
  /** Something else is muted, or asked for, now. */
  judgeAnew(): void
  end(): void
}

export function startLookingBack(store: Store<SessionState>, judging: () => Judging): LookingBack {
  let timer: ReturnType<typeof setTimeout> | undefined

  function turnTo(past: Past): void {
    store.set({ past })
    judgeSoon(past)
  }

  /** At once where that takes no time. */
  function judgeSoon(past: Past): void {
    clearTimeout(timer)
    const judge = () => {
      if (store.state.past !== past) return
      if (lookAhead(past.world, LOOKED_AT_ONCE)) store.set({ past: judgedPast(past, judging()) })
      else timer = setTimeout(judge)
    }
    if (Math.max(past.seq, past.world.contexts.size) <= JUDGED_AT_ONCE) judge()
    else timer = setTimeout(judge, REST)
  }

  return {
    lookAt: (seq) => turnTo(pastOf(newestFeed(store.state), seq)),
    keepUp() {
      const { past, pinned } = store.state
      const feed = newestFeed(store.state)
      if (pinned !== null) {
        const anew = pastAnew(pinned.past, feed)
        if (anew !== pinned.past) store.set({ pinned: anew === null ? null : { ...pinned, past: anew } })
      }
      if (past === null) return
      const anew = pastAnew(past, feed)
      if (anew === null) store.set({ past: null })
      else if (anew !== past) turnTo(anew)
    },
    judgeAnew() {
      if (store.state.past !== null) judgeSoon(store.state.past)
    },
    end: () => clearTimeout(timer),
  }
}
