// What somebody muted is counted apart: that rule, that variable, that line, and nothing else.

import { describe, expect, test } from 'vitest'
import type { Finding } from '../../panel/model/finding'
import { muteOf, readMutes, withMute, withoutMute } from '../../panel/model/mutes'
import { parseRecording } from '../../panel/model/recording'
import { toRecording } from '../../panel/model/recording-text'
import { reportMarkdown } from '../../panel/model/report/markdown'
import { reportText } from '../../panel/model/report/text'
import { judge } from '../../panel/model/rules'
import { formatFrame, topFrame } from '../../panel/model/selectors/frames'
import { Timeline } from '../../panel/model/timeline'
import type { Frame, Mute, VariableId } from '../../runtime/protocol'
import { story } from './story'

const page = { url: 'https://shop.example/cart', title: 'Cart', exported: '2026-01-02T03:04:05.000Z' }

/** Two lines at which a lookup fails, of two variables. */
const told = story(`
user is a variable
tenant is a variable
base misses user @ js/app.js?v=1:3
base misses tenant @ js/app.js?v=1:3
base misses user @ js/app.js?v=1:30
`)
const { world } = told
const placeOf = ({ variable, stack }: Finding): string =>
  `${world.variables.get(variable ?? (0 as VariableId))?.name} ${formatFrame(topFrame(world.stacks, stack) as Frame)}`
const titles = (mutes: readonly Mute[]) => {
  const { findings, muted } = judge(world, { mutes })
  return { told: findings.length, muted: muted.map(({ finding, mute }) => [placeOf(finding), mute.reason]) }
}
const first = judge(world).findings.find((finding) => placeOf(finding) === 'user app.js:3:1')

test('a mute of a finding mutes its line and its variable, and no other', () => {
  expect(judge(world).findings).toHaveLength(3)
  if (first === undefined) throw new Error('There is such a finding')
  const mute = muteOf(world, first, ' known\n since spring ')
  expect(mute).toEqual({
    rule: 'lookup-without-value',
    variable: 'user',
    line: 'https://shop.example/js/app.js:3',
    reason: 'known since spring',
  })
  expect(titles([mute])).toEqual({ told: 2, muted: [['user app.js:3:1', 'known since spring']] })
})

test('who mutes a note hears of what is worse', () => {
  const note = 'user is a variable\nbase starts task A\nA sets user = 1 as t @ js/app.js:3\nA settles'
  const { world: before } = story(note)
  const { world: after } = story(`${note}\nA enters\nA starts task B\nB reads user, inherited\nA leaves`)
  const [mild] = judge(before).findings
  const [worse] = judge(after).findings
  if (mild === undefined || worse === undefined) throw new Error('There are such findings')
  expect([mild.severity, worse.severity]).toEqual(['info', 'warning'])
  const [ofNote, ofWarning] = [muteOf(before, mild, ''), muteOf(after, worse, '')]
  expect(ofNote).toMatchObject({ severity: 'info' })
  expect(judge(before, { mutes: [ofNote] }).findings).toEqual([])
  expect(judge(after, { mutes: [ofNote] }).findings).toHaveLength(1)
  expect(judge(after, { mutes: [ofWarning] }).findings).toEqual([])
  expect(judge(before, { mutes: [ofWarning] }).findings).toEqual([])
  // As a file keeps it.
  expect(readMutes(JSON.parse(JSON.stringify([ofNote, ofWarning])))).toEqual([ofNote, ofWarning])
})

