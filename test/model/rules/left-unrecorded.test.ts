import { describe, expect, test } from 'vitest'
import { recordingOfAll } from '../../../panel/model/excerpt'
import { judge } from '../../../panel/model/rules'
import { Timeline } from '../../../panel/model/timeline'
import { story } from '../story'
import { judged, only } from './found'

describe('facts that are missing', () => {
  test('are told with how many, and where', () => {
    const found = judged('left-unrecorded', 'attached\n1200 facts are lost\ncensus\n- base')
    expect(only(found)).toMatchObject({
      severity: 'info',
      title: 'Left out of the recording: 1,200 facts',
      what: 'Of 1,203 facts, 1,200 are not here: the page’s log was full and let the oldest go before they were read, or this is a part of a recording. What lived then was told anew, so the tree is right; what had happened to it is not known.',
      evidence: [{ label: 'facts 3–1,202 are missing', seq: 1202 }],
    })
  })

  test('with nothing of what lived, where no census came since', () => {
    const { what } = only(judged('left-unrecorded', 'attached\ncensus\n- base\n9 facts are lost'))
    expect(what).toMatch(/or this is a part of a recording\.$/)
  })

  test('one by one, the newest holes as evidence', () => {
    const holes = Array.from({ length: 5 }, () => '1 facts are lost\nbase copies c').join('\n')
    const finding = only(judged('left-unrecorded', holes))
    expect(finding.title).toBe('Left out of the recording: 5 facts')
    expect(finding.evidence.map(({ label }) => label)).toEqual([5, 7, 9].map((number) => `fact ${number} is missing`))
  })

  test('also where what was let go here leaves as a file', () => {
    const { facts, stacks } = recordingOfAll(story('base copies c\nc enters\nc leaves').timeline)
    const part = new Timeline()
    part.append([...facts].slice(2), stacks)
    expect(judge(part.head).findings.map(({ title }) => title)).toContain('Left out of the recording: 2 facts')
  })
})

test.each<[string, string]>([
  ['all is there', 'user is a variable\nbase sets user = 1 as t @ app.js:3'],
  ['somebody wants stacks to be sampled', 'stacks are sampled'],
  ['somebody wants none', 'stacks are not taken'],
  ['all stacks would take too much of the page’s time', 'stacks are sampled by budget'],
  ['a fact has no stack', 'user is a variable\nbase sets user = 1 as t @ not taken'],
  ['a census came, and nothing was lost', 'base copies c\ncensus\n- base'],
])('clear: %s', (_, told) => {
  expect(judged('left-unrecorded', told).verdict).toBe('clear')
})

test('what came before a late recording was not left out of it', () => {
  const { verdict, findings } = judged('left-unrecorded', 'attached late')
  expect({ verdict, findings }).toEqual({ verdict: 'cannot-tell', findings: [] })
})
