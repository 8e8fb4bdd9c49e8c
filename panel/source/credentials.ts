// A source without the credentials that its facts hold: they never reach what the panel keeps and shows, unless somebody wants to see
// them.

import { credentialVeil } from '../model/recording'
import type { Source } from './source'

/** `areShown` is asked at each answer of the page. */
export function withoutCredentials(source: Source, areShown: () => boolean): Source {
  return {
    start(listener) {
      let veil = credentialVeil()
      return source.start({
        link: (link) => listener.link(link),
        where: (where) => listener.where(where),
        pace: (pace) => listener.pace(pace),
        held: (held) => listener.held(held),
        epoch(epoch) {
          veil = credentialVeil()
          listener.epoch(epoch)
        },
        batch(batch) {
          // It learns what is secret, shown or not.
          const facts = batch.facts.map(veil)
          return listener.batch(areShown() ? batch : { ...batch, facts })
        },
      })
    },
  }
}
