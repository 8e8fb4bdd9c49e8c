// A source without the credentials that its facts hold: they never reach what the panel keeps and shows, unless somebody wants to see
// them.

import type { Fact, LiveQuestion, LiveStep, Preview } from '../../runtime/protocol'
import { credentialVeil } from '../model/recording'
import type { Live, LiveReply } from './live'
import type { Source } from './source'

/** `areShown` is asked at each answer of the page. */
export function withoutCredentials(source: Source, areShown: () => boolean): Source {
  let veil = credentialVeil()
  const live: Live | undefined = source.live && {
    ask: async (question) => {
      const reply = await source.live?.ask(question)
      return reply === undefined || areShown() ? (reply as LiveReply) : veiled(reply, question, veil)
    },
  }
  return {
    ...(live === undefined ? {} : { live }),
    start(listener) {
      veil = credentialVeil()
      return source.start({
        link: (link) => listener.link(link),
        where: (where) => listener.where(where),
        pace: (pace) => listener.pace(pace),
        held: (held) => listener.held(held),
        breaks: (held) => listener.breaks?.(held),
        epoch(epoch) {
          veil = credentialVeil()
          listener.epoch(epoch)
        },
        outline: (part, isFirst) => listener.outline?.(part, isFirst),
        stacks: (stacks) => listener.stacks?.(stacks),
        batch(batch) {
          // It learns what is secret, shown or not.
          const facts = batch.facts.map(veil)
          return listener.batch(areShown() ? batch : { ...batch, facts })
        },
      })
    },
  }
}

/** A value at the end of a path is as secret as the same value in a picture of the whole. */
function veiled(reply: LiveReply, question: LiveQuestion, veil: (fact: Fact) => Fact): LiveReply {
  if (reply.state !== 'value' || question.ask !== 'value') return reply
  const { variable, path } = question
  const veiledAt = (value: Preview, steps: readonly LiveStep[]): Preview => {
    const whole = steps.reduceRight<Preview>(
      (inside, [, name]) => ({ kind: 'object', text: '', entries: [[name, inside]] }),
      value,
    )
    const fact = veil({ type: 'var-set', variable, value: whole } as Fact) as Extract<Fact, { type: 'var-set' }>
    let shown = fact.value
    // What is hidden on the way has nothing inside any more.
    for (let step = 0; step < steps.length && shown.entries !== undefined; step++) {
      shown = shown.entries[0]?.[1] ?? shown
    }
    return shown
  }
  return { ...reply, value: veiledAt(reply.value, path), recorded: veiledAt(reply.recorded, []) }
}
