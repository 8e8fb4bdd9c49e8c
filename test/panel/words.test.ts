// One way each to say a time, a duration and a count.

import { describe, expect, it } from 'vitest'
import { count, duration, levelWords, moment } from '../../panel/view/words'
import type { Millis } from '../../runtime/protocol'
import { story } from '../model/story'

describe('words', () => {
  it.each([
    [0, '0.0 ms'],
    [12.44, '12.4 ms'],
    [999.94, '999.9 ms'],
    [999.96, '1.000 s'],
    [3204, '3.204 s'],
    [59_999.6, '1:00.0'],
    [63_240, '1:03.2'],
    [119_970, '2:00.0'],
    [723_210, '12:03.2'],
  ])('the moment %d is %s', (at, words) => {
    expect(moment(at as Millis)).toBe(words)
  })

  it.each([
    [-5, '0.0 s'],
    [340, '0.3 s'],
    [42_400, '42 s'],
    [300_000, '5 min'],
    [10_800_000, '3 h'],
  ])('a duration of %d is %s', (lasted, words) => {
    expect(duration(lasted)).toBe(words)
  })

  it.each([
    ['', null],
    ['stacks are all taken', null],
    ['stacks are not taken', 'no stacks'],
    ['stacks are sampled', 'stacks of 1 fact in 16'],
    ['stacks are sampled by budget', 'stacks of 1 fact in 16, because all of them took too much of the page’s time'],
  ])('where %j was told it says %j of the stacks', (told, words) => {
    expect(levelWords(story(told).world.level)).toBe(words)
  })

  it('counts one and many', () => {
    expect(count(1, 'fact')).toBe('1 fact')
    expect(count(18_402, 'fact')).toBe('18,402 facts')
  })
})
