// A page that forges the recorder's answers: whatever it says, the panel stays one that a person can use, and says what is wrong.

import { expect } from 'playwright/test'
import type { Tab } from '../../scripts/devtools.mjs'
import { quickJourney as journey, visit } from './harness/journey'
import { row, status, tree } from './harness/panel'

const forge = ({ page }: Tab, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Milliseconds; on a busy machine, and with hundreds of thousands of contexts to look through. */
const PATIENCE = 5_000

/** Searches, and sees the search answered. */
async function use(tab: Tab): Promise<void> {
  const began = performance.now()
  const find = tab.panel.getByRole('textbox', { name: 'Find in contexts and values' })
  await find.fill('nobody is called this')
  await expect(tab.panel.getByText('none', { exact: true })).toBeVisible()
  await find.fill('')
  await expect(tab.panel.getByText('none', { exact: true })).toBeHidden()
  expect(performance.now() - began).toBeLessThan(PATIENCE)
}

journey('forged contexts above each other are told apart, and their names are what they are', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/forged/`)
  await forge(tab, 'circle')
  await row(tab, 'itself').click()
  await expect(tree(tab).getByRole('treeitem')).toHaveCount(6)
  await expect(tree(tab)).toContainText('user\\u202enimda')
  await expect(tree(tab)).toContainText('<b>ada</b>')
  await use(tab)

  await forge(tab, 'restless')
  await expect(tab.panel.getByText('This page names another recording again and again.')).toBeVisible()
  await use(tab)
})

journey('a forged crowd of contexts is shown, and leaves the panel usable', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/forged/`)
  await forge(tab, 'crowd')
  await expect(status(tab)).toContainText('complete 1–2')
  await use(tab)
})

journey('a forged outlet that floods or throws is named, and asked with patience', async ({ tab, site }) => {
  await visit(tab, `${site.origin}/forged/`)
  await forge(tab, 'circle')
  await row(tab, 'itself').click()

  await forge(tab, 'flood')
  await expect(tab.panel.getByText('answers with more than a recorder ever says at once.')).toBeVisible()
  await use(tab)

  await forge(tab, 'getters')
  await expect(tab.panel.getByText(/x{100,400}…/)).toBeVisible()
  await use(tab)
})
