// Opened late: the panel says it once, with what mends it, and is whole again afterwards.

import { expect } from 'playwright/test'
import { journey, visit } from './harness/journey'
import { problems, row, status } from './harness/panel'

journey('that the recording began late is said once, with the button that mends it', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/own-runtime/`)
  await row(tab, 'base').waitFor()
  await expect(status(tab)).toHaveText(/^Recorded since [\d.:]+( m?s)?complete 1–\d+$/)
  await expect(tab.panel.getByText('what happened before is not known')).toHaveCount(1)
  const unknown = problems(tab).getByText('Cannot tell')
  await expect(unknown).toHaveText(['Cannot tell whether this is all: the recording began late.'])

  const record = tab.panel.getByRole('button', { name: 'Reload and record' })
  await expect(record).toHaveCount(1)
  await record.click()
  await expect(status(tab)).toContainText('Recorded from the start')
  await expect(record).toHaveCount(1)
  await expect(unknown).toHaveCount(0)
})
