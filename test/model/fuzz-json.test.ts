// Files and answers that are JSON still, with values that nobody would send in the place of those that somebody did.

import { test } from 'vitest'
import { campaign, PATIENCE } from './fuzz/campaign'
import type { Chance } from './fuzz/chance'
import { mutateJson } from './fuzz/mutation'
import { answers, files } from './fuzz/specimens'
import { surviveAnswer, surviveFile } from './fuzz/survive'

function mutated(text: string, chance: Chance): string {
  const json: object = JSON.parse(text)
  mutateJson(json as Record<string, unknown>, chance)
  return JSON.stringify(json)
}

test('a file with other values in it', { timeout: PATIENCE }, () => {
  campaign('files, as JSON', 8_000, (chance) => surviveFile(mutated(chance.pick(files), chance), chance))
})

test('an answer with other values in it', { timeout: PATIENCE }, () => {
  campaign('answers, as JSON', 10_000, (chance) => {
    const [found, where = '', batch = ''] = chance.pick(answers).split('\n')
    const lines = chance.oneIn(4) ? [found, mutated(where, chance), batch] : [found, where, mutated(batch, chance)]
    return surviveAnswer(lines.join('\n'), chance)
  })
})
