// A zone is a context that is told of as what it is, wherever contexts are told of.

import { expect, test } from 'vitest'
import { defaultRedaction, veilOf } from '../../panel/model/redact'
import { contextText } from '../../panel/model/report/context-text'
import { treeText } from '../../panel/model/report/tree-text'
import { contextDetails } from '../../panel/model/selectors/details'
import { treeRows } from '../../panel/model/selectors/tree'
import { Timeline } from '../../panel/model/timeline'
import { laneWords } from '../../panel/view/lane-words'
import { whatWords } from '../../panel/view/words'
import { type ContextId, type Fact, type Millis, ZONE_FORK } from '../../runtime/protocol'

const ZONE = 2 as ContextId

function worldOf(api: string) {
  const timeline = new Timeline()
  const context = { type: 'context-created', context: ZONE, parent: null, asOf: 0, kind: 'copy', stack: null }
  timeline.append([{ seq: 1, at: 1, ...context, name: 'angular', api } as unknown as Fact], {})
  return timeline.head
}

test.each([
  [ZONE_FORK, 'zone'],
  ['copyContext', 'copy'],
])('what %s made is a %s: in the tree, the details, the lanes and as text', (api, what) => {
  const world = worldOf(api)
  const [row] = treeRows(world, [], { collapsed: new Set(), hideEnded: false, query: '' })
  expect(row).toMatchObject({ label: 'angular', kind: 'copy', what })
  const details = contextDetails(world, ZONE)
  expect(details && whatWords(details)).toBe(what)
  const lane = {
    label: 'angular',
    number: ZONE,
    from: 1 as Millis,
    to: null,
    counts: { sets: 0, resets: 0, errors: 0 },
  }
  expect(laneWords({ ...lane, kind: 'copy', what })).toMatch(`angular 2, ${what}, since`)
  expect(treeText(world).join('\n')).toContain(`angular (${what})`)
  expect(contextText(world, ZONE, 'text', veilOf(defaultRedaction))).toContain(`angular (${what}, context 2, alive)`)
})
