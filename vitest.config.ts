// `unit` runs everything in Node; `e2e` drives the real panel in a browser, one journey after the other; `soak` does so for half an
// hour, when it is asked for.

import { configDefaults, defineConfig } from 'vitest/config'
import { namedSources, runtimePlugins } from './vite.config.ts'

const e2e = 'test/e2e/**/*.test.ts'
const soak = 'test/soak/**/*.test.ts'

const inBrowser = {
  // Their functions are sent to the browser as they stand, so nothing may rewrite them.
  server: { deps: { external: [/\/scripts\//] } },
  // A browser wants the machine for itself, and a journey that only passes at the second try is a defect.
  fileParallelism: false,
  retry: 0,
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  plugins: runtimePlugins(),
  resolve: { alias: namedSources },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, e2e, soak],
        },
      },
      {
        extends: true,
        test: { name: 'e2e', include: [e2e], ...inBrowser },
      },
      {
        extends: true,
        test: { name: 'soak', include: [soak], ...inBrowser },
      },
    ],
  },
})