describe('what is not said matches all', () => {
  const mute = (rest: Omit<Mute, 'rule' | 'reason'>) => ({ rule: 'lookup-without-value', reason: '', ...rest })
  test.each([
    ['a rule', mute({}), 3],
    ['a variable', mute({ variable: 'user' }), 2],
    ['a line', mute({ line: 'https://shop.example/js/app.js:3' }), 2],
    ['the end of an address', mute({ line: 'app.js:3' }), 2],
    ['no whole name', mute({ line: 'pp.js:3' }), 0],
    ['another line', mute({ line: 'app.js:4' }), 0],
    ['another rule', { rule: 'forgotten-reset', reason: '' }, 0],
  ])('%s', (_, one, muted) => {
    expect(titles([one]).muted).toHaveLength(muted)
  })

  test('where no line is known, none is meant', () => {
    const bare = story('user is a variable\nbase misses user').world
    expect(judge(bare, { mutes: [mute({ line: 'app.js:3' })] }).muted).toHaveLength(0)
    const finding = judge(bare).findings[0]
    if (finding === undefined) throw new Error('There is a finding')
    const bareMute = muteOf(bare, finding, '')
    expect(bareMute).toEqual(mute({ variable: 'user', line: '' }))
    expect(judge(bare, { mutes: [bareMute] }).muted).toHaveLength(1)
    expect(titles([bareMute]).muted).toHaveLength(0)
  })
})

test('a list has one of those that mute the same, and loses it', () => {
  const [old, other] = [
    { rule: 'a', line: 'x.js:1', reason: 'old' },
    { rule: 'a', line: 'x.js:2', reason: '' },
  ]
  const list = withMute([old, other], { rule: 'a', line: 'x.js:1', reason: 'new' })
  expect(list).toEqual([other, { rule: 'a', line: 'x.js:1', reason: 'new' }])
  expect(withoutMute(list, old)).toEqual([other])
})

test('a recording takes them along, and reports tell them apart', () => {
  const mutes = [{ rule: 'lookup-without-value', variable: 'user', reason: 'ask ada@example.com' }]
  const read = parseRecording(JSON.stringify(toRecording(told.timeline, page, '0.1.0', { mutes })))
  if (!read.ok) throw new Error(read.error)
  const kept = read.recording.mutes
  expect(kept).toEqual([{ ...mutes[0], reason: 'ask [e-mail]' }])
  const text = reportText(world, kept)
  expect(text).toContain('Problems: 1 error\n')
  expect(text).toContain('Muted: 2 errors\n  Lookup without a value: user — ask [e-mail]\n')
  const markdown = reportMarkdown(world, { page, mutes: kept ?? [] })
  expect(markdown).toContain('## Problems: 1 error\n')
  expect(markdown).toContain('Muted: 2 errors\n\n- Lookup without a value: user — ask \\[e-mail\\]\n')
})

test.each(['cart', 'session', 'ada@example.com'])('a recording mutes what was muted, in a script at /%s', (path) => {
  const { timeline } = story(`user is a variable\nbase misses user @ ${path}:3`)
  const [finding] = judge(timeline.head).findings
  if (finding === undefined) throw new Error('There is a finding')
  const mutes = [muteOf(timeline.head, finding, '')]
  const { facts, stacks, mutes: kept = [] } = toRecording(timeline, page, '0.1.0', { mutes })
  const opened = new Timeline()
  opened.append(facts, stacks)
  expect(judge(opened.head, { mutes: kept })).toMatchObject({ findings: [], muted: [{}] })
})

test('what a mute tells in a line of no number is taken out as ever', () => {
  const mutes = [{ rule: 'a', line: 'x.js?token=abc', reason: '' }]
  expect(toRecording(told.timeline, page, '0.1.0', { mutes }).mutes?.[0]?.line).toBe('x.js?token=[redacted]')
})

test('what is no mute is left out of what a file or a storage holds', () => {
  const good = { rule: 'a', reason: 'b' }
  const odd: unknown[] = [
    null,
    1,
    'a',
    [],
    {},
    { rule: 1, reason: '' },
    { rule: 'a' },
    { ...good, line: 3 },
    { ...good, variable: {} },
  ]
  expect(readMutes([...odd, good, { ...good, line: 'x\u202e.js:1\n2', extra: 1 }])).toEqual([
    good,
    { ...good, line: 'x\\u202e.js:1 2' },
  ])
  for (const none of [undefined, null, {}, 'a', 7]) expect(readMutes(none)).toEqual([])
  expect(readMutes(new Array(10_000).fill(good)).length).toBeLessThanOrEqual(500)
})
