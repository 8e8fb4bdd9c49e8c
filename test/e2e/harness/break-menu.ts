// The list of what the page is to pause at, and what opens it.

import type { Locator } from 'playwright'
import { expect } from 'playwright/test'

/** The panel, in DevTools or in a page. */
interface Within {
  getByRole(role: 'button' | 'dialog', options: { name: string | RegExp; exact?: boolean }): Locator
}

export const breakButton = (panel: Within): Locator => panel.getByRole('button', { name: /^Break on/ })

export const breakMenu = (panel: Within): Locator => panel.getByRole('dialog', { name: 'Break on' })

/** A box of the list. */
export const condition = (panel: Within, name: string): Locator => breakMenu(panel).getByRole('checkbox', { name })

export async function openBreaks(panel: Within): Promise<void> {
  await breakButton(panel).click()
  await expect(breakMenu(panel)).toBeVisible()
}
