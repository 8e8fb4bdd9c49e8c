// `npm run bench`: this package beside its peers, in Node and in Chromium, in one run. `-- --quick` is done within a minute.
// Only the ratios mean anything: the machine is the same for all, and nobody else's is like it.

import './node-version.mjs'
import { install } from './install.mjs'
import { script } from './steps.mjs'

const full = { rounds: 7, effort: { warmUp: 150, sample: 20, samples: 7 } }
const quick = { rounds: 3, effort: { warmUp: 80, sample: 8, samples: 5 } }

await script(async () => {
  await install()
  // Not before: it needs what was installed.
  const { compare } = await import('../test/bench/compare.mjs')
  await compare(process.argv.includes('--quick') ? quick : full)
})
