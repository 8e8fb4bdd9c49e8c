// Questions that a page answers by a script which the panel brings when it is asked for first: what it pauses at, what its values are
// now, which contexts live. The page may have declared any name, so nothing but `this` is used; what is asked is JSON, and nothing else goes into the text.

import { LENT_VERSION, type OnDemandScript, OUTLET_KEY } from '../../runtime/protocol'
import { LONGEST_LIVE_ANSWER } from '../model/recording'
import type { InspectedPage, Place } from './inspected-page'
import { windowAt } from './page-expressions'

/** The answer in JSON, or why there is none, as a sentence. */
export type Asked = { answer: string } | { why: string }

/** What a script leaves with what is lent to it. */
const doorOf: Record<OnDemandScript, string> = {
  'break-on': 'breakOn',
  'live-values': 'liveValues',
  outline: 'outline',
}

/** Evaluates to `answer` and the answer, a line each; or to one word. */
export function onDemandExpression(script: OnDemandScript, question: object, path: Place['path']): string {
  const door = `lent[${JSON.stringify(doorOf[script])}]`
  return `((page) => {
  const outlet = page[${JSON.stringify(OUTLET_KEY)}]
  if (!outlet) return "nothing"
  const lent = outlet.lent
  if (!lent || lent.version !== ${LENT_VERSION}) return "other-version"
  if (!${door}) return "absent"
  const answer = "answer\\n" + ${door}(${JSON.stringify(JSON.stringify(question))})
  return answer.length > ${LONGEST_LIVE_ANSWER} ? "too-much" : answer
})(${windowAt(path)})`
}

/** The same in front of a page's first script; DevTools puts it into a function, where `this` is nothing. */
export const breakOnAtStart = (conditions: object): string =>
  `globalThis[${JSON.stringify(OUTLET_KEY)}]?.lent?.breakOn?.(${JSON.stringify(JSON.stringify(conditions))})`

const NOBODY = 'Nothing is recorded there any more.'
const OTHER_VERSION =
  'The recorder in this page is of another version than the panel. Reload and record, and it can be asked.'
const NONSENSE = 'Something in this page answers in the place of the recorder.'
const NO_SCRIPT = 'The page does not let the panel’s script run.'
export const IN_A_WORKER = 'DevTools lets no extension evaluate in a worker.'

/** `bring` is false where there is nothing to ask if nobody ever asked. Null then. Rejects where the page cannot be evaluated in. */
export async function askOnDemand(
  page: InspectedPage,
  { frameUrl, path, worker }: Place,
  script: OnDemandScript,
  question: object,
  bring = true,
): Promise<Asked | null> {
  if (worker !== undefined) return { why: IN_A_WORKER }
  const expression = onDemandExpression(script, question, path)
  for (const isLast of [false, true]) {
    const evaluation = await page.evaluate(expression, frameUrl)
    if ('refused' in evaluation) return { why: NOBODY }
    const { value } = evaluation
    if (value === 'nothing') return { why: NOBODY }
    if (value === 'other-version') return { why: OTHER_VERSION }
    if (value !== 'absent') return isAnswer(value) ? { answer: value.slice(ANSWER.length) } : { why: NONSENSE }
    if (!bring) return null
    if (!isLast) await page.inject({ frameUrl, path }, script)
  }
  return { why: NO_SCRIPT }
}

const ANSWER = 'answer\n'

const isAnswer = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_LIVE_ANSWER && value.startsWith(ANSWER)
