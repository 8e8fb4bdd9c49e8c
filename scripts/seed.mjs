// The one number that all random tests follow from. In a clean clone it comes of the sources as committed: whoever runs a commit has
// the same programs as everybody else, and the next commit has others. Where something is changed, chance decides. `SEED=n` runs those
// of n again, `SEED=random` others.

import { execFileSync } from 'node:child_process'
import { root } from './steps.mjs'

/** Puts it where the tests find it: SEED in the environment. */
export function chooseSeed() {
  const asked = process.env.SEED
  if (asked !== undefined && /^-?\d+$/.test(asked)) return
  if (asked !== undefined && asked !== 'random') {
    throw new Error(`SEED=${asked} is none: give a whole number, or "random".`)
  }
  process.env.SEED = String((asked === undefined ? seedOfSources() : null) ?? Math.floor(Math.random() * 2 ** 28))
  console.info(`Random tests: SEED=${process.env.SEED}`)
}

/** Null where they are not as committed, or in no repository. */
function seedOfSources() {
  try {
    return git('status', '--porcelain') === '' ? Number.parseInt(git('rev-parse', 'HEAD^{tree}').slice(0, 7), 16) : null
  } catch {
    return null
  }
}

/** @param {string[]} words */
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim()
