import { expect, test } from 'vitest'
import { weightOf } from '../../panel/model/weight'
import { sizeOfFact } from '../../runtime/recorder/size'
import { story } from './story'

/** What the last fact of a story weighs here, and what it occupies in a page. */
const last = (told: string): [here: number, inPage: number] => {
  const fact = story(`user is a variable\n${told}`).facts.at(-1)
  if (fact === undefined) throw new Error('nothing was told')
  return [weightOf(fact), sizeOfFact(fact)]
}

test.each([
  ['a variable', 'other is a variable, default VALUE'],
  ['a default that was changed', 'base finds the default of user changed to VALUE'],
])('%s weighs the more, the longer the text of its value is', (_, told) => {
  const [here, inPage] = last(told.replace('VALUE', '"a"'))
  const [more, moreInPage] = last(told.replace('VALUE', `"${'a'.repeat(200)}"`))
  expect(more).toBeGreaterThanOrEqual(here + 199)
  expect(moreInPage).toBeGreaterThanOrEqual(inPage + 2 * 199)
})

test('who waits for a work is remembered, which weighs more than a fact that leaves nothing', () => {
  const [waits] = last('base starts task A\nbase waits for A')
  const [runs] = last('base starts task A\ntask A begins')
  expect(waits).toBeGreaterThan(runs)
})
