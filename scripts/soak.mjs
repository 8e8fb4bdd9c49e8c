// `npm run soak`: half an hour of steady facts in the real panel, and what page and panel occupy meanwhile. `MINUTES=5` is a shorter look.

import './node-version.mjs'
import { findBrowser } from './browser.mjs'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { script, step, tool } from './steps.mjs'

await script(async () => {
  await install()
  process.env.CHROME_PATH = await findBrowser()
  await build()
  await step('Steady facts', () =>
    tool('vitest/vitest.mjs', 'run', '--project', 'soak', '--reporter=verbose', '--disable-console-intercept'),
  )
})
