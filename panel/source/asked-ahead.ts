// A source that asks before there is anybody to tell: the panel is loaded meanwhile. What it heard by then is told first, in its order.

import type { Source, SourceListener } from './source'

/** It asks from now on, until whoever starts it ends it. */
export function askedAhead(source: Source): Source {
  let listen: (listener: SourceListener) => void = () => {}
  const listening = new Promise<SourceListener>((resolve) => {
    listen = resolve
  })
  const tell = (word: (listener: SourceListener) => unknown): Promise<unknown> => listening.then(word)
  const end = source.start({
    link: (link) => void tell((listener) => listener.link(link)),
    epoch: (epoch) => void tell((listener) => listener.epoch(epoch)),
    outline: (part, isFirst) => tell((listener) => listener.outline?.(part, isFirst)),
    batch: (batch) => tell((listener) => listener.batch(batch)),
    stacks: (stacks) => tell((listener) => listener.stacks?.(stacks)),
    where: (where) => void tell((listener) => listener.where(where)),
    pace: (pace) => void tell((listener) => listener.pace(pace)),
    held: (held) => void tell((listener) => listener.held(held)),
    breaks: (held) => void tell((listener) => listener.breaks?.(held)),
  })
  return {
    ...source,
    start(listener) {
      listen(listener)
      return end
    },
  }
}
