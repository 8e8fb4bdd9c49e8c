// `npm run bench`: this package beside its peers, in Node and in Chromium, in one run. `-- --quick` takes a shorter look, and
// `-- await` shows only what is about `await`. Only the ratios mean anything: the machine is the same for all, and nobody else's
// is like it.

import './node-version.mjs'
import { install } from './install.mjs'
import { Failure, script } from './steps.mjs'

const full = { rounds: 7, effort: { warmUp: 150, sample: 20, samples: 7 }, awaits: 10_000_000, facts: 1_000_000 }
const quick = { rounds: 3, effort: { warmUp: 80, sample: 8, samples: 5 }, awaits: 2_000_000, facts: 100_000 }

await script(async () => {
  await install()
  // Not before: it needs what was installed.
  const { groups } = await import('../test/bench/groups.mjs')
  const names = process.argv.slice(2).filter((argument) => argument !== '--quick')
  const unknown = names.find((name) => !Object.hasOwn(groups, name))
  if (unknown !== undefined) throw new Failure(`There is no ${unknown} to bench, but ${Object.keys(groups).join(', ')}`)
  for (const [name, bench] of Object.entries(groups)) {
    if (names.length === 0 || names.includes(name)) await bench(process.argv.includes('--quick') ? quick : full)
  }
})
