// What values are now, asked of the document itself. Its answers are as hostile as any other.

import type { LiveAnswer, LiveQuestion } from '../../runtime/protocol'
import { parseLiveAnswer } from '../model/recording'
import type { InspectedPage, Place } from './inspected-page'
import { askOnDemand } from './on-demand'

type Of<Question> = Question extends unknown ? Omit<Question, 'epoch'> : never

/** What is asked: the document is known. */
export type Ask = Of<LiveQuestion>

/** An answer, or why there is none, as a sentence. */
export type LiveReply = LiveAnswer | { state: 'cannot'; why: string }

export interface Live {
  /** Of the document whose recording is called so. Never rejects. */
  ask(question: LiveQuestion): Promise<LiveReply>
}

/** Longer than any task of a healthy page; a paused page answers at once. */
const PATIENCE = 5_000
const SILENT: LiveReply = { state: 'cannot', why: 'The page does not answer: it is busy, or it went elsewhere.' }

export function liveValues(page: InspectedPage, place: Place): Live {
  async function asked(question: LiveQuestion): Promise<LiveReply> {
    const reply = await askOnDemand(page, place, 'live-values', question)
    if (reply === null) return SILENT
    if ('why' in reply) return { state: 'cannot', why: reply.why }
    return (
      parseLiveAnswer(reply.answer) ?? {
        state: 'cannot',
        why: 'The page answers what this panel does not understand.',
      }
    )
  }
  return {
    ask(question) {
      const tooLate = new Promise<LiveReply>((resolve) => setTimeout(resolve, PATIENCE, SILENT))
      return Promise.race([asked(question).catch(() => SILENT), tooLate])
    },
  }
}
