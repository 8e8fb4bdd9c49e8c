// Each classic mistake of the demo, made by its button, becomes a problem with its evidence.

import { expect } from 'playwright/test'
import { rules } from '../../panel/model/rules'
import { reloadAndRecord } from '../../scripts/panel.mjs'
import { quickJourney as journey, visit } from './harness/journey'
import { details, problems, row, status, value } from './harness/panel'

/** By the button that makes it, which is called like the problem: what that is about. */
const mistakes: Record<string, string> = {
  'Forgotten reset': 'currentUser',
  'Token used twice': 'currentUser',
  'Token of another context': 'requestId',
  'Token of another variable': 'requestId → parcel',
  'Reset out of order': 'requestId',
  'Context lost': 'shelf',
  'Set after the task was made': 'currentUser',
  'Value left in a copy': 'currentUser',
  'Variable made in a function': 'discount (3 of them)',
  'Context already entered': '',
  'Default that changes': 'extras',
  'Left out of the data': 'table',
  'Value carried over': 'currentUser',
  'Value kept by a timer': 'currentUser',
  'Lookup without a value': 'requestId',
}

journey('the worker starts empty, and with its context carried it does not', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Worker', exact: true }).click()
  const log = tab.page.getByRole('log')
  await expect(log).toContainText(/the worker answers: LookupError.*asks again.*the worker answers: label for R-\d+/)

  const [, request] = /label for (R-\d+)/.exec((await log.textContent()) ?? '') ?? []
  // The page is shown, whose list leads to the worker's.
  await expect(tab.panel.getByRole('tab', { name: /^Problems/ })).toContainText('1')
  await expect(problems(tab)).toContainText('No problems found in this document.')
  await problems(tab)
    .getByRole('button', { name: /^In label-worker/ })
    .click()
  await row(tab, 'message').click()
  await expect(value(tab, 'requestId')).toContainText(`"${request}"`)
  await problems(tab).getByRole('button', { name: 'Lookup without a value: requestId' }).click()
  await expect(problems(tab)).toContainText('If a message started this code, that brings no values along')
  await expect(tab.panel.getByText(/The recording began .* after the worker was started/)).toBeVisible()
  // What is told of the worker's own code is not to be taken for the cure.
  await expect(
    tab.panel.getByText(/await is not followed in this worker.* That does not bring along what the page set/),
  ).toBeVisible()
})

for (const [button, about] of Object.entries(mistakes)) {
  const problem = `${button}: ${about}`
  journey(`the mistake "${button}" is found`, async ({ tab, demo }) => {
    await visit(tab, demo)
    await reloadAndRecord(tab)
    const title = problems(tab).getByRole('button', { name: problem }).first()
    await expect(title).toHaveCount(0)

    await tab.page.getByRole('button', { name: button, exact: true }).click()
    await title.click()
    // It says what that means, for somebody who never met it.
    const meaning = rules.find(({ title }) => title === button)?.why ?? 'a rule of this title'
    await expect(problems(tab).getByText(meaning)).toBeVisible()
    // The evidence leads to lines of the demo, each a link.
    await expect(
      problems(tab)
        .getByRole('button', { name: /\.(ts|js):\d+/ })
        .first(),
    ).toBeVisible()
  })
}

journey('a refused reset that is swallowed is told with the refusal', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Refused reset that is swallowed', exact: true }).click()
  await problems(tab).getByRole('button', { name: 'Token of another context: requestId' }).click()
  await expect(
    problems(tab).getByText(/The error was swallowed: .*pack up.* came to a good end all the same/),
  ).toBeVisible()
  // What is of this case comes before what is of all.
  const parts = problems(tab).locator('.crossing, .evidence, .meaning')
  expect(await parts.evaluateAll((elements) => elements.map(({ className }) => className))).toEqual([
    'crossing',
    'evidence',
    'meaning',
  ])
})

journey('a number that tells namesakes apart leads to the one that has it', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Value carried over', exact: true }).click()
  await problems(tab).getByRole('button', { name: 'Value carried over: currentUser' }).click()
  const [later, earlier] = await problems(tab)
    .getByRole('button', { name: /^context \d+$/ })
    .allTextContents()
  expect(earlier).not.toBe(later)
  await expect(details(tab)).toContainText(`${later}`)
  await problems(tab)
    .getByRole('button', { name: `${earlier}`, exact: true })
    .click()
  await expect(details(tab)).toContainText(`${earlier}`)
})

journey('what a full log let go is told, with how much', async ({ tab, demo }) => {
  await visit(tab, demo)
  await reloadAndRecord(tab)
  await tab.page.getByRole('button', { name: 'Left out of the recording', exact: true }).click()
  await expect(tab.page.getByRole('log')).toContainText('has counted 110000 leaves of tea')
  const note = problems(tab).getByRole('button', { name: /^Left out of the recording: [\d,]+ facts/ })
  await note.click()
  const [, missing = '?'] = /([\d,]+) facts/.exec((await note.textContent()) ?? '') ?? []
  await expect(status(tab)).toContainText(`${missing} facts missing`)
  await expect(problems(tab).getByText(/^facts [\d,]+–[\d,]+ are missing$/)).toBeVisible()
})
