// The recorder in a worker: answers the page that made the worker, when it asks.

import type { Where } from '../protocol'
import { openChannel } from './channel'
import { parse } from './natives'
import type { Recording } from './recording'

/**
 * What a worker says: how the log is and where the worker stands, and, where it was asked for facts, after which number, and a packed
 * batch of them.
 */
export type WorkerAnswer =
  | readonly [epoch: string, last: number, where: string]
  | readonly [epoch: string, last: number, where: string, after: number, batch: string]

/** Says that it is there, and answers from then on. A question is the number after which facts are wanted; text is settings. */
export function answerPage(recording: Recording, channelName: string): void {
  const channel = openChannel(channelName, (asked) => {
    if (typeof asked === 'number') channel.post([...place(), asked, recording.packed(asked)] satisfies WorkerAnswer)
    else if (typeof asked === 'string') recording.configure(asked)
  })
  function place(): readonly [string, number, string] {
    const where = recording.where()
    const { epoch, last } = parse(where) as Where
    return [epoch, last, where]
  }
  channel.post(place() satisfies WorkerAnswer)
}
