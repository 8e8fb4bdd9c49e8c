// One sentence for one reason, with what the rules really say.

import { expect, it } from 'vitest'
import { judge } from '../../panel/model/rules'
import { cannotTell } from '../../panel/view/cannot-tell'
import { story } from '../model/story'

const told = (text: string) => cannotTell(judge(story(text).world).unknown.map(({ why }) => why))

it('nothing, where everything is known', () => {
  expect(told('user is a variable\nbase copies a')).toEqual([])
})

it('a reason that all rules share is said once', () => {
  expect(told('attached late')).toEqual(['Cannot tell whether this is all: the recording began late.'])
})

it('a reason of one rule keeps what the rule says', () => {
  expect(cannotTell(['The recording began late; a failed lookup may have come before it.', 'It is broken.'])).toEqual([
    'Cannot tell: The recording began late; a failed lookup may have come before it.',
    'Cannot tell: It is broken.',
  ])
})
