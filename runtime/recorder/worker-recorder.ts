// The recorder in a worker: answers the page when it asks, and tells it of the workers that this one makes.

import type { Where } from '../protocol'
import { openChannel } from './channel'
import { encode } from './encode'
import { MadeWorkers } from './made-workers'
import { parse } from './natives'
import type { Recording } from './recording'

/**
 * What a worker says: how the log is and where the worker stands, and, where it was asked for facts, after which number, and a packed
 * batch of them. Text is JSON of all the workers that it made and has not ended: a list of `MadeNote`.
 */
export type WorkerAnswer =
  | readonly [epoch: string, last: number, where: string]
  | readonly [epoch: string, last: number, where: string, after: number, batch: string]
  | string

/**
 * Says that it is there, and answers from then on. A question is the number after which facts are wanted, or null where all that is
 * wanted is a sign of it; text is settings. `scriptFor` makes the recorders of the workers that this one makes. Returns what ends it.
 */
export function answerPage(
  recording: Recording,
  channelName: string,
  scriptFor: (channelName: string) => string,
): () => void {
  const channel = openChannel(channelName, (asked) => {
    if (typeof asked === 'number') say([...place(), asked, recording.packed(asked)])
    else if (typeof asked === 'string') recording.configure(asked)
    else if (asked === null) greet()
  })
  const say = (answer: WorkerAnswer): void => channel.post(answer)
  const tellMade = (): void => say(encode(made.notes()))
  const made = new MadeWorkers(scriptFor, tellMade)

  function place(): readonly [string, number, string] {
    const where = recording.where()
    const { epoch, last } = parse(where) as Where
    return [epoch, last, where]
  }
  function greet(): void {
    say(place())
    tellMade()
  }
  greet()
  return () => {
    made.stop()
    channel.close()
  }
}
