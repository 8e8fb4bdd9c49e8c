// `unit` runs everything in Node; `e2e` drives the real panel in a browser, beside other tests; `e2e-alone` does so when no other test runs;
// `soak` does so for half an hour, when it is asked for.

import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { chooseSeed } from './scripts/seed.mjs'
import { PATIENCE } from './test/e2e/harness/patience.ts'
import { namedSources, runtimePlugins } from './vite.config.ts'

const e2e = 'test/e2e/**/*.test.ts'
const soak = 'test/soak/**/*.test.ts'

/** What has to be done within some time, by the clock. */
const alone = ['test/e2e/journey-forged.test.ts', 'test/e2e/journey-pane.test.ts']

/** By itself the runner leaves one core unused. */
const maxWorkers = Math.max(2, availableParallelism())

const inBrowser = {
  // Their functions are sent to the browser as they stand, so nothing may rewrite them.
  server: { deps: { external: [/\/scripts\//] } },
  // A journey that only passes at the second try is a defect.
  retry: 0,
  setupFiles: 'test/e2e/harness/setup.ts',
  expect: { poll: { timeout: PATIENCE } },
  // Against what hangs, here too.
  testTimeout: 180_000,
  hookTimeout: 180_000,
}

chooseSeed()

export default defineConfig({
  plugins: runtimePlugins(),
  resolve: { alias: namedSources },
  test: {
    setupFiles: ['test/seed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.{ts,tsx}'],
          // Against what hangs: nothing is timed by it, and a machine may have much else to do.
          testTimeout: 180_000,
          exclude: [...configDefaults.exclude, e2e, soak],
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [e2e],
          exclude: [...configDefaults.exclude, ...alone],
          globalSetup: 'test/playground/serve.ts',
          maxWorkers,
          ...inBrowser,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-alone',
          include: alone,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...inBrowser,
        },
      },
      {
        extends: true,
        test: { name: 'soak', include: [soak], fileParallelism: false, sequence: { groupOrder: 2 }, ...inBrowser },
      },
    ],
  },
})
