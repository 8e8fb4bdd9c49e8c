import { expect, test } from 'vitest'
import { judged, only, titles } from './found'

const again = `
  base copies work @ app.js:2
  work enters @ app.js:3
  work is refused to enter @ app.js:9
  work leaves
`

test('found, with the run that went on', () => {
  const found = judged('already-entered', again)
  expect(titles(found)).toEqual(['error: Context already entered: the copy “work”'])
  const { what, evidence, context } = only(found)
  expect(context).toBe(found.told.context('work'))
  expect(what).toBe(
    'The copy “work” was entered again while a run of it was not over. What was to run there was not called.',
  )
  expect(evidence.map(({ label, seq }) => `${seq} ${label}`)).toEqual([
    '4 the copy “work” was entered',
    '5 run refused: the copy “work” was entered already',
  ])
})

test('once for one line, whatever context it enters', () => {
  const found = judged('already-entered', `${again}\n${again.replaceAll('work', 'other')}`)
  expect(titles(found)).toEqual(['error: Context already entered: the copy “other” (2 times)'])
})

test('clear, for runs one after the other, and of a copy within', () => {
  const told = `
    base copies work
    work enters
    work copies inner
    inner enters from work
    inner leaves
    work leaves
    work enters
    work leaves
  `
  expect(judged('already-entered', told).verdict).toBe('clear')
})

test('a first run that is not known is not made up', () => {
  const told = judged('already-entered', 'attached late\nwork is new\nwork is refused to enter')
  expect(told.verdict).toBe('cannot-tell')
  expect(only(told).evidence).toHaveLength(1)
})
