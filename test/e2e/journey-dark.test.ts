// The panel is dark where DevTools is.

import { expect } from 'playwright/test'
import { brightness, fillPanel } from './harness/everything'
import { journey } from './harness/journey'

journey.override(
  'theme',
  { scope: 'file' },
  'dark',
)('the panel is dark beside a dark DevTools', async ({ tab, demo }) => {
  await fillPanel(tab, demo, 'everything-dark')
  expect(await brightness(tab)).toBeLessThan(80)
})
