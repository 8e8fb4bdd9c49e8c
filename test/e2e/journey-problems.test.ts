// Each classic mistake of the demo, made by its button, becomes a problem with its evidence.

import { expect } from 'playwright/test'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { journey, visit } from './harness/journey'
import { problems, row, value } from './harness/panel'

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

journey('the worker starts empty, and with its context carried it does not', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Worker', exact: true }).click()
  const log = tab.page.getByRole('log')
  await expect(log).toContainText(/the worker answers: LookupError.*asks again.*the worker answers: label for R-\d+/)

  const [, request] = /label for (R-\d+)/.exec((await log.textContent()) ?? '') ?? []
  await row(tab, 'label-worker').click()
  await row(tab, 'message').click()
  await expect(value(tab, 'requestId')).toContainText(`"${request}"`)
  await expect(problems(tab).getByRole('button', { name: 'Lookup without a value: requestId' })).toBeVisible()
})

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
