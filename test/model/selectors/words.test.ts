import { describe, expect, test } from 'vitest'
import { emptyWorld } from '../../../panel/model/advance'
import { completeness } from '../../../panel/model/selectors/completeness'
import { formatFrame, topFrame } from '../../../panel/model/selectors/frames'
import { contextPhrase } from '../../../panel/model/selectors/labels'
import type { Frame, StackId } from '../../../runtime/protocol'
import { story } from '../story'

describe('completeness', () => {
  test.each([
    ['base copies a', 'complete 1–3'],
    ['312 facts are lost\nbase copies a', '312 facts missing: 1–312'],
    ['1 facts are lost\nbase copies a', '1 fact missing: 1'],
    ['attached late', 'complete 1–2; recorded late, what happened before is not known'],
    ['18400 facts are lost\n3 facts go by\nbase copies a', '18,403 facts missing: 1–18,403'],
    [
      Array.from({ length: 5 }, (_, n) => `1 facts go by\nbase copies c${n}`).join('\n'),
      '5 facts missing: 1, 3, 5 and 2 more',
    ],
  ])('%j: %s', (text, sentence) => {
    expect(completeness(story(text).world).sentence).toBe(sentence)
  })

  test('of nothing', () => {
    expect(completeness(emptyWorld())).toEqual({
      last: 0,
      missing: [],
      letGo: 0,
      lost: 0,
      sentence: 'nothing recorded yet',
    })
  })
})

describe('a frame', () => {
  const frame = (url: string): Frame => ({ name: 'f', url, line: 40, column: 7 })
  test.each([
    ['http://127.0.0.1:8080/js/demo.js', 'demo.js:40:7'],
    ['http://127.0.0.1:8080/js/demo.js?v=/3#x', 'demo.js:40:7'],
    ['https://shop.example/', 'shop.example:40:7'],
    ['webpack://shop/./src/app.ts', 'app.ts:40:7'],
    ['<anonymous>', '<anonymous>:40:7'],
    ['', '(unknown):40:7'],
  ])('%s: %s', (url, short) => {
    expect(formatFrame(frame(url))).toBe(short)
  })

  test('is the innermost, if its stack is known', () => {
    expect(topFrame({ 3: [frame('a.js'), frame('b.js')] }, 3 as StackId)?.url).toBe('a.js')
    expect(topFrame({ 3: [] }, 3 as StackId)).toBeNull()
    expect(topFrame({}, 4 as StackId)).toBeNull()
    expect(topFrame({}, null)).toBeNull()
  })
})

test('contexts in a sentence', () => {
  const told = story(
    'base starts task Alice\nbase copies c\nn is new\nbase hands over click\nghost leaves\nbase starts task Task-2',
  )
  const phrases = ['base', 'Alice', 'c', 'n', 'click', 'ghost', 'Task-2'].map((name) =>
    contextPhrase(told.world, told.context(name)),
  )
  expect(phrases).toEqual([
    'the base context',
    'task Alice',
    'the copy “c”',
    'the new context “n”',
    'the click callback (context 5)',
    'context 6',
    'Task-2',
  ])
  expect(contextPhrase(told.world, null)).toBe('an unknown context')
})
