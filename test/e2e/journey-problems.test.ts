// Each classic mistake of the demo, made by its button, becomes a problem with its evidence.

import { expect } from 'playwright/test'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, visit } from './harness/journey'
import { problems } from './harness/panel'

const mistakes = [
  { button: 'Forgotten reset', problem: 'Forgotten reset: currentUser' },
  { button: 'Token used twice', problem: 'Token used twice: currentUser' },
  { button: 'Token in another context', problem: 'Token of another context: requestId' },
  { button: 'Token on another variable', problem: 'Token of another variable: requestId → parcel' },
  { button: 'Bare Promise.all', problem: 'Reset out of order: requestId' },
  { button: 'Set after the child was spawned', problem: 'Set after the task was made: currentUser' },
  { button: 'Value left in a task', problem: 'Value left in a copy: currentUser' },
  { button: 'Variable made in a function', problem: 'Variable made in a function: discount (3 of them)' },
  { button: 'Lookup without a value', problem: 'Lookup without a value: requestId' },
]

for (const { button, problem } of mistakes) {
  journey(`the mistake "${button}" is found`, async ({ tab, demo }) => {
    await visit(tab, demo)
    await reloadAndRecord(tab)
    const title = problems(tab).getByRole('button', { name: problem }).first()
    await expect(title).toHaveCount(0)

    await tab.page.getByRole('button', { name: button, exact: true }).click()
    await title.click()
    // The evidence leads to lines of the demo, each a link.
    await expect(
      problems(tab)
        .getByRole('button', { name: /\.(ts|js):\d+/ })
        .first(),
    ).toBeVisible()
  })
}
