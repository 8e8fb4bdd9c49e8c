// What a person does in the application, again and again.

import type { Page } from 'playwright'

/** Opens the demo that the application brings. */
export async function openDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the demo' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('link', { name: /^All accounts/ }).waitFor()
}

/** Looks for something in an account, begins a payment and thinks better of it, looks at schedules and reports, and budgets food. */
export async function lookAround(page: Page, round: number): Promise<void> {
  const search = page.getByRole('textbox', { name: 'Search' })
  const add = page.getByRole('button', { name: 'Add New' })
  await page.getByRole('link', { name: /^Bank of America/ }).click()
  await search.fill('nowhere')
  await page.getByText('No transactions').waitFor()
  await search.fill('')
  await page.getByText('No transactions').waitFor({ state: 'hidden' })
  await add.click()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()

  await page.getByRole('link', { name: 'Schedules', exact: true }).click()
  await page.getByText('Wedding').waitFor()

  await page.getByRole('link', { name: 'Reports', exact: true }).click()
  await page.getByText('Net Worth').first().waitFor()

  await page.getByRole('link', { name: 'Budget', exact: true }).click()
  const food = page.getByTestId('row').filter({ has: page.getByText('Food', { exact: true }) })
  const budgeted = food.getByTestId('budget')
  await budgeted.click()
  const amount = `${401 + (round % 9)}.00`
  await budgeted.getByRole('textbox').fill(amount)
  await page.keyboard.press('Enter')
  await budgeted.getByText(amount).waitFor()
}
