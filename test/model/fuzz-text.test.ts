// Files and answers with flipped bytes, missing ends, and pieces of one another.

import { test } from 'vitest'
import { campaign, PATIENCE } from './fuzz/campaign'
import { mutateText } from './fuzz/mutation'
import { answers, files } from './fuzz/specimens'
import { surviveAnswer, surviveFile } from './fuzz/survive'

test('a file that was damaged', { timeout: PATIENCE }, () => {
  campaign('files, as text', 38_000, (chance) =>
    surviveFile(mutateText(chance.pick(files), chance.pick(files), chance), chance),
  )
})

test('an answer that was damaged', { timeout: PATIENCE }, () => {
  campaign('answers, as text', 40_000, (chance) =>
    surviveAnswer(mutateText(chance.pick(answers), chance.pick(answers), chance), chance),
  )
})
