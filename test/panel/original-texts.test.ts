import { expect, test } from 'vitest'
import { OriginalTexts } from '../../panel/source/original-texts'

test('a text is that of whichever document knows it, as long as it is shown', () => {
  const texts = new OriginalTexts()
  expect(texts.of('a.ts')).toBeUndefined()
  const takeBack = texts.add((url) => (url === 'a.ts' ? null : undefined))
  texts.add((url) => (url === 'a.ts' ? 'of the second' : undefined))
  expect(texts.of('a.ts')).toBe('of the second')
  expect(texts.of('b.ts')).toBeUndefined()
  takeBack()
  expect(texts.of('a.ts')).toBe('of the second')
})

test('a file that a map names without its text is no script of that address', () => {
  const texts = new OriginalTexts()
  texts.add(() => null)
  texts.add(() => undefined)
  expect(texts.of('a.ts')).toBeNull()
})
