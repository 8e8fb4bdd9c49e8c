// The cases of everything asynchronous, in Chromium, while the page is recorded. In Node: test/async/cases.test.ts.

import { describe } from 'vitest'
import { everywhere } from '../async/cases'
import { inPages } from '../pages/cases'
import { inChromium } from './cases/case-page'

for (const [group, cases] of Object.entries({ ...everywhere, ...inPages })) {
  describe(group, () => {
    for (const title of Object.keys(cases)) {
      for (const state of ['fresh', 'inside a run'] as const) {
        inChromium(`${title} · ${state}`, ({ runCase }) => runCase(title, state))
      }
    }
  })
}
