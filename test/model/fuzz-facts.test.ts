// Facts of which each could be true, and which together make no sense: what a page states that forges the recorder and knows how.

import { expect, test } from 'vitest'
import { parseFact } from '../../panel/model/fact-schema'
import { campaign, PATIENCE } from './fuzz/campaign'
import { Chance } from './fuzz/chance'
import { hostileFacts, hostileStacks } from './fuzz/hostile-facts'
import { surviveFacts } from './fuzz/survive'

test('facts that contradict each other', { timeout: PATIENCE }, () => {
  campaign('facts', 6_000, (chance) => {
    surviveFacts(hostileFacts(chance), hostileStacks(chance), chance)
    return 'taken in'
  })
})

test('are each as the door lets them in', () => {
  for (const fact of Array.from({ length: 200 }, (_, seed) => hostileFacts(new Chance(seed))).flat()) {
    expect(parseFact(JSON.parse(JSON.stringify(fact)))?.type).toBe(fact.type)
  }
})
