// The button for how pages are recorded, and what opens below it.

import type { Locator } from 'playwright'
import { expect } from 'playwright/test'

/** The panel, in DevTools or in a page. */
interface Within {
  getByRole(role: 'button' | 'dialog', options: { name: string; exact?: boolean }): Locator
}

export const settingsButton = (panel: Within): Locator => panel.getByRole('button', { name: 'Settings', exact: true })

export const settingsMenu = (panel: Within): Locator => panel.getByRole('dialog', { name: 'How pages are recorded' })

export const setting = (panel: Within, group: string, value: string): Locator =>
  settingsMenu(panel).getByRole('group', { name: group }).getByRole('radio', { name: value })

/** What the page made of it. */
export const standing = (panel: Within): Locator => settingsMenu(panel).locator('.standing')

/** Opens the dialog and leaves it open. */
export async function openSettings(panel: Within): Promise<void> {
  await settingsButton(panel).click()
  await expect(settingsMenu(panel)).toBeVisible()
}
