// The panel is light where DevTools is.

import { expect } from 'playwright/test'
import { brightness, fillPanel } from './harness/everything'
import { journey } from './harness/journey'

journey('the panel is light beside a light DevTools', async ({ tab, demo }) => {
  await fillPanel(tab, demo, 'everything-light')
  expect(await brightness(tab)).toBeGreaterThan(200)
})
